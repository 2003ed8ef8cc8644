-- One row per release year and popularity tier: tracks with features, and for each feature the tracks that have a
-- value, its sum and its sum of squares. Values are millionths. is_music_like tells the music-like from the rest.
select
    release_year,
    cast(popularity_tier as integer) as popularity_tier,
    is_music_like,
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
    cast(sum(liveness_count) as bigint) as liveness_count,
    cast(sum(liveness_sum) as bigint) as liveness_sum,
    cast(sum(liveness_square_sum) as decimal(38, 0)) as liveness_square_sum,
    cast(sum(valence_count) as bigint) as valence_count,
    cast(sum(valence_sum) as bigint) as valence_sum,
    cast(sum(valence_square_sum) as decimal(38, 0)) as valence_square_sum,
    cast(sum(tempo_count) as bigint) as tempo_count,
    cast(sum(tempo_sum) as bigint) as tempo_sum,
    cast(sum(tempo_square_sum) as decimal(38, 0)) as tempo_square_sum
from staging.feature_sums
group by
    release_year,
    popularity_tier,
    is_music_like
