-- Facts of sound, over every track with features. tempo 0 means that none was found; it counts in tempo_mean and
-- tempo_sd, not in those named _found. Standard deviations are of the sample (n - 1).
--
-- within: means_agreeing_count 0..7, means_compared_count 1..7, tempo_sd* 0.., *_correlation -1..1,
--   largest_mean_difference 0.., tempo_peak_bpm 1..250
-- subset: subset_*
-- holds: means_agreeing_count <= means_compared_count, tracks_with_tempo <= tracks,
--   tempo_found_count + tempo_none_found_count = tracks_with_tempo,
--   tracks_with_all_features <= tracks_with_loudness_and_energy, weak_pair_count <= pair_count
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

population as (
    select sum(track_count) as track_count
    from tracks_by_popularity
),

tempo_steps as (
    select
        bin,
        sum(track_count) as track_count,
        case
            when lag(bin) over (order by bin) = bin - 1 and lead(bin) over (order by bin) = bin + 1
                then lag(sum(track_count)) over (order by bin) + lead(sum(track_count)) over (order by bin)
        end as beside_count
    from feature_histograms
    where feature = 'tempo' and bin > 0
    group by bin
),

highest_step as (
    select max(track_count / (beside_count / 2)) as ratio
    from tempo_steps
    where beside_count >= fewest_around_minute()
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

-- Against the normal curve: what lies within one and two standard deviations of the mean, where a tempo was found.
tempo_spread as (
    select
        sums.tempo_sum / nullif(sums.tempo_count - tempi.none_found_count, 0) / 1000000 as mean_bpm,
        sqrt(
            cast(
                (sums.tempo_count - tempi.none_found_count) * sums.tempo_square_sum - sums.tempo_sum * sums.tempo_sum
                as double
            )
            / nullif(sums.tempo_count - tempi.none_found_count, 0)
            / nullif(sums.tempo_count - tempi.none_found_count - 1, 0)
        ) / 1000000 as sd_bpm
    from sums
    cross join tempi
),

tempo_shape as (
    select
        sum(histograms.track_count) as track_count,
        sum(histograms.track_count)
        filter (where abs(histograms.bin - tempo_spread.mean_bpm) <= tempo_spread.sd_bpm)
        / sum(histograms.track_count) as within_1_sd_share,
        sum(histograms.track_count)
        filter (where abs(histograms.bin - tempo_spread.mean_bpm) <= 2 * tempo_spread.sd_bpm)
        / sum(histograms.track_count) as within_2_sd_share,
        coalesce(sum(histograms.track_count) filter (where histograms.bin between 60 and 79), 0)
        / sum(histograms.track_count) as from_60_to_79_share,
        coalesce(sum(histograms.track_count) filter (where histograms.bin between 120 and 159), 0)
        / sum(histograms.track_count) as from_120_to_159_share
    from feature_histograms as histograms
    cross join tempo_spread
    where
        histograms.feature = 'tempo'
        and histograms.bin > 0
),

tempo_peak as (
    select
        only_arg_max(tempo_bpm, track_count) as tempo_bpm,
        max(track_share) as track_share
    from rows.tempo
),

pairs as (
    select
        only_arg_max(feature_a, correlation) as positive_a,
        only_arg_max(feature_b, correlation) as positive_b,
        max(correlation) as positive,
        only_arg_min(feature_a, correlation) as negative_a,
        only_arg_min(feature_b, correlation) as negative_b,
        min(correlation) as negative,
        count(*) as pair_count,
        count(*) filter (where abs(correlation) < 0.3) as weak_count
    from rows.correlations
    where a_order < b_order
),

cells as (
    select
        arg_max(loudness_db, track_count) as loudness_db,
        arg_max(energy, track_count) as energy,
        max(track_share) as track_share,
        sum(track_count) as track_count
    from rows.loudness_energy
),

-- Below 0.1 or from 0.9 up: a mean between two ends describes few tracks.
ends as (
    select
        coalesce(sum(track_count) filter (where feature = 'instrumentalness' and (bin < 5 or bin >= 45)), 0)
        / sum(track_count) filter (where feature = 'instrumentalness') as instrumentalness_share,
        coalesce(sum(track_count) filter (where feature = 'acousticness' and (bin < 5 or bin >= 45)), 0)
        / sum(track_count) filter (where feature = 'acousticness') as acousticness_share,
        coalesce(sum(track_count) filter (where feature = 'danceability' and (bin < 5 or bin >= 45)), 0)
        / sum(track_count) filter (where feature = 'danceability') as danceability_share
    from feature_histograms
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

compared as (
    select
        unnest([
            'danceability', 'energy', 'speechiness', 'acousticness', 'instrumentalness', 'liveness', 'valence'
        ]) as feature,
        unnest([
            danceability, energy, speechiness, acousticness, instrumentalness, liveness, valence
        ]) as computed_mean
    from sums
),

agreement as (
    select
        count(*) as compared_count,
        count(*) filter (where round(compared.computed_mean, 2) = round(published_feature.mean, 2)) as agreeing_count,
        max(abs(compared.computed_mean - published_feature.mean)) as largest_difference,
        only_arg_max(compared.feature, abs(compared.computed_mean - published_feature.mean)) as largest_feature
    from compared
    inner join published.audio_feature_means as published_feature on compared.feature = published_feature.feature
    where compared.computed_mean is not null
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
),

subset as (
    select max(correlation) as loudness_energy_correlation
    from published.feature_correlations_subset
    where measure_a = 'loudness' and measure_b = 'energy'
)

select
    cast(population.track_count as bigint) as tracks_in,
    cast(sums.track_count as bigint) as tracks,
    cast(correlation.track_count as bigint) as tracks_with_all_features,
    cast(sums.track_count - correlation.track_count as bigint) as tracks_without_all_features,
    cast(sums.tempo_count as bigint) as tracks_with_tempo,
    cast(sums.track_count - sums.tempo_count as bigint) as tracks_without_tempo,
    cast(tempi.none_found_count as bigint) as tempo_none_found_count,
    cast(sums.tempo_count - tempi.none_found_count as bigint) as tempo_found_count,
    sums.tempo_sum / nullif(sums.tempo_count, 0) / 1000000 as tempo_mean,
    sqrt(
        cast(sums.tempo_count * sums.tempo_square_sum - sums.tempo_sum * sums.tempo_sum as double)
        / nullif(sums.tempo_count, 0)
        / nullif(sums.tempo_count - 1, 0)
    ) / 1000000 as tempo_sd,
    mean_standard_error(sums.tempo_count, sums.tempo_sum, sums.tempo_square_sum) / 1000000 as tempo_mean_standard_error,
    sums.tempo_sum / nullif(sums.tempo_count - tempi.none_found_count, 0) / 1000000 as tempo_mean_found,
    mean_standard_error(
        sums.tempo_count - tempi.none_found_count, sums.tempo_sum, sums.tempo_square_sum
    ) / 1000000 as tempo_mean_found_standard_error,
    sums.tempo_sum / nullif(sums.tempo_count - tempi.none_found_count, 0) / 1000000
    - sums.tempo_sum / nullif(sums.tempo_count, 0) / 1000000 as tempo_zeros_difference,
    tempo_spread.sd_bpm as tempo_sd_found,
    tempo_shape.within_1_sd_share as tempo_within_1_sd_share,
    tempo_shape.within_2_sd_share as tempo_within_2_sd_share,
    share_standard_error(tempo_shape.within_1_sd_share * tempo_shape.track_count, tempo_shape.track_count)
        as tempo_within_1_sd_share_standard_error,
    share_standard_error(tempo_shape.within_2_sd_share * tempo_shape.track_count, tempo_shape.track_count)
        as tempo_within_2_sd_share_standard_error,
    tempo_shape.from_60_to_79_share as tempo_60_to_79_share,
    tempo_shape.from_120_to_159_share as tempo_120_to_159_share,
    tempo_peak.tempo_bpm as tempo_peak_bpm,
    tempo_peak.track_share as tempo_peak_share,
    tempi.from_118_to_122_count / nullif(tempi.track_count, 0) as tempo_118_to_122_share,
    case when 4 * tempi.other_mean >= fewest_in_group() then tempi.round_count / tempi.other_mean end
        as round_tempo_ratio,
    heaping_standard_error(tempi.round_count, 4 * tempi.other_mean, 4) as round_tempo_ratio_standard_error,
    case when correlation.track_count >= fewest_in_group() then correlation.loudness_energy end
        as loudness_energy_correlation,
    correlation_standard_error(correlation.loudness_energy, correlation.track_count)
        as loudness_energy_correlation_standard_error,
    pairs.positive_a as strongest_positive_a,
    pairs.positive_b as strongest_positive_b,
    pairs.positive as strongest_positive_correlation,
    pairs.negative_a as strongest_negative_a,
    pairs.negative_b as strongest_negative_b,
    pairs.negative as strongest_negative_correlation,
    cast(nullif(pairs.pair_count, 0) as bigint) as pair_count,
    cast(case when pairs.pair_count > 0 then pairs.weak_count end as bigint) as weak_pair_count,
    cast(cells.track_count as bigint) as tracks_with_loudness_and_energy,
    cast(sums.track_count - cells.track_count as bigint) as tracks_without_loudness_or_energy,
    cells.loudness_db as densest_loudness_db,
    cells.energy as densest_energy,
    cells.track_share as densest_share,
    ends.instrumentalness_share as instrumentalness_ends_share,
    ends.acousticness_share as acousticness_ends_share,
    ends.danceability_share as danceability_ends_share,
    cast(case when agreement.largest_difference is not null then agreement.compared_count end as bigint)
        as means_compared_count,
    cast(case when agreement.largest_difference is not null then agreement.agreeing_count end as bigint)
        as means_agreeing_count,
    agreement.largest_difference as largest_mean_difference,
    agreement.largest_feature as largest_mean_difference_feature,
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
    published_means.tempo as published_tempo_mean,
    highest_step.ratio as highest_tempo_to_neighbours_ratio,
    subset.loudness_energy_correlation as subset_loudness_energy_correlation
from sums
cross join population
cross join tempi
cross join tempo_spread
cross join tempo_shape
cross join tempo_peak
cross join pairs
cross join cells
cross join ends
left join correlation on true
cross join agreement
cross join published_means
cross join subset
cross join highest_step
