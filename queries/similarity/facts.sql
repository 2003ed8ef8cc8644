-- Facts of similarity. A ratio is that of 2020–2024 to 2000–2004, known where 2024 was over by the snapshot; that of
-- the test takes all five years of both. The standard error of a dispersion is taken as of one normal feature, the root
-- of one part in two of the tracks: that of eight together is less. <feature>_sd_ratio is of standard deviations.
--
-- within: dispersion_* 0.., first_* -60.., last_* -60.., early_years 0..5, late_years 0..5, partial_year_count 0..1
-- holds: music_like_count + not_music_like_count = feature_count, used_count + unused_count = music_like_count,
--   small_year_track_count + undated_count = unused_count, mix_used_count + not_in_mix_count = music_like_count
with

late_years as (
    select unnest(range(2020, 2025)) as release_year
    from edition.snapshot
    where last_full_year >= 2024
),

years as (
    select
        release_year,
        dispersion,
        track_count
    from rows.dispersion
    where population = 'all'
),

periods as (
    select
        avg(dispersion order by release_year) filter (where release_year between 2000 and 2004) as from_2000_to_2004,
        avg(dispersion order by release_year) filter (
            where release_year in (select late.release_year from late_years as late)
        ) as from_2020_to_2024,
        sum(track_count) filter (where release_year between 2000 and 2004) as early_count,
        sum(track_count) filter (
            where release_year in (select late.release_year from late_years as late)
        ) as late_count,
        count(*) filter (where release_year between 2000 and 2004) as early_years,
        count(*) filter (where release_year in (select late.release_year from late_years as late)) as late_years,
        min(release_year) as first_year,
        max(release_year) as last_year,
        count(*) as year_count,
        count(*) filter (where release_year > (select last_full_year from edition.snapshot)) as partial_year_count,
        arg_min(dispersion, release_year) as first_dispersion
    from years
),

full_years as (
    select
        max(years.release_year) as last_year,
        arg_max(years.dispersion, years.release_year) as last_dispersion
    from years
    cross join edition.snapshot as snapshot
    where years.release_year <= snapshot.last_full_year
),

popular as (
    select
        avg(dispersion order by release_year) filter (where release_year between 2000 and 2004) as from_2000_to_2004,
        avg(dispersion order by release_year) filter (
            where release_year in (select late.release_year from late_years as late)
        ) as from_2020_to_2024,
        min(release_year) as first_year,
        max(release_year) as last_year,
        sum(track_count) as track_count,
        sum(track_count) filter (where release_year between 2000 and 2004) as early_count,
        sum(track_count) filter (
            where release_year in (select late.release_year from late_years as late)
        ) as late_count
    from rows.dispersion
    where population = 'popularity 30 or more'
),

feature_periods as (
    select
        feature,
        avg(relative_sd order by release_year) filter (where release_year between 2000 and 2004) as from_2000_to_2004,
        avg(relative_sd order by release_year) filter (
            where release_year in (select late.release_year from late_years as late)
        ) as from_2020_to_2024
    from rows.features
    where population = 'all'
    group by feature
),

feature_ratios as (
    select
        max(from_2020_to_2024 / from_2000_to_2004) filter (where feature = 'danceability') as danceability_sd_ratio,
        max(from_2020_to_2024 / from_2000_to_2004) filter (where feature = 'energy') as energy_sd_ratio,
        max(from_2020_to_2024 / from_2000_to_2004) filter (where feature = 'loudness') as loudness_sd_ratio,
        max(from_2020_to_2024 / from_2000_to_2004) filter (where feature = 'speechiness') as speechiness_sd_ratio,
        max(from_2020_to_2024 / from_2000_to_2004) filter (where feature = 'acousticness') as acousticness_sd_ratio,
        max(from_2020_to_2024 / from_2000_to_2004) filter (where feature = 'instrumentalness')
            as instrumentalness_sd_ratio,
        max(from_2020_to_2024 / from_2000_to_2004) filter (where feature = 'valence') as valence_sd_ratio,
        max(from_2020_to_2024 / from_2000_to_2004) filter (where feature = 'tempo') as tempo_sd_ratio,
        count(*) filter (
            where
            is_below(
                from_2020_to_2024 / from_2000_to_2004,
                from_2020_to_2024 / from_2000_to_2004
                * (select sqrt(0.5 / periods.early_count + 0.5 / periods.late_count) from periods),
                1
            )
        ) as narrower_count,
        count(from_2020_to_2024 / from_2000_to_2004) as compared_count,
        min(from_2020_to_2024 / from_2000_to_2004) as least_ratio,
        max(from_2020_to_2024 / from_2000_to_2004) as greatest_ratio,
        only_arg_min(feature, from_2020_to_2024 / from_2000_to_2004) as narrowest_feature,
        only_arg_max(feature, from_2020_to_2024 / from_2000_to_2004) as widest_feature
    from feature_periods
),

same_mix as (
    select
        avg(dispersion order by release_year) filter (where release_year between 2000 and 2004) as from_2000_to_2004,
        avg(dispersion order by release_year) filter (
            where release_year in (select late.release_year from late_years as late)
        ) as from_2020_to_2024
    from rows.composition
    where measure = 'same mix of durations'
),

released_mix as (
    select
        avg(dispersion order by release_year) filter (where release_year between 2000 and 2004) as from_2000_to_2004,
        avg(dispersion order by release_year) filter (
            where release_year in (select late.release_year from late_years as late)
        ) as from_2020_to_2024,
        count(*) as year_count,
        min(release_year) as first_year,
        max(release_year) as last_year
    from rows.composition
    where measure = 'as released'
),

