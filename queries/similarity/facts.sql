-- Facts of similarity, as rows of fact and value: dispersion_<year> for each year of dispersion.sql (all music-like
-- tracks), and what is said of them. The standard error of a dispersion is taken as of one normal feature, the root of
-- one part in two of the tracks: that of eight together is less. <feature>_sd_ratio is the standard deviation of
-- 2020–2024 over that of 2000–2004; both are known where the snapshot reaches beyond 2024.
--
-- within: dispersion_* 0.., first_* -60.., last_* -60..
-- holds: music_like_count <= feature_count, used_count + unused_count = music_like_count,
--   small_year_track_count + undated_count = unused_count
with

late_years as (
    select unnest(range(2020, 2025)) as release_year
    from edition.snapshot
    where snapshot_year > 2024
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
        arg_min(dispersion, release_year) as first_dispersion
    from years
),

full_years as (
    select
        max(years.release_year) as last_year,
        arg_max(years.dispersion, years.release_year) as last_dispersion,
        max(snapshot.snapshot_year) as snapshot_year
    from years
    cross join edition.snapshot as snapshot
    where years.release_year < snapshot.snapshot_year
),

popular as (
    select
        avg(dispersion order by release_year) filter (where release_year between 2000 and 2004) as from_2000_to_2004,
        avg(dispersion order by release_year) filter (
            where release_year in (select late.release_year from late_years as late)
        ) as from_2020_to_2024,
        min(release_year) as first_year,
        max(release_year) as last_year,
        sum(track_count) as track_count
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
        count(from_2020_to_2024 / from_2000_to_2004) as compared_count
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
    'dispersion_' || release_year as fact,
    dispersion as value
from years
union all
select
    unnest([
        'dispersion_2000_2004', 'dispersion_2020_2024', 'dispersion_ratio', 'dispersion_ratio_standard_error',
        'same_mix_ratio', 'same_mix_ratio_standard_error', 'early_years',
        'late_years', 'first_year', 'last_year', 'first_mean_db', 'last_mean_db', 'first_sd_db', 'last_sd_db',
        'music_like_count', 'feature_count', 'used_count', 'unused_count',
        'year_count', 'first_dispersion', 'last_full_year', 'last_full_dispersion', 'snapshot_year', 'popular_ratio',
        'popular_first_year', 'popular_last_year', 'popular_used_count', 'same_mix_2000_2004', 'same_mix_2020_2024',
        'as_released_ratio', 'mix_year_count', 'mix_first_year', 'mix_last_year', 'mix_used_count', 'small_year_count',
        'small_year_track_count', 'undated_count', 'narrower_feature_count', 'compared_feature_count',
        'danceability_sd_ratio', 'energy_sd_ratio', 'loudness_sd_ratio', 'speechiness_sd_ratio',
        'acousticness_sd_ratio', 'instrumentalness_sd_ratio', 'valence_sd_ratio', 'tempo_sd_ratio'
    ]) as fact,
    unnest([
        periods.from_2000_to_2004, periods.from_2020_to_2024, periods.from_2020_to_2024 / periods.from_2000_to_2004,
        periods.from_2020_to_2024 / periods.from_2000_to_2004
        * sqrt(0.5 / periods.early_count + 0.5 / periods.late_count),
        same_mix.from_2020_to_2024 / same_mix.from_2000_to_2004,
        same_mix.from_2020_to_2024 / same_mix.from_2000_to_2004
        * sqrt(0.5 / periods.early_count + 0.5 / periods.late_count),
        periods.early_years, periods.late_years,
        periods.first_year, periods.last_year, loudness.first_mean_db, loudness.last_mean_db, loudness.first_sd_db,
        loudness.last_sd_db, population.music_like_count, population.feature_count, used.track_count,
        population.music_like_count - used.track_count,
        nullif(periods.year_count, 0), periods.first_dispersion, full_years.last_year, full_years.last_dispersion,
        full_years.snapshot_year, popular.from_2020_to_2024 / popular.from_2000_to_2004, popular.first_year,
        popular.last_year, popular.track_count, same_mix.from_2000_to_2004, same_mix.from_2020_to_2024,
        released_mix.from_2020_to_2024 / released_mix.from_2000_to_2004, nullif(released_mix.year_count, 0),
        released_mix.first_year, released_mix.last_year, mixed.track_count,
        case when population.music_like_count > 0 then small_years.year_count end,
        case when population.music_like_count > 0 then coalesce(small_years.track_count, 0) end,
        population.music_like_count - used.track_count - coalesce(small_years.track_count, 0),
        case when feature_ratios.compared_count > 0 then feature_ratios.narrower_count end,
        nullif(feature_ratios.compared_count, 0), feature_ratios.danceability_sd_ratio, feature_ratios.energy_sd_ratio,
        feature_ratios.loudness_sd_ratio, feature_ratios.speechiness_sd_ratio, feature_ratios.acousticness_sd_ratio,
        feature_ratios.instrumentalness_sd_ratio, feature_ratios.valence_sd_ratio, feature_ratios.tempo_sd_ratio
    ]) as value
from periods
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
order by fact
