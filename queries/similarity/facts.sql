-- Facts of similarity, as rows of fact and value: dispersion_<year> for each year of dispersion.sql (all music-like
-- tracks), and what is said of them.
with

years as (
    select
        release_year,
        dispersion
    from rows.dispersion
    where population = 'all'
),

periods as (
    select
        avg(dispersion order by release_year) filter (where release_year between 2000 and 2004) as from_2000_to_2004,
        avg(dispersion order by release_year) filter (where release_year between 2020 and 2024) as from_2020_to_2024,
        count(*) filter (where release_year between 2000 and 2004) as early_years,
        count(*) filter (where release_year between 2020 and 2024) as late_years,
        min(release_year) as first_year,
        max(release_year) as last_year
    from years
),

same_mix as (
    select
        avg(dispersion order by release_year) filter (where release_year between 2000 and 2004) as from_2000_to_2004,
        avg(dispersion order by release_year) filter (where release_year between 2020 and 2024) as from_2020_to_2024
    from rows.composition
    where measure = 'same mix of durations'
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
        'dispersion_2000_2004', 'dispersion_2020_2024', 'dispersion_ratio', 'same_mix_ratio', 'early_years', 'late_years',
        'first_year', 'last_year', 'first_mean_db', 'last_mean_db', 'first_sd_db', 'last_sd_db', 'music_like_count',
        'feature_count', 'used_count', 'unused_count'
    ]) as fact,
    unnest([
        periods.from_2000_to_2004, periods.from_2020_to_2024, periods.from_2020_to_2024 / periods.from_2000_to_2004,
        same_mix.from_2020_to_2024 / same_mix.from_2000_to_2004, periods.early_years, periods.late_years,
        periods.first_year, periods.last_year, loudness.first_mean_db, loudness.last_mean_db, loudness.first_sd_db,
        loudness.last_sd_db, population.music_like_count, population.feature_count, used.track_count,
        population.music_like_count - used.track_count
    ]) as value
from periods
cross join same_mix
cross join loudness
cross join population
cross join used
order by fact
