-- What share of all albums does each release year from 1950 hold, here and as published?
-- One row per release year from 1950 to the year of the snapshot.
-- Denominator: all albums with a usable release year, of whatever year.
--
-- unit: albums
-- denominator: albums_in - albums_without_year = albums
-- key: release_year
-- rows: 76..151
-- may be unknown: computed_share, published_share
-- within: release_year 1950..2100
-- sums to at most 1: computed_share, published_share
with

computed as (
    select
        release_year,
        sum(album_count) as album_count
    from albums_by_year
    where release_year is not null
    group by release_year
),

published_years as (
    select
        release_year,
        album_count
    from published.albums_by_release_year
    where release_year <= 2025
)

select
    coalesce(computed.release_year, published_years.release_year) as release_year,
    computed.album_count / (select sum(album_count) from computed) as computed_share,
    published_years.album_count / (select sum(album_count) from published_years) as published_share,
    coalesce(
        computed.release_year > (select last_full_year from edition.snapshot), false
    ) as is_partial,
    coalesce(published_years.release_year >= 2025, false) as is_published_partial
from computed
full join published_years on computed.release_year = published_years.release_year
where coalesce(computed.release_year, published_years.release_year) >= 1950
order by 1
