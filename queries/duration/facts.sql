-- Facts of duration. The heaping indexes are those of heaping.sql, the yearly medians those of by_year.sql.
-- The cube holds whole seconds below 10 minutes, so whole minutes are 1:00 to 9:00.
--
-- within: index_* 0.., *_index_120 0.., *_index_180 0.., *_index_240 0.., definitions_compared_count 0..3,
--   minutes_*_threshold 0..3, share_at_minutes 0..1, modal_minute 0..10,
--   *_change -1.., *_first_year 1900..2100, *_last_year 1900..2100, largest_minute_difference 0..1
-- holds: tracks + tracks_without_duration = tracks_in, tracks_with_year + tracks_without_year = tracks,
--   tracks_with_popularity + tracks_without_popularity = tracks, under_10_min_count + over_10_min_count = tracks,
--   definitions_agreeing_count <= definitions_compared_count,
--   tracks_in_mean_years <= tracks_with_year, tracks_in_window_years <= tracks_with_year
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
        max(standard_error) filter (where minute = 2) as index_120_standard_error,
        max(standard_error) filter (where minute = 3) as index_180_standard_error,
        max(standard_error) filter (where minute = 4) as index_240_standard_error,
        case
            when count(*) filter (where minute in (2, 3, 4)) = 3
                then count(*) filter (where minute in (2, 3, 4) and is_above(heaping_index, standard_error, 1.1))
        end as minutes_over_threshold,
        case
            when count(*) filter (where minute in (2, 3, 4)) = 3
                then count(*) filter (where minute in (2, 3, 4) and is_below(heaping_index, standard_error, 1.1))
        end as minutes_under_threshold,
        max(track_count) filter (where minute = 3) as index_180_track_count
    from (
        select
            *,
            heaping_standard_error(track_count, 16 * neighbour_mean, 16) as standard_error
        from rows.heaping
    ) as heaping
),

-- The fewest tracks in the 16 seconds around any of the three minutes.
around_minutes as (
    select min(track_count) as track_count
    from (
        select
            coalesce(sum(by_second.track_count) filter (
                where abs(by_second.duration_s - minutes.minute * 60) between 3 and 10
            ), 0) as track_count
        from by_second
        cross join (select unnest([2, 3, 4]) as minute) as minutes
        group by minutes.minute
    ) as around
),

-- The same indexes for other choices of tracks; too few tracks around a minute, and a choice has none.
by_choice as (
    select
        choices.choice,
        minutes.minute,
        sum(track_count) filter (where duration_s = minutes.minute * 60) as track_count,
        sum(track_count) filter (where abs(duration_s - minutes.minute * 60) between 3 and 10) as neighbour_count
    from tracks_by_duration
    cross join (select cast(range as integer) as minute from range(2, 5)) as minutes
    inner join (select unnest(['above_zero', 'ge_30', 'since_2020']) as choice) as choices
        on case choices.choice
            -- Tiers are numbered from 1, popularity 0.
            when 'above_zero' then tracks_by_duration.popularity_tier > 1
            when 'ge_30' then tracks_by_duration.popularity_tier >= 4
            else tracks_by_duration.release_year >= 2020
        end
    where duration_s between 100 and 260
    group by
        choices.choice,
        minutes.minute
),

choice_indexes as (
    select
        by_choice.choice,
        by_choice.minute,
        coalesce(by_choice.track_count, 0) / (by_choice.neighbour_count / 16) as heaping_index,
        rows.heaping.heaping_index >= 1.1 as is_over_in_all
    from by_choice
    inner join rows.heaping on by_choice.minute = rows.heaping.minute
    where by_choice.neighbour_count > 0
    qualify min(by_choice.neighbour_count) over (partition by by_choice.choice) >= fewest_around_minute()
),

