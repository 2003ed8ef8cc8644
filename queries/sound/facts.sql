-- Facts of sound, over every track with features. tempo 0 means that none was found; it counts in tempo_mean and
-- tempo_sd, not in those named _found. Standard deviations are of the sample (n - 1).
with

sums as (
    select
        sum(track_count) as track_count,
        sum(tempo_count) as tempo_count,
        cast(sum(tempo_sum) as hugeint) as tempo_sum,
        cast(sum(tempo_square_sum) as hugeint) as tempo_square_sum,
        sum(danceability_sum) / nullif(sum(danceability_count), 0) / 1000000 as danceability,
        sum(energy_sum) / nullif(sum(energy_count), 0) / 1000000 as energy,
        sum(speechiness_sum) / nullif(sum(speechiness_count), 0) / 1000000 as speechiness,
        sum(acousticness_sum) / nullif(sum(acousticness_count), 0) / 1000000 as acousticness,
        sum(instrumentalness_sum) / nullif(sum(instrumentalness_count), 0) / 1000000 as instrumentalness,
        sum(liveness_sum) / nullif(sum(liveness_count), 0) / 1000000 as liveness,
        sum(valence_sum) / nullif(sum(valence_count), 0) / 1000000 as valence,
        sum(loudness_sum) / nullif(sum(loudness_count), 0) / 1000000 as loudness_db
    from features_by_year
),

tempi as (
    select
        sum(track_count) as track_count,
        coalesce(sum(track_count) filter (where bin = 0), 0) as none_found_count,
        coalesce(sum(track_count) filter (where bin between 118 and 122), 0) as from_118_to_122_count,
        coalesce(sum(track_count) filter (where bin > 0 and bin % 10 = 0), 0) as round_count,
        coalesce(sum(track_count) filter (where bin > 0 and bin % 10 in (3, 4, 6, 7)), 0) / 4 as other_mean
    from feature_histograms
    where feature = 'tempo'
),

products as (
    select
        track_count,
        cast(loudness as hugeint) as loudness_sum,
        cast(energy as hugeint) as energy_sum,
        cast(energy_loudness as hugeint) as product_sum,
        cast(loudness_loudness as hugeint) as loudness_square_sum,
        cast(energy_energy as hugeint) as energy_square_sum
    from feature_products
),

correlation as (
    select
        cast(track_count * product_sum - loudness_sum * energy_sum as double)
        / nullif(
            sqrt(cast(track_count * loudness_square_sum - loudness_sum * loudness_sum as double))
            * sqrt(cast(track_count * energy_square_sum - energy_sum * energy_sum as double)),
            0
        ) as loudness_energy,
        track_count
    from products
),

published_means as (
    select
        max(mean) filter (where feature = 'danceability') as danceability,
        max(mean) filter (where feature = 'energy') as energy,
        max(mean) filter (where feature = 'speechiness') as speechiness,
        max(mean) filter (where feature = 'acousticness') as acousticness,
        max(mean) filter (where feature = 'instrumentalness') as instrumentalness,
        max(mean) filter (where feature = 'liveness') as liveness,
        max(mean) filter (where feature = 'valence') as valence,
        max(mean) filter (where feature = 'tempo') as tempo
    from published.audio_feature_means
)

select
    cast(sums.track_count as bigint) as tracks,
    cast(correlation.track_count as bigint) as tracks_with_all_features,
    cast(sums.tempo_count as bigint) as tracks_with_tempo,
    cast(tempi.none_found_count as bigint) as tempo_none_found_count,
    cast(sums.tempo_count - tempi.none_found_count as bigint) as tempo_found_count,
    sums.tempo_sum / nullif(sums.tempo_count, 0) / 1000000 as tempo_mean,
    sqrt(
        cast(sums.tempo_count * sums.tempo_square_sum - sums.tempo_sum * sums.tempo_sum as double)
        / nullif(sums.tempo_count, 0)
        / nullif(sums.tempo_count - 1, 0)
    ) / 1000000 as tempo_sd,
    sums.tempo_sum / nullif(sums.tempo_count - tempi.none_found_count, 0) / 1000000 as tempo_mean_found,
    tempi.from_118_to_122_count / nullif(tempi.track_count, 0) as tempo_118_to_122_share,
    tempi.round_count / nullif(tempi.other_mean, 0) as round_tempo_ratio,
    correlation.loudness_energy as loudness_energy_correlation,
    sums.danceability as danceability_mean,
    sums.energy as energy_mean,
    sums.speechiness as speechiness_mean,
    sums.acousticness as acousticness_mean,
    sums.instrumentalness as instrumentalness_mean,
    sums.liveness as liveness_mean,
    sums.valence as valence_mean,
    sums.loudness_db as loudness_mean_db,
    published_means.danceability as published_danceability_mean,
    published_means.energy as published_energy_mean,
    published_means.speechiness as published_speechiness_mean,
    published_means.acousticness as published_acousticness_mean,
    published_means.instrumentalness as published_instrumentalness_mean,
    published_means.liveness as published_liveness_mean,
    published_means.valence as published_valence_mean,
    published_means.tempo as published_tempo_mean
from sums
cross join tempi
cross join correlation
cross join published_means
