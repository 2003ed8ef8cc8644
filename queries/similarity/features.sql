-- How much does each feature vary within a year?
-- One row per population, release year with at least 1,000 music-like tracks, and feature. relative_sd is the standard
-- deviation of the year over that of all years; 1 is no difference.
-- Denominator: music-like tracks of the year with the feature.
--
-- unit: tracks
-- denominator: feature_count - not_music_like_count - undated_count - small_year_track_count = used_count
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
    having sum(track_count) >= fewest_in_year()
),

long as (
    unpivot populations
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

sums as (
    select
        population,
        release_year,
        feature,
        list_position(
            [
                'danceability', 'energy', 'loudness', 'speechiness',
                'acousticness', 'instrumentalness', 'valence', 'tempo'
            ],
            feature
        ) as feature_order,
        sum(n) as n,
        cast(sum(total) as hugeint) as total,
        cast(sum(square_total) as hugeint) as square_total
    from long
    group by
        population,
        release_year,
        feature
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
