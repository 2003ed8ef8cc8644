-- How much does each feature vary within a year?
-- One row per population, release year with at least 1,000 music-like tracks, and feature. relative_sd is the standard
-- deviation of the year over that of all years; 1 is no difference.
-- Denominator: music-like tracks of the year with the feature.
--
-- unit: tracks
-- key: population, release_year, feature
-- rows: 0..3216
-- order: population, release_year, feature_order
-- within: release_year 1900..snapshot, relative_sd 0..
-- one of: population all | popularity 30 or more;
--   feature danceability | energy | loudness | speechiness | acousticness | instrumentalness | valence |
--   tempo
with

populations as (
    select
        *,
        unnest(case when popularity_tier >= 4 then ['all', 'popularity 30 or more'] else ['all'] end) as population
    from features_by_year
    where is_music_like
),

years as (
    select
        population,
        release_year
    from populations
    where release_year is not null
    group by
        population,
        release_year
    having sum(track_count) >= 1000
),

long as (
    select
        population,
        release_year,
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
    from populations
),

sums as (
    select
        population,
        release_year,
        one.feature,
        one.feature_order,
        sum(one.n) as n,
        cast(sum(one.total) as hugeint) as total,
        cast(sum(one.square) as hugeint) as square_total
    from long
    group by
        population,
        release_year,
        one.feature,
        one.feature_order
),

all_years as (
    select
        feature,
        sum(n) as n,
        cast(sum(total) as hugeint) as total,
        cast(sum(square_total) as hugeint) as square_total
    from sums
    where population = 'all'
    group by feature
),

-- n * sum of squares - square of the sum is n * (n - 1) times the variance, exact in whole numbers.
scales as (
    select
        feature,
        sqrt(cast(n * square_total - total * total as double) / n / (n - 1)) as sd
    from all_years
    where n > 1
)

select
    sums.population,
    sums.release_year,
    sums.feature,
    sums.feature_order,
    sqrt(cast(sums.n * sums.square_total - sums.total * sums.total as double) / sums.n / (sums.n - 1))
    / scales.sd as relative_sd,
    cast(sums.n as bigint) as track_count
from sums
inner join years on sums.population = years.population and sums.release_year = years.release_year
inner join scales on sums.feature = scales.feature
where
    sums.n > 1
    and scales.sd > 0
order by
    sums.population,
    sums.release_year,
    sums.feature_order
