-- Does a changing mix of durations explain the change in dispersion?
-- One row per release year with at least 1,000 music-like tracks and at least 10 in each of six bands of duration, and
-- measure: as released, and with each year's bands reweighted to the shares they have over all years.
-- Denominator: music-like tracks of the year.
--
-- unit: tracks
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
        sum(track_count) >= 1000
        and count(*) = (select count(*) from bands)
        and min(track_count) >= 10
),

listed as (
    select
        release_year,
        duration_from_s,
        unnest([
            {
                'feature': 'danceability', 'feature_order': 1,
                'n': danceability_count,
                'total': danceability_sum,
                'square': danceability_square_sum
            },
            {
                'feature': 'energy', 'feature_order': 2,
                'n': energy_count,
                'total': energy_sum,
                'square': energy_square_sum
            },
            {
                'feature': 'loudness', 'feature_order': 3,
                'n': loudness_count,
                'total': loudness_sum,
                'square': loudness_square_sum
            },
            {
                'feature': 'speechiness', 'feature_order': 4,
                'n': speechiness_count,
                'total': speechiness_sum,
                'square': speechiness_square_sum
            },
            {
                'feature': 'acousticness', 'feature_order': 5,
                'n': acousticness_count,
                'total': acousticness_sum,
                'square': acousticness_square_sum
            },
            {
                'feature': 'instrumentalness', 'feature_order': 6,
                'n': instrumentalness_count,
                'total': instrumentalness_sum,
                'square': instrumentalness_square_sum
            },
            {
                'feature': 'valence', 'feature_order': 7,
                'n': valence_count,
                'total': valence_sum,
                'square': valence_square_sum
            },
            {
                'feature': 'tempo', 'feature_order': 8,
                'n': tempo_count,
                'total': tempo_sum,
                'square': tempo_square_sum
            }
        ]) as one
    from features_by_duration
),

long as (
    select
        release_year,
        duration_from_s,
        one.feature,
        one.feature_order,
        sum(one.n) as n,
        cast(sum(one.total) as hugeint) as total,
        cast(sum(one.square) as hugeint) as square_total
    from listed
    group by
        release_year,
        duration_from_s,
        one.feature,
        one.feature_order
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
