-- Facts of duration. The heaping indexes are those of heaping.sql, the yearly medians those of by_year.sql.
with

by_second as (
    select
        duration_s,
        sum(track_count) as track_count,
        sum(duration_sum_ms) as duration_sum_ms
    from tracks_by_duration
    where duration_s is not null
    group by duration_s
),

indexes as (
    select
        max(heaping_index) filter (where minute = 1) as index_60,
        max(heaping_index) filter (where minute = 2) as index_120,
        max(heaping_index) filter (where minute = 3) as index_180,
        max(heaping_index) filter (where minute = 4) as index_240,
        max(heaping_index) filter (where minute = 5) as index_300,
        max(heaping_index) filter (where minute = 6) as index_360,
        max(heaping_index) filter (where minute = 7) as index_420,
        max(heaping_index) filter (where minute = 8) as index_480,
        count(*) filter (where minute in (2, 3, 4) and heaping_index >= 1.1) as minutes_over_threshold
    from rows.heaping
),

running as (
    select
        duration_s,
        sum(track_count) over (order by duration_s) as tracks_so_far,
        sum(track_count) over () as track_count
    from by_second
),

medians as (
    select
        (
            min(duration_s) filter (where tracks_so_far >= (track_count + 1) // 2)
            + min(duration_s) filter (where tracks_so_far >= (track_count + 2) // 2)
            + 1
        ) // 2 as median_s
    from running
),

totals as (
    select
        sum(track_count) as track_count,
        sum(duration_sum_ms) / sum(track_count) / 1000 as mean_s,
        coalesce(sum(track_count) filter (where duration_s <= 600 and duration_s % 60 = 0 and duration_s > 0), 0)
        / sum(track_count) as share_at_minutes,
        coalesce(sum(track_count) filter (where duration_s > 600), 0) as over_10_min_count,
        coalesce(sum(track_count) filter (where duration_s between 30 and 35), 0) / sum(track_count)
            as share_30_to_35_s,
        coalesce(sum(track_count) filter (where duration_s between 120 and 125), 0) / sum(track_count)
            as share_120_to_125_s
    from by_second
),

unusable as (
    select coalesce(sum(track_count), 0) as track_count
    from tracks_by_duration
    where duration_s is null
),

-- The snapshot's own year is partial; a maximum before 1960 would rest on a few thousand tracks.
peaks as (
    select
        max(median_s) as peak_median_s,
        arg_max(release_year, median_s * 10000 - release_year) as peak_median_year,
        max(release_year) as latest_year,
        arg_max(median_s, release_year) as latest_median_s
    from rows.by_year
    where
        track_count >= 1000
        and release_year >= 1960
        and release_year < (select snapshot_year from edition.snapshot)
),

published_means as (
    select
        max(mean_duration_s) filter (where release_year = 2010) as in_2010_s,
        max(mean_duration_s) filter (where release_year = 2024) as in_2024_s,
        avg(mean_duration_s) filter (where release_year between 2010 and 2014) as from_2010_to_2014_s,
        avg(mean_duration_s) filter (where release_year between 2020 and 2024) as from_2020_to_2024_s
    from published.mean_duration_by_release_year
),

published_minutes as (
    select
        sum(track_count) filter (where duration_minute = '3') / sum(track_count) as minute_3_share,
        sum(track_count) filter (where duration_minute = '2') / sum(track_count) as minute_2_share
    from published.tracks_by_duration_minute
)

select
    cast(totals.track_count + unusable.track_count as bigint) as tracks_in,
    cast(unusable.track_count as bigint) as tracks_without_duration,
    cast(totals.track_count as bigint) as tracks,
    cast(totals.over_10_min_count as bigint) as over_10_min_count,
    indexes.index_60,
    indexes.index_120,
    indexes.index_180,
    indexes.index_240,
    indexes.index_300,
    indexes.index_360,
    indexes.index_420,
    indexes.index_480,
    indexes.minutes_over_threshold,
    medians.median_s,
    totals.mean_s,
    totals.share_at_minutes,
    totals.share_30_to_35_s,
    totals.share_120_to_125_s,
    peaks.peak_median_s,
    peaks.peak_median_year,
    peaks.latest_year as latest_median_year,
    peaks.latest_median_s,
    peaks.latest_median_s / peaks.peak_median_s - 1 as median_change_since_peak,
    published_means.in_2010_s as published_mean_2010_s,
    published_means.in_2024_s as published_mean_2024_s,
    published_means.in_2024_s / published_means.in_2010_s - 1 as published_mean_change,
    published_means.from_2020_to_2024_s / published_means.from_2010_to_2014_s - 1 as published_five_year_change,
    published_minutes.minute_3_share as published_minute_3_share,
    published_minutes.minute_2_share as published_minute_2_share
from totals
cross join unusable
cross join indexes
cross join medians
cross join peaks
cross join published_means
cross join published_minutes
