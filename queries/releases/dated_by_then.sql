-- How many albums are dated up to each year, by the published counts?
-- One row per release year from 1950 on; the year of the archive's end is partial.
-- Denominator: albums with a usable release year.
--
-- unit: albums
-- key: release_year
-- rows: 1..100
-- holds: published_count <= published_total_count
with

totals as (
    select
        release_year,
        album_count,
        sum(album_count) over (order by release_year) as albums_so_far,
        sum(album_count) over () as total_count
    from published.albums_by_release_year
    where release_year <= (select snapshot_year from edition.snapshot)
)

select
    release_year,
    cast(albums_so_far as bigint) as published_count,
    cast(total_count as bigint) as published_total_count,
    release_year = (select snapshot_year from edition.snapshot) as is_partial
from totals
where release_year >= 1950
order by release_year
