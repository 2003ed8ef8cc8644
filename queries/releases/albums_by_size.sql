-- How many tracks does an album have?
-- One row per number of tracks, 1 to 20, then 21–30, 31–50 and more: the number the label gives, not tracks counted.
-- Denominator: all albums with a usable number of tracks.
--
-- unit: albums
-- denominator: albums_in - albums_without_size = albums_with_size
-- key: size_band
-- rows: 0..24
-- order: size_order
-- sums to 1: album_share
with

banded as (
    select
        case
            when total_tracks <= 20 then total_tracks
            when total_tracks <= 30 then 21
            when total_tracks <= 50 then 22
            else 23
        end as size_order,
        sum(album_count) as album_count
    from albums_by_year
    where total_tracks is not null
    group by size_order
)

select
    case size_order
        when 21 then '21–30'
        when 22 then '31–50'
        when 23 then '51+'
        else cast(size_order as varchar)
    end as size_band,
    size_order,
    cast(album_count as bigint) as album_count,
    album_count / sum(album_count) over () as album_share
from banded
order by size_order
