-- Facts of popularity and age. Age is the year of the snapshot minus the release year; medians are of whole years.
with

ages as (
    select
        snapshot.snapshot_year - cube.release_year as age_years,
        sum(cube.track_count) as track_count,
        coalesce(sum(cube.track_count) filter (where cube.popularity >= 50), 0) as ge_50_count,
        coalesce(sum(cube.track_count) filter (where cube.popularity >= 70), 0) as ge_70_count
    from tracks_by_popularity as cube
    cross join edition.snapshot as snapshot
    where
        cube.release_year is not null
        and cube.popularity is not null
    group by snapshot.snapshot_year - cube.release_year
),

running as (
    select
        age_years,
        sum(track_count) over (order by age_years) as tracks_so_far,
        sum(ge_50_count) over (order by age_years) as ge_50_so_far,
        sum(ge_70_count) over (order by age_years) as ge_70_so_far,
        sum(track_count) over () as track_count,
        sum(ge_50_count) over () as ge_50_count,
        sum(ge_70_count) over () as ge_70_count
    from ages
),

medians as (
    select
        max(track_count) as track_count,
        max(ge_50_count) as ge_50_count,
        max(ge_70_count) as ge_70_count,
        min(age_years) filter (where tracks_so_far * 2 >= track_count) as median_age_years,
        min(age_years) filter (where ge_50_so_far * 2 >= ge_50_count and ge_50_count > 0) as median_age_ge_50_years,
        min(age_years) filter (where ge_70_so_far * 2 >= ge_70_count and ge_70_count > 0) as median_age_ge_70_years,
        max(ge_50_so_far) filter (where age_years <= 1) / nullif(max(ge_50_count), 0) as ge_50_up_to_one_year_share,
        max(tracks_so_far) filter (where age_years <= 1) / max(track_count) as up_to_one_year_share
    from running
),

spreads as (
    select
        sum(recording_count) as recording_count,
        coalesce(sum(recording_count) filter (where popularity_spread = 0), 0) as same_count,
        coalesce(sum(recording_count) filter (where popularity_spread >= 10), 0) as ge_10_count,
        coalesce(sum(recording_count) filter (where popularity_spread >= 20), 0) as ge_20_count
    from recordings_by_tracks
    where popularity_spread is not null
),

days as (
    select
        count(*) filter (where fetched_day is not null) as day_count,
        max(track_count) filter (where fetched_day is not null)
        / nullif(sum(track_count) filter (where fetched_day is not null), 0) as busiest_day_share,
        max(fetched_day) - min(fetched_day) as span_days
    from tracks_by_fetch_day
),

undated as (
    select
        coalesce(sum(track_count) filter (where release_year is null or popularity is null), 0) as track_count,
        sum(track_count) as tracks_in
    from tracks_by_popularity
)

select
    cast(undated.tracks_in as bigint) as tracks_in,
    cast(undated.track_count as bigint) as tracks_left_out,
    cast(medians.track_count as bigint) as tracks,
    cast(medians.ge_50_count as bigint) as ge_50_count,
    cast(medians.ge_70_count as bigint) as ge_70_count,
    medians.median_age_years,
    medians.median_age_ge_50_years,
    medians.median_age_ge_70_years,
    medians.median_age_ge_50_years / nullif(medians.median_age_years, 0) as ge_50_age_ratio,
    medians.ge_50_up_to_one_year_share,
    medians.up_to_one_year_share,
    cast(spreads.recording_count as bigint) as multi_track_recordings,
    spreads.same_count / spreads.recording_count as same_popularity_share,
    spreads.ge_10_count / spreads.recording_count as spread_ge_10_share,
    spreads.ge_20_count / spreads.recording_count as spread_ge_20_share,
    days.day_count as fetch_day_count,
    days.span_days as fetch_span_days,
    days.busiest_day_share
from medians
cross join spreads
cross join days
cross join undated
