-- How much do the durations of one recording's tracks differ?
-- One row per band of the difference (longest minus shortest, whole seconds).
-- Denominator: recordings with at least two tracks of usable duration.
--
-- unit: recordings
-- denominator: recordings - one_track_recordings - untimed_recordings = timed_recordings
-- key: difference_band
-- rows: 0..8
-- order: band_order
-- within: band_order 1..8
-- sums to 1: recording_share
with

by_band as (
    select
        duration_spread_s,
        sum(recording_count) as recording_count
    from recordings_by_tracks
    where duration_spread_s is not null
    group by duration_spread_s
)

select
    case duration_spread_s
        when 0 then 'none'
        when 1 then '1 s'
        when 2 then '2 s'
        when 3 then '3–5 s'
        when 6 then '6–10 s'
        when 11 then '11–30 s'
        when 31 then '31–60 s'
        else 'over 60 s'
    end as difference_band,
    cast(row_number() over (order by duration_spread_s) as integer) as band_order,
    cast(recording_count as bigint) as recording_count,
    recording_count / sum(recording_count) over () as recording_share
from by_band
order by band_order
