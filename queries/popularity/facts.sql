-- Facts of popularity and age. Age is the year of the snapshot minus the release year; medians and means are of whole
-- years. Grouped medians tell within a year, as if the tracks of an age lay evenly from half a year below to half a
-- year above, those of age 0 in its upper half: whole-year medians of two like distributions may be a year apart.
-- Medians are of 100 tracks or more, what is compared of 1,000 or more.
--
-- within: *_age_years 0..200, fetch_span_days 0..
-- holds: tracks + tracks_left_out = tracks_in, tracks_without_popularity + tracks_without_year = tracks_left_out,
--   tracks_in_ages <= tracks, tracks_in_tiers <= tracks, multi_track_recordings + recordings_left_out = recordings,
--   tracks_with_fetch_day + tracks_without_fetch_day = tracks_in, ge_70_count <= ge_50_count,
--   ge_50_count <= ge_30_count, spread_ge_20_share <= spread_ge_10_share
with

ages as (
    select
        snapshot.snapshot_year - cube.release_year as age_years,
        sum(cube.track_count) as track_count,
        coalesce(sum(cube.track_count) filter (where cube.popularity >= 30), 0) as ge_30_count,
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
        sum(ge_30_count) over (order by age_years) as ge_30_so_far,
        sum(ge_50_count) over (order by age_years) as ge_50_so_far,
        sum(ge_70_count) over (order by age_years) as ge_70_so_far,
        sum(track_count) over () as track_count,
        sum(ge_30_count) over () as ge_30_count,
        sum(ge_50_count) over () as ge_50_count,
        sum(ge_70_count) over () as ge_70_count
    from ages
),

medians as (
    select
        max(track_count) as track_count,
        max(ge_30_count) as ge_30_count,
        max(ge_50_count) as ge_50_count,
        max(ge_70_count) as ge_70_count,
        min(age_years) filter (where tracks_so_far * 2 >= track_count and track_count >= fewest_in_group())
            as median_age_years,
        min(age_years) filter (where ge_30_so_far * 2 >= ge_30_count and ge_30_count >= fewest_in_group())
            as median_age_ge_30_years,
        min(age_years) filter (where ge_50_so_far * 2 >= ge_50_count and ge_50_count >= fewest_in_group())
            as median_age_ge_50_years,
        min(age_years) filter (where ge_70_so_far * 2 >= ge_70_count and ge_70_count >= fewest_in_group())
            as median_age_ge_70_years,
        coalesce(max(ge_30_so_far) filter (where age_years <= 1), 0) / nullif(max(ge_30_count), 0)
            as ge_30_up_to_one_year_share,
        coalesce(max(ge_50_so_far) filter (where age_years <= 1), 0) / nullif(max(ge_50_count), 0)
            as ge_50_up_to_one_year_share,
        coalesce(max(ge_70_so_far) filter (where age_years <= 1), 0) / nullif(max(ge_70_count), 0)
            as ge_70_up_to_one_year_share,
        coalesce(max(tracks_so_far) filter (where age_years <= 1), 0) / max(track_count) as up_to_one_year_share
    from running
),

-- The places at the middle and a standard error, half the root of the number, to either side of it.
places as (
    select
        tracks.track_group,
        sides.place,
        tracks.track_count,
        arg_min(
            tracks.age_years + 0.5
            - (tracks.so_far - (tracks.track_count + sides.errors_away * sqrt(tracks.track_count)) / 2)
            / tracks.at_age_count
            * case when tracks.age_years = 0 then 0.5 else 1 end,
            tracks.age_years
        ) as age_years
    from (
        select
            age_years,
            track_group,
            at_age_count,
            sum(at_age_count) over (partition by track_group order by age_years) as so_far,
            sum(at_age_count) over (partition by track_group) as track_count
        from (
            select
                age_years,
                unnest(['all', 'ge_50']) as track_group,
                unnest([track_count, ge_50_count]) as at_age_count
            from ages
        ) as by_group
    ) as tracks
    cross join (values ('low', -1), ('middle', 0), ('high', 1)) as sides (place, errors_away)
    where
        tracks.at_age_count > 0
        and tracks.so_far >= (tracks.track_count + sides.errors_away * sqrt(tracks.track_count)) / 2
        and tracks.track_count >= fewest_in_group()
    group by
        tracks.track_group,
        sides.place,
        tracks.track_count
),

grouped as (
    select
        max(age_years) filter (where track_group = 'all' and place = 'middle') as all_years,
        max(age_years) filter (where track_group = 'ge_50' and place = 'middle') as ge_50_years,
        (
            max(age_years) filter (where track_group = 'all' and place = 'high')
            - max(age_years) filter (where track_group = 'all' and place = 'low')
        ) / 2 as all_error,
        (
            max(age_years) filter (where track_group = 'ge_50' and place = 'high')
            - max(age_years) filter (where track_group = 'ge_50' and place = 'low')
        ) / 2 as ge_50_error,
        max(track_count) filter (where track_group = 'all') as track_count,
        max(track_count) filter (where track_group = 'ge_50') as ge_50_count
    from places
),

means as (
    select
        sum(age_years * track_count) / sum(track_count) as mean_age_years,
        sum(age_years * ge_30_count) / nullif(sum(ge_30_count), 0) as mean_age_ge_30_years,
        sum(age_years * ge_50_count) / nullif(sum(ge_50_count), 0) as mean_age_ge_50_years,
        mean_standard_error(
            sum(track_count), sum(age_years * track_count), sum(age_years * age_years * track_count)
        ) as mean_age_error,
        mean_standard_error(
            sum(ge_50_count), sum(age_years * ge_50_count), sum(age_years * age_years * ge_50_count)
        ) as mean_age_ge_50_error,
        sum(age_years * ge_70_count) / nullif(sum(ge_70_count), 0) as mean_age_ge_70_years,
        sum(ge_50_count) / sum(track_count) as ge_50_share,
        sum(ge_50_count) filter (where age_years <= 1) / sum(track_count) filter (where age_years <= 1)
            as young_ge_50_share,
        sum(ge_50_count) filter (where age_years >= 10) / sum(track_count) filter (where age_years >= 10)
            as old_ge_50_share
    from ages
),

