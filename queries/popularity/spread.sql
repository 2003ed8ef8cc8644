-- How far apart are the popularities of one recording's tracks?
-- One row per difference in points (highest minus lowest) that occurs.
-- Denominator: recordings with at least two tracks of known popularity.
--
-- unit: recordings
-- denominator: recordings - recordings_left_out = multi_track_recordings
-- key: popularity_spread
-- rows: 0..101
-- within: popularity_spread 0..100
-- sums to 1: recording_share
with

by_spread as (
    select
        popularity_spread,
        sum(recording_count) as recording_count
    from recordings_by_tracks
    where popularity_spread is not null
    group by popularity_spread
)

select
    popularity_spread,
    cast(recording_count as bigint) as recording_count,
    recording_count / sum(recording_count) over () as recording_share
from by_spread
order by popularity_spread
