-- How much does each feature vary within a year?
-- One row per population, release year with at least 1,000 music-like tracks, and feature. relative_sd is the standard
-- deviation of the year over that of all years; 1 is no difference.
-- Denominator: music-like tracks of the year with the feature.
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

sums as (
    select
        population,
        release_year,
        'danceability' as feature,
        1 as feature_order,
        sum(danceability_count) as n,
        cast(sum(danceability_sum) as hugeint) as total,
        cast(sum(danceability_square_sum) as hugeint) as square_total
    from populations
    where release_year is not null
    group by all
    union all
    select
        population,
        release_year,
        'energy' as feature,
        2 as feature_order,
        sum(energy_count) as n,
        cast(sum(energy_sum) as hugeint) as total,
        cast(sum(energy_square_sum) as hugeint) as square_total
    from populations
    where release_year is not null
    group by all
    union all
    select
        population,
        release_year,
        'loudness' as feature,
        3 as feature_order,
        sum(loudness_count) as n,
        cast(sum(loudness_sum) as hugeint) as total,
        cast(sum(loudness_square_sum) as hugeint) as square_total
    from populations
    where release_year is not null
    group by all
    union all
    select
        population,
        release_year,
        'speechiness' as feature,
        4 as feature_order,
        sum(speechiness_count) as n,
        cast(sum(speechiness_sum) as hugeint) as total,
        cast(sum(speechiness_square_sum) as hugeint) as square_total
    from populations
    where release_year is not null
    group by all
    union all
    select
        population,
        release_year,
        'acousticness' as feature,
        5 as feature_order,
        sum(acousticness_count) as n,
        cast(sum(acousticness_sum) as hugeint) as total,
        cast(sum(acousticness_square_sum) as hugeint) as square_total
    from populations
    where release_year is not null
    group by all
    union all
    select
        population,
        release_year,
        'instrumentalness' as feature,
        6 as feature_order,
        sum(instrumentalness_count) as n,
        cast(sum(instrumentalness_sum) as hugeint) as total,
        cast(sum(instrumentalness_square_sum) as hugeint) as square_total
    from populations
    where release_year is not null
    group by all
    union all
    select
        population,
        release_year,
        'valence' as feature,
        7 as feature_order,
        sum(valence_count) as n,
        cast(sum(valence_sum) as hugeint) as total,
        cast(sum(valence_square_sum) as hugeint) as square_total
    from populations
    where release_year is not null
    group by all
    union all
    select
        population,
        release_year,
        'tempo' as feature,
        8 as feature_order,
        sum(tempo_count) as n,
        cast(sum(tempo_sum) as hugeint) as total,
        cast(sum(tempo_square_sum) as hugeint) as square_total
    from populations
    where release_year is not null
    group by all
),

all_years as (
    select
        'danceability' as feature,
        1 as feature_order,
        sum(danceability_count) as n,
        cast(sum(danceability_sum) as hugeint) as total,
        cast(sum(danceability_square_sum) as hugeint) as square_total
    from features_by_year
    where is_music_like
    group by ()
    union all
    select
        'energy' as feature,
        2 as feature_order,
        sum(energy_count) as n,
        cast(sum(energy_sum) as hugeint) as total,
        cast(sum(energy_square_sum) as hugeint) as square_total
    from features_by_year
    where is_music_like
    group by ()
    union all
    select
        'loudness' as feature,
        3 as feature_order,
        sum(loudness_count) as n,
        cast(sum(loudness_sum) as hugeint) as total,
        cast(sum(loudness_square_sum) as hugeint) as square_total
    from features_by_year
    where is_music_like
    group by ()
    union all
    select
        'speechiness' as feature,
        4 as feature_order,
        sum(speechiness_count) as n,
        cast(sum(speechiness_sum) as hugeint) as total,
        cast(sum(speechiness_square_sum) as hugeint) as square_total
    from features_by_year
    where is_music_like
    group by ()
    union all
    select
        'acousticness' as feature,
        5 as feature_order,
        sum(acousticness_count) as n,
        cast(sum(acousticness_sum) as hugeint) as total,
        cast(sum(acousticness_square_sum) as hugeint) as square_total
    from features_by_year
    where is_music_like
    group by ()
    union all
    select
        'instrumentalness' as feature,
        6 as feature_order,
        sum(instrumentalness_count) as n,
        cast(sum(instrumentalness_sum) as hugeint) as total,
        cast(sum(instrumentalness_square_sum) as hugeint) as square_total
    from features_by_year
    where is_music_like
    group by ()
    union all
    select
        'valence' as feature,
        7 as feature_order,
        sum(valence_count) as n,
        cast(sum(valence_sum) as hugeint) as total,
        cast(sum(valence_square_sum) as hugeint) as square_total
    from features_by_year
    where is_music_like
    group by ()
    union all
    select
        'tempo' as feature,
        8 as feature_order,
        sum(tempo_count) as n,
        cast(sum(tempo_sum) as hugeint) as total,
        cast(sum(tempo_square_sum) as hugeint) as square_total
    from features_by_year
    where is_music_like
    group by ()
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
