-- One row per release year, popularity tier and duration: tracks and their summed milliseconds.
-- Durations are whole seconds to 10 minutes, then whole minutes to an hour; duration_s is where the bin begins.
-- A duration that is not usable is NULL.
with

binned as (
    select
        release_year,
        popularity_tier,
        duration_ms,
        case
            when duration_s < 600 then duration_s
            when duration_s < 3600 then (duration_s // 60) * 60
            else 3600
        end as duration_s
    from staging.tracks
)

select
    release_year,
    cast(popularity_tier as integer) as popularity_tier,
    cast(case when duration_ms is not null then duration_s end as integer) as duration_s,
    cast(count(*) as bigint) as track_count,
    cast(coalesce(sum(duration_ms), 0) as bigint) as duration_sum_ms
from binned
group by
    release_year,
    popularity_tier,
    case when duration_ms is not null then duration_s end