choice_values as (
    select
        max(heaping_index) filter (where choice = 'above_zero' and minute = 2) as above_zero_index_120,
        max(heaping_index) filter (where choice = 'above_zero' and minute = 3) as above_zero_index_180,
        max(heaping_index) filter (where choice = 'above_zero' and minute = 4) as above_zero_index_240,
        max(heaping_index) filter (where choice = 'ge_30' and minute = 2) as ge_30_index_120,
        max(heaping_index) filter (where choice = 'ge_30' and minute = 3) as ge_30_index_180,
        max(heaping_index) filter (where choice = 'ge_30' and minute = 4) as ge_30_index_240,
        max(heaping_index) filter (where choice = 'since_2020' and minute = 2) as since_2020_index_120,
        max(heaping_index) filter (where choice = 'since_2020' and minute = 3) as since_2020_index_180,
        max(heaping_index) filter (where choice = 'since_2020' and minute = 4) as since_2020_index_240
    from choice_indexes
),

choices_compared as (
    select
        count(*) as choice_count,
        count(*) filter (where is_agreeing) as agreeing_count
    from (
        select bool_and((heaping_index >= 1.1) = is_over_in_all) as is_agreeing
        from choice_indexes
        group by choice
        having count(*) = 3
    ) as choices
),

heaping_years as (
    select
        min(release_year) as first_year,
        max(release_year) as last_year,
        arg_min(heaping_index, release_year) as first_index_180,
        arg_max(heaping_index, release_year) as last_index_180,
        count(*) as year_count,
        count(*) filter (
            where
            -- Where the index is 0, so are the tracks that tell how many are around.
            heaping_index > 0
            and is_above(
                heaping_index, heaping_standard_error(track_count, 16 * track_count / heaping_index, 16), 1.1
            )
        ) as over_threshold_count
    from rows.heaping_by_year
    where
        minute = 3
        and release_year <= (select last_full_year from edition.snapshot)
),

heaping_tiers as (
    select
        arg_min(popularity_tier, tier_order) as lowest_tier,
        arg_max(popularity_tier, tier_order) as highest_tier,
        arg_min(heaping_index, tier_order) as lowest_index_180,
        arg_max(heaping_index, tier_order) as highest_index_180,
        count(*) as tier_count
    from rows.heaping_by_tier
    where minute = 3
),

dated as (
    select
        coalesce(sum(track_count) filter (where release_year is not null), 0) as with_year_count,
        coalesce(sum(track_count) filter (where popularity_tier is not null), 0) as with_popularity_count
    from tracks_by_duration
    where duration_s is not null
),

five_years as (
    select
        release_year // 10 as decade,
        duration_s,
        sum(track_count) as track_count
    from tracks_by_duration
    where
        duration_s is not null
        and (release_year between 2010 and 2014 or release_year between 2020 and 2024)
        and (select last_full_year from edition.snapshot) >= 2024
    group by
        decade,
        duration_s
),

five_years_running as (
    select
        decade,
        duration_s,
        sum(track_count) over (partition by decade order by duration_s) as tracks_so_far,
        sum(track_count) over (partition by decade) as track_count
    from five_years
),

