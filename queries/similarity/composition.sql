-- Does a changing mix of durations explain the change in dispersion?
-- One row per release year with at least 1,000 music-like tracks and at least 10 in each of six bands of duration, and
-- measure: as released, and with each year's bands reweighted to the shares they have over all years.
-- Denominator: music-like tracks of the year.
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
        sum(track_count) >= 1000
        and count(*) = (select count(*) from bands)
        and min(track_count) >= 10
),

long as (
    select
        release_year,
        duration_from_s,
        'danceability' as feature,
        1 as feature_order,
        sum(danceability_count) as n,
        cast(sum(danceability_sum) as hugeint) as total,
        cast(sum(danceability_square_sum) as hugeint) as square_total
    from features_by_duration
    where true
    group by all
    union all
    select
        release_year,
        duration_from_s,
        'energy' as feature,
        2 as feature_order,
        sum(energy_count) as n,
        cast(sum(energy_sum) as hugeint) as total,
        cast(sum(energy_square_sum) as hugeint) as square_total
    from features_by_duration
    where true
    group by all
    union all
    select
        release_year,
        duration_from_s,
        'loudness' as feature,
        3 as feature_order,
        sum(loudness_count) as n,
        cast(sum(loudness_sum) as hugeint) as total,
        cast(sum(loudness_square_sum) as hugeint) as square_total
    from features_by_duration
    where true
    group by all
    union all
    select
        release_year,
        duration_from_s,
        'speechiness' as feature,
        4 as feature_order,
        sum(speechiness_count) as n,
        cast(sum(speechiness_sum) as hugeint) as total,
        cast(sum(speechiness_square_sum) as hugeint) as square_total
    from features_by_duration
    where true
    group by all
    union all
    select
        release_year,
        duration_from_s,
        'acousticness' as feature,
        5 as feature_order,
        sum(acousticness_count) as n,
        cast(sum(acousticness_sum) as hugeint) as total,
        cast(sum(acousticness_square_sum) as hugeint) as square_total
    from features_by_duration
    where true
    group by all
    union all
    select
        release_year,
        duration_from_s,
        'instrumentalness' as feature,
        6 as feature_order,
        sum(instrumentalness_count) as n,
        cast(sum(instrumentalness_sum) as hugeint) as total,
        cast(sum(instrumentalness_square_sum) as hugeint) as square_total
    from features_by_duration
    where true
    group by all
    union all
    select
        release_year,
        duration_from_s,
        'valence' as feature,
        7 as feature_order,
        sum(valence_count) as n,
        cast(sum(valence_sum) as hugeint) as total,
        cast(sum(valence_square_sum) as hugeint) as square_total
    from features_by_duration
    where true
    group by all
    union all
    select
        release_year,
        duration_from_s,
        'tempo' as feature,
        8 as feature_order,
        sum(tempo_count) as n,
        cast(sum(tempo_sum) as hugeint) as total,
        cast(sum(tempo_square_sum) as hugeint) as square_total
    from features_by_duration
    where true
    group by all
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
        long.feature_order,
        sum(bands.band_weight * (cast(long.total as double) / long.n) order by long.duration_from_s) as mean,
        sum(bands.band_weight * (cast(long.square_total as double) / long.n) order by long.duration_from_s)
            as square_mean
    from long
    inner join bands on long.duration_from_s = bands.duration_from_s
    inner join years on long.release_year = years.release_year
    where long.n > 0
    group by
        long.release_year,
        long.feature,
        long.feature_order
),

reweighted as (
    select
        moments.release_year,
        sqrt(2 * sum(
            (moments.square_mean - moments.mean * moments.mean) / (scales.sd * scales.sd)
            order by moments.feature_order
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
