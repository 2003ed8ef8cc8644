-- What share of a year's releases comes from artists with 50 or more in that year?
-- One row per release year from 1950 with at least 100 such albums. An album counts once, by its busiest own artist.
-- Denominator: albums of the year with at least one own artist.
--
-- unit: albums
-- denominator: albums_in - albums_without_year - albums_without_own_artist - albums_of_small_years
--   = albums_in_prolific_years
-- key: release_year
-- rows: 0..151
-- within: release_year 1950..snapshot, album_count 100..
-- holds: prolific_count <= album_count
with

by_year as (
    select
        release_year,
        sum(album_count) as album_count,
        coalesce(sum(album_count) filter (where releases_from >= 50), 0) as prolific_count
    from albums_by_busiest_artist
    where release_year >= 1950
    group by release_year
    having sum(album_count) >= 100
)

select
    release_year,
    cast(album_count as bigint) as album_count,
    cast(prolific_count as bigint) as prolific_count,
    prolific_count / album_count as prolific_share,
    release_year > (select last_full_year from edition.snapshot) as is_partial
from by_year
order by release_year
