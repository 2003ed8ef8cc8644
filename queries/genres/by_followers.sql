-- Which genres have the most followers?
-- One row per genre, the 25 with the most followers. Counted: followers of the artists that carry the genre.
-- Denominator: followers of all artists.
--
-- unit: followers
-- denominator: followers_in
-- key: genre
-- rows: 0..25
-- order: genre_order
-- within: genre_order 1..25
with

by_genre as (
    select
        genre,
        sum(followers_sum) as item_count
    from artists_by_genre
    where genre is not null
    group by genre
),

ranked as (
    select
        genre,
        item_count,
        row_number() over (order by item_count desc, genre) as genre_rank
    from by_genre
    where item_count > 0
)

select
    ranked.genre,
    ranked.genre_rank as genre_order,
    cast(ranked.item_count as bigint) as followers_count,
    ranked.item_count / nullif(coverage.item_count, 0) as followers_share
from ranked
cross join genre_coverage as coverage
where
    ranked.genre_rank <= 25
    and coverage.unit = 'followers'
order by ranked.genre_rank
