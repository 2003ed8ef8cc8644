-- How many artists and how many albums have each popularity?
-- One row per unit and popularity that occurs.
-- Denominator: all artists, all albums, with a usable popularity.
--
-- unit: artists, albums
-- denominator: artists_in - artists_without_popularity = artists_with_popularity;
--   albums_in - albums_without_popularity = albums_with_popularity
-- key: unit, popularity
-- rows: 0..202
-- within: popularity 0..100
-- one of: unit artists | albums
-- sums to 1 per unit: item_share
with

counted as (
    select
        'artists' as unit,
        popularity,
        artist_count as item_count
    from artists_by_popularity
    where popularity is not null
    union all
    select
        'albums' as unit,
        popularity,
        album_count as item_count
    from albums_by_popularity
    where popularity is not null
)

select
    unit,
    popularity,
    item_count,
    item_count / sum(item_count) over (partition by unit) as item_share
from counted
order by
    unit,
    popularity