-- A standard error to either side of the middle is half the square root of the tracks away; a second is the least.
five_year_places as (
    select
        decade,
        any_value(track_count) as track_count,
        min(duration_s) filter (where tracks_so_far >= (track_count + 1) // 2) as median_s,
        greatest(
            min(duration_s) filter (where tracks_so_far >= (track_count + sqrt(track_count)) / 2)
            - min(duration_s) filter (where tracks_so_far >= (track_count - sqrt(track_count)) / 2),
            1
        ) / 2 as standard_error
    from five_years_running
    group by decade
),

five_year_medians as (
    select
        coalesce(max(track_count) filter (where decade = 201), 0) as from_2010_to_2014_count,
        coalesce(max(track_count) filter (where decade = 202), 0) as from_2020_to_2024_count,
        max(median_s) filter (where decade = 201 and track_count >= fewest_in_year()) as from_2010_to_2014_s,
        max(median_s) filter (where decade = 202 and track_count >= fewest_in_year()) as from_2020_to_2024_s,
        max(standard_error) filter (where decade = 201) as from_2010_to_2014_error,
        max(standard_error) filter (where decade = 202) as from_2020_to_2024_error
    from five_year_places
),

means_compared as (
    select
        max(abs(mean_s - published_mean_s)) as largest_difference_s,
        only_arg_max(release_year, abs(mean_s - published_mean_s)) as largest_difference_year,
        count(*) as year_count
    from rows.by_year
    where
        mean_s is not null
        and published_mean_s is not null
),

minutes_compared as (
    select
        max(computed_share) filter (where minute_order = 2) as minute_2_share,
        max(computed_share) filter (where minute_order = 3) as minute_3_share,
        only_arg_max(minute_order, computed_share) as modal_minute,
        only_arg_max(minute_order, published_share) as published_modal_minute,
        max(published_share) filter (where minute_order = 0) as published_minute_0_share,
        max(abs(computed_share - published_share)) as largest_difference,
        only_arg_max(duration_minute, abs(computed_share - published_share)) as largest_difference_minute,
        sum(published_count) as published_count
    from rows.by_minute
),

windows as (
    select
        min(release_year) as first_year,
        max(release_year) as last_year,
        arg_min(window_share, release_year) filter (where length_window = '30–35 s') as first_30_to_35_share,
        arg_max(window_share, release_year) filter (where length_window = '30–35 s') as last_30_to_35_share,
        arg_min(window_share, release_year) filter (where length_window = '120–125 s') as first_120_to_125_share,
        arg_max(window_share, release_year) filter (where length_window = '120–125 s') as last_120_to_125_share,
        max(window_share) filter (
            where
            length_window = '120–125 s'
            and release_year = 2023
            and (select last_full_year from edition.snapshot) >= 2023
        ) as in_2023_share,
        max(window_share) filter (
            where
            length_window = '120–125 s'
            and release_year = 2024
            and (select last_full_year from edition.snapshot) >= 2024
        ) as in_2024_share
    from rows.thresholds
    where release_year <= (select last_full_year from edition.snapshot)
),

shown as (
    select
        (select sum(track_count) from rows.by_year) as mean_count,
        -- Each year has two windows, over the same tracks.
        (select sum(track_count) // 2 from rows.thresholds) as window_count
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
        coalesce(sum(track_count) filter (where duration_s between 60 and 599 and duration_s % 60 = 0), 0)
        / sum(track_count) as share_at_minutes,
        coalesce(sum(track_count) filter (where duration_s >= 600), 0) as over_10_min_count,
        sum(track_count) filter (where duration_s between 24 and 29) as from_24_to_29_count,
        sum(track_count) filter (where duration_s between 30 and 35) as from_30_to_35_count,
        sum(track_count) filter (where duration_s between 114 and 119) as from_114_to_119_count,
        sum(track_count) filter (where duration_s between 120 and 125) as from_120_to_125_count,
        sum(track_count) filter (where duration_s in (178, 179, 181, 182)) / 4 as beside_180_mean,
        sum(track_count) filter (where abs(duration_s - 180) between 3 and 10) / 16 as around_180_mean,
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

year_places as (
    select
        release_year,
        greatest(
            min(duration_s) filter (where tracks_so_far >= (track_count + sqrt(track_count)) / 2)
            - min(duration_s) filter (where tracks_so_far >= (track_count - sqrt(track_count)) / 2),
            1
        ) / 2 as standard_error
    from (
        select
            release_year,
            duration_s,
            sum(sum(track_count)) over (partition by release_year order by duration_s) as tracks_so_far,
            sum(sum(track_count)) over (partition by release_year) as track_count
        from tracks_by_duration
        where duration_s is not null
        group by
            release_year,
            duration_s
    ) as running_years
    group by release_year
),

-- The snapshot's own year is partial; a maximum before 1960 would rest on a few thousand tracks.
peaks as (
    select
        max(median_s) as peak_median_s,
        arg_max(years.release_year, median_s * 10000 - years.release_year) as peak_median_year,
        arg_max(standard_error, median_s * 10000 - years.release_year) as peak_standard_error,
        max(years.release_year) as latest_year,
        arg_max(median_s, years.release_year) as latest_median_s,
        arg_max(standard_error, years.release_year) as latest_standard_error
    from rows.by_year as years
    inner join year_places on years.release_year = year_places.release_year
    where
        track_count >= fewest_in_year()
        and years.release_year >= 1960
        and years.release_year <= (select last_full_year from edition.snapshot)
),

published_means as (
    select
        max(mean_duration_s) filter (where release_year = 2010) as in_2010_s,
        max(mean_duration_s) filter (where release_year = 2024) as in_2024_s,
        avg(mean_duration_s) filter (where release_year between 1960 and 1964) as from_1960_to_1964_s,
        avg(mean_duration_s) filter (where release_year between 1965 and 1969) as from_1965_to_1969_s,
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
    cast(totals.track_count - totals.over_10_min_count as bigint) as under_10_min_count,
    cast(dated.with_year_count as bigint) as tracks_with_year,
    cast(totals.track_count - dated.with_year_count as bigint) as tracks_without_year,
    cast(count_in(shown.mean_count, dated.with_year_count) as bigint) as tracks_in_mean_years,
    cast(dated.with_year_count - count_in(shown.mean_count, dated.with_year_count) as bigint) as tracks_of_small_years,
    cast(shown.window_count as bigint) as tracks_in_window_years,
    cast(dated.with_year_count - shown.window_count as bigint) as tracks_of_years_under_1000,
    cast(dated.with_popularity_count as bigint) as tracks_with_popularity,
    cast(totals.track_count - dated.with_popularity_count as bigint) as tracks_without_popularity,
    indexes.index_60,
    indexes.index_120,
    indexes.index_180,
    indexes.index_240,
    indexes.index_300,
    indexes.index_360,
    indexes.index_420,
    indexes.index_480,
    indexes.index_120_standard_error,
    indexes.index_180_standard_error,
    indexes.index_240_standard_error,
    standard_errors() * indexes.index_180_standard_error as index_180_two_standard_errors,
    indexes.minutes_over_threshold,
    indexes.minutes_under_threshold,
    cast(around_minutes.track_count as bigint) as tracks_around_minutes,
    indexes.index_180_track_count,
    choice_values.above_zero_index_120,
    choice_values.above_zero_index_180,
    choice_values.above_zero_index_240,
    choice_values.ge_30_index_120,
    choice_values.ge_30_index_180,
    choice_values.ge_30_index_240,
    choice_values.since_2020_index_120,
    choice_values.since_2020_index_180,
    choice_values.since_2020_index_240,
    choices_compared.choice_count as definitions_compared_count,
    choices_compared.agreeing_count as definitions_agreeing_count,
    totals.beside_180_mean / nullif(totals.around_180_mean, 0) as shoulder_180,
    heaping_years.first_year as heaping_first_year,
    heaping_years.last_year as heaping_last_year,
    heaping_years.first_index_180 as heaping_first_year_index_180,
    heaping_years.last_index_180 as heaping_last_year_index_180,
    cast(heaping_years.year_count as bigint) as heaping_year_count,
    cast(heaping_years.over_threshold_count as bigint) as heaping_years_over_threshold,
    heaping_tiers.lowest_tier as heaping_lowest_tier,
    heaping_tiers.highest_tier as heaping_highest_tier,
    heaping_tiers.lowest_index_180 as heaping_lowest_tier_index_180,
    heaping_tiers.highest_index_180 as heaping_highest_tier_index_180,
    cast(heaping_tiers.tier_count as bigint) as heaping_tier_count,
    medians.median_s,
    totals.mean_s,
    totals.share_at_minutes,
    totals.share_30_to_35_s,
    totals.share_120_to_125_s,
    case
        when totals.from_24_to_29_count >= fewest_in_group()
            then totals.from_30_to_35_count / totals.from_24_to_29_count
    end as window_30_to_35_ratio,
    case
        when totals.from_114_to_119_count >= fewest_in_group()
            then totals.from_120_to_125_count / totals.from_114_to_119_count
    end as window_120_to_125_ratio,
    windows.first_year as window_first_year,
    windows.last_year as window_last_year,
    windows.first_30_to_35_share as window_first_30_to_35_share,
    windows.last_30_to_35_share as window_last_30_to_35_share,
    windows.first_120_to_125_share as window_first_120_to_125_share,
    windows.last_120_to_125_share as window_last_120_to_125_share,
    windows.in_2023_share as window_120_to_125_share_2023,
    windows.in_2024_share as window_120_to_125_share_2024,
    minutes_compared.minute_2_share,
    minutes_compared.minute_3_share,
    minutes_compared.modal_minute,
    minutes_compared.largest_difference as largest_minute_difference,
    minutes_compared.largest_difference_minute,
    peaks.peak_median_s,
    peaks.peak_median_year,
    peaks.latest_year as latest_median_year,
    peaks.latest_median_s,
    peaks.latest_median_s / peaks.peak_median_s - 1 as median_change_since_peak,
    quotient_standard_error(
        peaks.latest_median_s, peaks.latest_standard_error, peaks.peak_median_s, peaks.peak_standard_error
    ) as median_change_since_peak_standard_error,
    five_year_medians.from_2010_to_2014_s as median_2010_to_2014_s,
    five_year_medians.from_2020_to_2024_s as median_2020_to_2024_s,
    five_year_medians.from_2020_to_2024_s / five_year_medians.from_2010_to_2014_s - 1 as median_five_year_change,
    quotient_standard_error(
        five_year_medians.from_2020_to_2024_s, five_year_medians.from_2020_to_2024_error,
        five_year_medians.from_2010_to_2014_s, five_year_medians.from_2010_to_2014_error
    ) as median_five_year_change_standard_error,
    cast(five_year_medians.from_2010_to_2014_count as bigint) as tracks_from_2010_to_2014,
    cast(five_year_medians.from_2020_to_2024_count as bigint) as tracks_from_2020_to_2024,
    means_compared.largest_difference_s as largest_mean_difference_s,
    means_compared.largest_difference_year as largest_mean_difference_year,
    cast(means_compared.year_count as bigint) as means_compared_count,
    published_means.in_2010_s as published_mean_2010_s,
    published_means.in_2024_s as published_mean_2024_s,
    published_means.in_2024_s / published_means.in_2010_s - 1 as published_mean_change,
    published_means.from_2020_to_2024_s / published_means.from_2010_to_2014_s - 1 as published_five_year_change,
    published_means.from_1960_to_1964_s as published_mean_1960_to_1964_s,
    published_means.from_1965_to_1969_s as published_mean_1965_to_1969_s,
    published_means.from_2010_to_2014_s as published_mean_2010_to_2014_s,
    published_means.from_2020_to_2024_s as published_mean_2020_to_2024_s,
    published_means.from_2020_to_2024_s / published_means.from_1960_to_1964_s - 1
        as published_change_since_1960_to_1964,
    published_means.from_2020_to_2024_s / published_means.from_1965_to_1969_s - 1
        as published_change_since_1965_to_1969,
    published_minutes.minute_3_share as published_minute_3_share,
    published_minutes.minute_2_share as published_minute_2_share,
    minutes_compared.published_minute_0_share,
    minutes_compared.published_modal_minute,
    cast(minutes_compared.published_count as bigint) as published_tracks
from totals
cross join unusable
cross join indexes
cross join around_minutes
cross join choice_values
cross join choices_compared
cross join medians
cross join heaping_years
cross join heaping_tiers
cross join dated
cross join shown
cross join five_year_medians
cross join means_compared
cross join minutes_compared
cross join windows
cross join peaks
cross join published_means
cross join published_minutes
