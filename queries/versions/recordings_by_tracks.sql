-- How many tracks does a recording have?
-- One row per number of tracks, 1 to 19 and more.
-- Denominator: distinct valid ISRCs.
--
-- unit: recordings
-- denominator: tracks_in - tracks_without_isrc - further_track_count = recordings
-- key: tracks_band
-- rows: 0..20
-- order: band_order
-- within: band_order 1..20
-- sums to 1: recording_share
with

by_size as (
    select
        tracks_from,
        sum(recording_count) as recording_count
    from recordings_by_tracks
    group by tracks_from
)

select
    case when tracks_from = 20 then '20+' else cast(tracks_from as varchar) end as tracks_band,
    tracks_from as band_order,
    cast(recording_count as bigint) as recording_count,
    recording_count / sum(recording_count) over () as recording_share
from by_size
order by tracks_from