mixed as (
    select sum(cube.track_count) as track_count
    from features_by_duration as cube
    where
        cube.release_year in (
            select composition.release_year
            from rows.composition as composition
        )
),

-- The later period over the earlier, and whether all years of both are there.
ratios as (
    select
        from_2020_to_2024 / from_2000_to_2004 as ratio,
        from_2020_to_2024 / from_2000_to_2004 * sqrt(0.5 / early_count + 0.5 / late_count) as standard_error,
        sqrt(0.5 / early_count + 0.5 / late_count) as relative_error,
        early_years = 5
        and late_years = 5 as is_tested
    from periods
),

small_years as (
    select
        count(*) as year_count,
        sum(track_count) as track_count
    from (
        select sum(track_count) as track_count
        from features_by_year
        where
            is_music_like
            and release_year is not null
        group by release_year
        having sum(track_count) < fewest_in_year()
    ) as small
),

loudness as (
    select
        arg_min(mean_db, release_year) as first_mean_db,
        arg_max(mean_db, release_year) as last_mean_db,
        arg_min(sd_db, release_year) as first_sd_db,
        arg_max(sd_db, release_year) as last_sd_db
    from rows.loudness
),

population as (
    select
        sum(track_count) filter (where is_music_like) as music_like_count,
        sum(track_count) as feature_count
    from features_by_year
),

used as (
    select sum(track_count) as track_count
    from rows.dispersion
    where population = 'all'
)

select
    periods.from_2000_to_2004 as dispersion_2000_2004,
    periods.from_2020_to_2024 as dispersion_2020_2024,
    ratios.ratio as dispersion_ratio,
    ratios.standard_error as dispersion_ratio_standard_error,
    case when ratios.is_tested then ratios.ratio end as tested_ratio,
    ratios.standard_error as tested_ratio_standard_error,
    case when ratios.is_tested then ratios.ratio - 1 end as tested_change,
    same_mix.from_2020_to_2024 / same_mix.from_2000_to_2004 as same_mix_ratio,
    same_mix.from_2020_to_2024 / same_mix.from_2000_to_2004 * ratios.relative_error as same_mix_ratio_standard_error,
    case when periods.year_count > 0 then periods.early_years end as early_years,
    case when periods.year_count > 0 then periods.late_years end as late_years,
    case when periods.year_count > 0 then periods.partial_year_count end as partial_year_count,
    periods.first_year,
    periods.last_year,
    loudness.first_mean_db,
    loudness.last_mean_db,
    loudness.first_sd_db,
    loudness.last_sd_db,
    cast(population.feature_count as bigint) as feature_count,
    cast(population.feature_count - population.music_like_count as bigint) as not_music_like_count,
    cast(population.music_like_count as bigint) as music_like_count,
    cast(used.track_count as bigint) as used_count,
    cast(population.music_like_count - used.track_count as bigint) as unused_count,
    nullif(periods.year_count, 0) as year_count,
    periods.first_dispersion,
    full_years.last_year as last_full_year,
    full_years.last_dispersion as last_full_dispersion,
    popular.from_2020_to_2024 / popular.from_2000_to_2004 as popular_ratio,
    popular.from_2020_to_2024 / popular.from_2000_to_2004
    * sqrt(0.5 / popular.early_count + 0.5 / popular.late_count) as popular_ratio_standard_error,
    popular.first_year as popular_first_year,
    popular.last_year as popular_last_year,
    cast(popular.track_count as bigint) as popular_used_count,
    same_mix.from_2000_to_2004 as same_mix_2000_2004,
    same_mix.from_2020_to_2024 as same_mix_2020_2024,
    released_mix.from_2020_to_2024 / released_mix.from_2000_to_2004 as as_released_ratio,
    released_mix.from_2020_to_2024 / released_mix.from_2000_to_2004 * ratios.relative_error
        as as_released_ratio_standard_error,
    nullif(released_mix.year_count, 0) as mix_year_count,
    released_mix.first_year as mix_first_year,
    released_mix.last_year as mix_last_year,
    cast(mixed.track_count as bigint) as mix_used_count,
    cast(population.music_like_count - mixed.track_count as bigint) as not_in_mix_count,
    case when population.music_like_count > 0 then small_years.year_count end as small_year_count,
    cast(case when population.music_like_count > 0 then coalesce(small_years.track_count, 0) end as bigint)
        as small_year_track_count,
    cast(population.music_like_count - used.track_count - coalesce(small_years.track_count, 0) as bigint)
        as undated_count,
    case when feature_ratios.compared_count > 0 then feature_ratios.narrower_count end as narrower_feature_count,
    nullif(feature_ratios.compared_count, 0) as compared_feature_count,
    feature_ratios.narrowest_feature,
    feature_ratios.least_ratio as narrowest_feature_ratio,
    feature_ratios.widest_feature,
    feature_ratios.greatest_ratio as widest_feature_ratio,
    feature_ratios.danceability_sd_ratio,
    feature_ratios.energy_sd_ratio,
    feature_ratios.loudness_sd_ratio,
    feature_ratios.speechiness_sd_ratio,
    feature_ratios.acousticness_sd_ratio,
    feature_ratios.instrumentalness_sd_ratio,
    feature_ratios.valence_sd_ratio,
    feature_ratios.tempo_sd_ratio
from periods
cross join ratios
cross join same_mix
cross join loudness
cross join population
cross join used
cross join full_years
cross join popular
cross join feature_ratios
cross join released_mix
cross join mixed
cross join small_years