shown_ages as (
    select
        sum(track_count) as track_count,
        count(*) as age_count,
        min(age_years) as youngest_age_years,
        max(age_years) as oldest_age_years,
        arg_max(age_years, (ge_50_share, -age_years)) as peak_age_years,
        max(ge_50_share) as peak_ge_50_share
    from rows.by_age
),

shown_tiers as (
    select
        sum(track_count) as track_count,
        count(distinct tier_order) as tier_count,
        arg_min(popularity_tier, tier_order) as lowest_tier,
        arg_max(popularity_tier, tier_order) as highest_tier,
        arg_min(tier_share, tier_order) filter (where band_order = 1) as lowest_tier_young_share,
        arg_max(tier_share, tier_order) filter (where band_order = 1) as highest_tier_young_share,
        arg_min(tier_share, tier_order) filter (where band_order = 5) as lowest_tier_old_share,
        arg_max(tier_share, tier_order) filter (where band_order = 5) as highest_tier_old_share
    from rows.tier_ages
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

recordings as (
    select sum(recording_count) as recording_count
    from recordings_by_tracks
),

days as (
    select
        sum(track_count) filter (where fetched_day is not null) as track_count,
        count(*) filter (where fetched_day is not null) as day_count,
        max(track_count) filter (where fetched_day is not null)
        / nullif(sum(track_count) filter (where fetched_day is not null), 0) as busiest_day_share,
        max(fetched_day) - min(fetched_day) as span_days
    from tracks_by_fetch_day
),

undated as (
    select
        coalesce(sum(track_count) filter (where release_year is null or popularity is null), 0) as track_count,
        coalesce(sum(track_count) filter (where popularity is null), 0) as unscored_count,
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
    grouped.all_years as grouped_median_age_years,
    grouped.ge_50_years as grouped_median_age_ge_50_years,
    -- Of a median age of nothing, or less, there is no part.
    case
        when grouped.ge_50_count >= fewest_in_year() and grouped.all_years > 0
            then grouped.ge_50_years / grouped.all_years
    end as ge_50_age_ratio,
    quotient_standard_error(grouped.ge_50_years, grouped.ge_50_error, grouped.all_years, grouped.all_error)
        as ge_50_age_ratio_standard_error,
    medians.ge_50_up_to_one_year_share,
    medians.up_to_one_year_share,
    cast(spreads.recording_count as bigint) as multi_track_recordings,
    spreads.same_count / spreads.recording_count as same_popularity_share,
    spreads.ge_10_count / spreads.recording_count as spread_ge_10_share,
    spreads.ge_20_count / spreads.recording_count as spread_ge_20_share,
    days.day_count as fetch_day_count,
    days.span_days as fetch_span_days,
    days.busiest_day_share,
    cast(undated.unscored_count as bigint) as tracks_without_popularity,
    cast(undated.track_count - undated.unscored_count as bigint) as tracks_without_year,
    cast(medians.ge_30_count as bigint) as ge_30_count,
    medians.median_age_ge_30_years,
    means.mean_age_years,
    means.mean_age_ge_30_years,
    means.mean_age_ge_50_years,
    means.mean_age_ge_70_years,
    case
        when medians.ge_50_count >= fewest_in_group() and means.mean_age_years > 0
            then means.mean_age_ge_50_years / means.mean_age_years
    end as ge_50_mean_age_ratio,
    quotient_standard_error(
        means.mean_age_ge_50_years, means.mean_age_ge_50_error, means.mean_age_years, means.mean_age_error
    ) as ge_50_mean_age_ratio_standard_error,
    medians.ge_30_up_to_one_year_share,
    medians.ge_70_up_to_one_year_share,
    means.ge_50_share,
    means.young_ge_50_share,
    means.old_ge_50_share,
    cast(shown_ages.track_count as bigint) as tracks_in_ages,
    cast(medians.track_count - shown_ages.track_count as bigint) as not_in_ages_count,
    case when shown_ages.age_count > 0 then shown_ages.age_count end as age_count,
    shown_ages.youngest_age_years,
    shown_ages.oldest_age_years,
    shown_ages.peak_age_years,
    shown_ages.peak_ge_50_share,
    cast(shown_tiers.track_count as bigint) as tracks_in_tiers,
    cast(medians.track_count - shown_tiers.track_count as bigint) as not_in_tiers_count,
    shown_tiers.tier_count,
    shown_tiers.lowest_tier,
    shown_tiers.highest_tier,
    shown_tiers.lowest_tier_young_share,
    shown_tiers.highest_tier_young_share,
    shown_tiers.lowest_tier_old_share,
    shown_tiers.highest_tier_old_share,
    cast(recordings.recording_count as bigint) as recordings,
    cast(recordings.recording_count - spreads.recording_count as bigint) as recordings_left_out,
    cast(days.track_count as bigint) as tracks_with_fetch_day,
    cast(undated.tracks_in - days.track_count as bigint) as tracks_without_fetch_day
from medians
cross join grouped
cross join means
cross join shown_ages
cross join shown_tiers
cross join spreads
cross join recordings
cross join days
cross join undated
