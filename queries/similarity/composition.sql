-- Does a changing mix of durations explain the change in dispersion?
-- One row per release year with at least 1,000 music-like tracks and at least 10 in each of six bands of duration, and
-- measure: as released, and with each year's bands reweighted to the shares they have over all years.
-- Denominator: music-like tracks of the year.
--
-- unit: tracks
-- denominator: feature_count - not_music_like_count - not_in_mix_count = mix_used_count
-- key: release_year, measure
-- rows: 0..402
-- within: release_year 1900..snapshot, dispersion 0..
-- one of: measure as released | same mix of durations
with

bands as (
    select
        duration_from_s,
        sum(track_count) / sum(sum(track_count)) over () as band_weight
    from features_by_duration
    group by duration_from_s
),

years as (
    select release_year
    from features_by_duration
    where release_year is not null
    group by release_year
    having
        sum(track_count) >= fewest_in_year()
        and count(*) = (select count(*) from bands)
        and min(track_count) >= 10
),

listed as (
    unpivot features_by_duration
    on
    (danceability_count, danceability_sum, danceability_square_sum) as danceability,
    (energy_count, energy_sum, energy_square_sum) as energy,
    (loudness_count, loudness_sum, loudness_square_sum) as loudness,
    (speechiness_count, speechiness_sum, speechiness_square_sum) as speechiness,
    (acousticness_count, acousticness_sum, acousticness_square_sum) as acousticness,
    (instrumentalness_count, instrumentalness_sum, instrumentalness_square_sum) as instrumentalness,
    (valence_count, valence_sum, valence_square_sum) as valence,
    (tempo_count, tempo_sum, tempo_square_sum) as tempo
    into name feature value n, total, square_total
),

long as (
    select
        release_year,
        duration_from_s,
        feature,
        sum(n) as n,
        cast(sum(total) as hugeint) as total,
        cast(sum(square_total) as hugeint) as square_total
    from listed
    group by
        release_year,
        duration_from_s,
        feature
),

scales as (
    select
        feature,
        sqrt(cast(sum(n) * sum(square_total) - sum(total) * sum(total) as double) / sum(n) / (sum(n) - 1)) as sd
    from long
    group by feature
),

moments as (
    select
        long.release_year,
        long.feature,
        sum(bands.band_weight * (cast(long.total as double) / long.n) order by long.duration_from_s) as mean,
        sum(bands.band_weight * (cast(long.square_total as double) / long.n) order by long.duration_from_s)
            as square_mean
    from long
    inner join bands on long.duration_from_s = bands.duration_from_s
    inner join years on long.release_year = years.release_year
    where long.n > 0
    group by
        long.release_year,
        long.feature
),

reweighted as (
    select
        moments.release_year,
        sqrt(2 * sum(
            (moments.square_mean - moments.mean * moments.mean) / (scales.sd * scales.sd)
            order by moments.feature
        )) as dispersion
    from moments
    inner join scales on moments.feature = scales.feature
    where scales.sd > 0
    group by moments.release_year
)

select
    reweighted.release_year,
    'same mix of durations' as measure,
    reweighted.dispersion
from reweighted
union all
select
    released.release_year,
    'as released' as measure,
    released.dispersion
from rows.dispersion as released
inner join years on released.release_year = years.release_year
where released.population = 'all'
order by
    release_year,
    measure
