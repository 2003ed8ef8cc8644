-- What share of a year's albums, and of its tracks, are on singles, albums and compilations?
-- One row per release year, unit counted and type. Years with under 100 of the unit are left out.
-- Denominator: albums (tracks) of the year whose type is known.
--
-- unit: albums, tracks
-- denominator: albums_in - albums_without_typed_year = albums_in_typed_years;
--   tracks_in - tracks_without_typed_year = tracks_in_typed_years
-- key: release_year, counted, album_type
-- rows: 0..1206
-- within: release_year 1900..snapshot
-- one of: counted albums | tracks; album_type single | album | compilation
-- sums to 1 per release_year, counted: type_share
with

counted as (
    select
        'albums' as counted,
        release_year,
        album_type,
        sum(album_count) as counted_count
    from albums_by_year
    where
        release_year is not null
        and album_type is not null
    group by
        release_year,
        album_type
    union all
    select
        'tracks' as counted,
        release_year,
        album_type,
        sum(track_count) as counted_count
    from tracks_by_album_type
    where
        release_year is not null
        and album_type is not null
    group by
        release_year,
        album_type
),

years as (
    select
        counted,
        release_year,
        sum(counted_count) as year_count
    from counted
    group by
        counted,
        release_year
    having sum(counted_count) >= 100
),

types as (
    select unnest(['single', 'album', 'compilation']) as album_type
)

select
    years.release_year,
    years.counted,
    types.album_type,
    coalesce(counted.counted_count, 0) / years.year_count as type_share,
    cast(coalesce(counted.counted_count, 0) as bigint) as counted_count
from years
cross join types
left join counted
    on
        years.counted = counted.counted
        and years.release_year = counted.release_year
        and types.album_type = counted.album_type
order by
    years.release_year,
    years.counted,
    types.album_type
