-- How many tracks does each second of duration hold?
-- One row per whole second below 10 minutes; longer tracks are counted in facts only.
-- Denominator: all tracks with a usable duration, music or not.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_duration - over_10_min_count = under_10_min_count
-- key: duration_s
-- rows: 0 or 600
-- within: duration_s 0..599
-- sums to at most 1: track_share
with

scale as (
    select cast(range as integer) as duration_s
    from range(0, 600)
),

counted as (
    select
        duration_s,
        sum(track_count) as track_count
    from tracks_by_duration
    where duration_s is not null
    group by duration_s
)

select
    scale.duration_s,
    cast(coalesce(counted.track_count, 0) as bigint) as track_count,
    coalesce(counted.track_count, 0) / (select sum(track_count) from counted) as track_share
from scale
left join counted on scale.duration_s = counted.duration_s
where exists (select 1 from counted)
order by scale.duration_s
