-- On recordings of how many tracks are the tracks?
-- One row per number of tracks that the recording has, 1 to 19 and more.
-- Denominator: tracks with a valid ISRC.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_isrc = tracks
-- key: tracks_band
-- rows: 0..20
-- order: band_order
-- within: band_order 1..20
-- sums to 1: track_share
with

by_size as (
    select
        tracks_from,
        sum(track_count) as track_count
    from recordings_by_tracks
    group by tracks_from
)

select
    case when tracks_from = 20 then '20+' else cast(tracks_from as varchar) end as tracks_band,
    tracks_from as band_order,
    cast(track_count as bigint) as track_count,
    track_count / sum(track_count) over () as track_share
from by_size
order by tracks_from
