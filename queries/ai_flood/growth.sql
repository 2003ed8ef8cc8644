-- How fast do releases grow from year to year, here and as published?
-- One row per release year from 2005 to the last full one. Growth: albums of the year over albums of the year before,
-- less 1. Years after a year with under 100 albums are left out.
-- Denominator: albums with a usable release year.
--
-- unit: albums
-- denominator: albums_in - albums_without_year = albums
-- key: release_year
-- rows: 20..96
-- may be unknown: computed_growth, published_growth
-- within: release_year 2005..2100, *_growth -1..
with

computed as (
    select
        release_year,
        sum(album_count) as album_count
    from albums_by_year
    where release_year <= (select last_full_year from edition.snapshot)
    group by release_year
),

published_years as (
    select
        release_year,
        album_count
    from published.albums_by_release_year
    where release_year < 2025
),

years as (
    select cast(range as integer) as release_year
    from range(2005, 2101)
)

select
    years.release_year,
    case when computed_before.album_count >= 100 then computed.album_count / computed_before.album_count - 1 end
        as computed_growth,
    published_years.album_count / published_before.album_count - 1 as published_growth
from years
left join computed on years.release_year = computed.release_year
left join computed as computed_before on years.release_year - 1 = computed_before.release_year
left join published_years on years.release_year = published_years.release_year
left join published_years as published_before on years.release_year - 1 = published_before.release_year
where
    published_before.album_count is not null
    or (computed_before.album_count >= 100 and computed.album_count is not null)
order by years.release_year
