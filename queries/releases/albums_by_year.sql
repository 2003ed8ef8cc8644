-- How many albums does each release year hold, here and as published?
-- One row per release year, 1900 to the year of the snapshot, here or in the published counts.
-- Denominator: all albums with a usable release year.
--
-- unit: albums
-- denominator: albums_in - albums_without_year = albums
-- key: release_year
-- rows: 100..201
-- may be unknown: album_count, published_count
with

computed as (
    select
        release_year,
        sum(album_count) as album_count
    from albums_by_year
    where release_year is not null
    group by release_year
)

select
    coalesce(computed.release_year, published_years.release_year) as release_year,
    cast(computed.album_count as bigint) as album_count,
    published_years.album_count as published_count,
    coalesce(
        computed.release_year > (select last_full_year from edition.snapshot), false
    ) as is_partial,
    coalesce(published_years.release_year >= 2025, false) as is_published_partial
from computed
full join (
    select
        release_year,
        album_count
    from published.albums_by_release_year
    where release_year <= 2025
) as published_years
    on computed.release_year = published_years.release_year
order by 1
