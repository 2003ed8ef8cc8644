-- One row per release year and band of duration: music-like tracks, and for each of eight features the tracks that have
-- a value, its sum and its sum of squares. Values are millionths. duration_from_s is where the band begins.
select
    release_year,
    duration_from_s,
    cast(sum(track_count) as bigint) as track_count,
    cast(sum(danceability_count) as bigint) as danceability_count,
    cast(sum(danceability_sum) as bigint) as danceability_sum,
    cast(sum(danceability_square_sum) as decimal(38, 0)) as danceability_square_sum,
    cast(sum(energy_count) as bigint) as energy_count,
    cast(sum(energy_sum) as bigint) as energy_sum,
    cast(sum(energy_square_sum) as decimal(38, 0)) as energy_square_sum,
    cast(sum(loudness_count) as bigint) as loudness_count,
    cast(sum(loudness_sum) as bigint) as loudness_sum,
    cast(sum(loudness_square_sum) as decimal(38, 0)) as loudness_square_sum,
    cast(sum(speechiness_count) as bigint) as speechiness_count,
    cast(sum(speechiness_sum) as bigint) as speechiness_sum,
    cast(sum(speechiness_square_sum) as decimal(38, 0)) as speechiness_square_sum,
    cast(sum(acousticness_count) as bigint) as acousticness_count,
    cast(sum(acousticness_sum) as bigint) as acousticness_sum,
    cast(sum(acousticness_square_sum) as decimal(38, 0)) as acousticness_square_sum,
    cast(sum(instrumentalness_count) as bigint) as instrumentalness_count,
    cast(sum(instrumentalness_sum) as bigint) as instrumentalness_sum,
    cast(sum(instrumentalness_square_sum) as decimal(38, 0)) as instrumentalness_square_sum,
    cast(sum(valence_count) as bigint) as valence_count,
    cast(sum(valence_sum) as bigint) as valence_sum,
    cast(sum(valence_square_sum) as decimal(38, 0)) as valence_square_sum,
    cast(sum(tempo_count) as bigint) as tempo_count,
    cast(sum(tempo_sum) as bigint) as tempo_sum,
    cast(sum(tempo_square_sum) as decimal(38, 0)) as tempo_square_sum
from staging.feature_sums
where is_music_like
group by
    release_year,
    duration_from_s
