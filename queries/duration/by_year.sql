-- How long are tracks, by release year?
-- One row per release year with a published mean or at least 100 tracks here. The median is of whole seconds.
-- Denominator: tracks with a usable duration and a usable release year.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_duration - tracks_without_year - tracks_of_small_years = tracks_in_mean_years
-- key: release_year
-- rows: 1..201
-- may be unknown: mean_s, median_s, published_mean_s, track_count
-- within: track_count 100..
with

by_second as (
    select
        release_year,
        duration_s,
        sum(track_count) as track_count,
        sum(duration_sum_ms) as duration_sum_ms
    from tracks_by_duration
    where
        duration_s is not null
        and release_year is not null
    group by
        release_year,
        duration_s
),

running as (
    select
        release_year,
        duration_s,
        sum(track_count) over (partition by release_year order by duration_s) as tracks_so_far,
        sum(track_count) over (partition by release_year) as track_count,
        sum(duration_sum_ms) over (partition by release_year) as duration_sum_ms
    from by_second
),

by_year as (
    select
        release_year,
        any_value(track_count) as track_count,
        any_value(duration_sum_ms) / any_value(track_count) / 1000 as mean_s,
        (
            min(duration_s) filter (where tracks_so_far >= (track_count + 1) // 2)
            + min(duration_s) filter (where tracks_so_far >= (track_count + 2) // 2)
            + 1
        ) // 2 as median_s
    from running
    group by release_year
    having any_value(track_count) >= 100
)

select
    coalesce(by_year.release_year, published_means.release_year) as release_year,
    by_year.mean_s,
    by_year.median_s,
    published_means.mean_duration_s as published_mean_s,
    cast(by_year.track_count as bigint) as track_count
from by_year
full join published.mean_duration_by_release_year as published_means
    on by_year.release_year = published_means.release_year
order by 1
