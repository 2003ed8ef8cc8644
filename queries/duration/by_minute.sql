-- How many tracks last each whole number of minutes, here and as published?
-- One row per whole minute of duration: 3 means 3:00 to 3:59, 10+ all from 10:00.
-- Whole seconds decide, so 3:59.6 is 4:00.
-- Denominator: all tracks with a usable duration.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_duration = tracks
-- key: duration_minute
-- rows: 11
-- order: minute_order
-- may be unknown: computed_*
-- sums to 1: computed_share, published_share
with

computed as (
    select
        least(duration_s // 60, 10) as minute_order,
        sum(track_count) as track_count
    from tracks_by_duration
    where duration_s is not null
    group by minute_order
),

published_minutes as (
    select
        duration_minute,
        track_count,
        cast(replace(duration_minute, '+', '') as integer) as minute_order
    from published.tracks_by_duration_minute
)

select
    published_minutes.duration_minute,
    published_minutes.minute_order,
    cast(case
        when (select sum(track_count) from computed) > 0 then coalesce(computed.track_count, 0)
    end as bigint) as computed_count,
    coalesce(computed.track_count, 0) / (select sum(track_count) from computed) as computed_share,
    published_minutes.track_count as published_count,
    published_minutes.track_count / sum(published_minutes.track_count) over () as published_share
from published_minutes
left join computed on published_minutes.minute_order = computed.minute_order
order by published_minutes.minute_order
