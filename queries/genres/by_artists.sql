-- Which genres have the most artists?
-- One row per genre, the 25 with the most artists, and those of the published thirty. Counted: artists that carry the
-- genre; an artist counts in each of its genres.
-- Denominator: all artists.
--
-- unit: artists
-- denominator: artists_in - artists_without_genre = artists_with_genre
-- key: genre
-- rows: 30..55
-- order: genre_order, published_count desc, genre
-- may be unknown: genre_order, computed_*, published_count
with

by_genre as (
    select
        genre,
        sum(artist_count) as item_count
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
    coalesce(ranked.genre, published_genres.genre) as genre,
    ranked.genre_rank as genre_order,
    cast(ranked.item_count as bigint) as computed_count,
    ranked.item_count / coverage.item_count as computed_share,
    published_genres.artist_count as published_count
from ranked
full join published.genres_by_artists_top30 as published_genres on ranked.genre = published_genres.genre
left join genre_coverage as coverage on coverage.unit = 'artists'
where
    ranked.genre_rank <= 25
    or published_genres.genre is not null
order by
    coalesce(ranked.genre_rank, 100000),
    published_genres.artist_count desc,
    genre
