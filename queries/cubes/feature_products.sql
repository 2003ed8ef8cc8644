-- One row: tracks with all nine features, the sum of each feature and of each product of two.
-- Values are millionths, products millionths of millionths: exact on any number of threads.
select
    cast(count(*) as bigint) as track_count,
    cast(coalesce(sum(danceability), 0) as bigint) as danceability,
    cast(coalesce(sum(energy), 0) as bigint) as energy,
    cast(coalesce(sum(loudness), 0) as bigint) as loudness,
    cast(coalesce(sum(speechiness), 0) as bigint) as speechiness,
    cast(coalesce(sum(acousticness), 0) as bigint) as acousticness,
    cast(coalesce(sum(instrumentalness), 0) as bigint) as instrumentalness,
    cast(coalesce(sum(liveness), 0) as bigint) as liveness,
    cast(coalesce(sum(valence), 0) as bigint) as valence,
    cast(coalesce(sum(tempo), 0) as bigint) as tempo,
    cast(coalesce(sum(danceability * danceability), 0) as decimal(38, 0)) as danceability_danceability,
    cast(coalesce(sum(danceability * energy), 0) as decimal(38, 0)) as danceability_energy,
    cast(coalesce(sum(danceability * loudness), 0) as decimal(38, 0)) as danceability_loudness,
    cast(coalesce(sum(danceability * speechiness), 0) as decimal(38, 0)) as danceability_speechiness,
    cast(coalesce(sum(danceability * acousticness), 0) as decimal(38, 0)) as danceability_acousticness,
    cast(coalesce(sum(danceability * instrumentalness), 0) as decimal(38, 0)) as danceability_instrumentalness,
    cast(coalesce(sum(danceability * liveness), 0) as decimal(38, 0)) as danceability_liveness,
    cast(coalesce(sum(danceability * valence), 0) as decimal(38, 0)) as danceability_valence,
    cast(coalesce(sum(danceability * tempo), 0) as decimal(38, 0)) as danceability_tempo,
    cast(coalesce(sum(energy * energy), 0) as decimal(38, 0)) as energy_energy,
    cast(coalesce(sum(energy * loudness), 0) as decimal(38, 0)) as energy_loudness,
    cast(coalesce(sum(energy * speechiness), 0) as decimal(38, 0)) as energy_speechiness,
    cast(coalesce(sum(energy * acousticness), 0) as decimal(38, 0)) as energy_acousticness,
    cast(coalesce(sum(energy * instrumentalness), 0) as decimal(38, 0)) as energy_instrumentalness,
    cast(coalesce(sum(energy * liveness), 0) as decimal(38, 0)) as energy_liveness,
    cast(coalesce(sum(energy * valence), 0) as decimal(38, 0)) as energy_valence,
    cast(coalesce(sum(energy * tempo), 0) as decimal(38, 0)) as energy_tempo,
    cast(coalesce(sum(loudness * loudness), 0) as decimal(38, 0)) as loudness_loudness,
    cast(coalesce(sum(loudness * speechiness), 0) as decimal(38, 0)) as loudness_speechiness,
    cast(coalesce(sum(loudness * acousticness), 0) as decimal(38, 0)) as loudness_acousticness,
    cast(coalesce(sum(loudness * instrumentalness), 0) as decimal(38, 0)) as loudness_instrumentalness,
    cast(coalesce(sum(loudness * liveness), 0) as decimal(38, 0)) as loudness_liveness,
    cast(coalesce(sum(loudness * valence), 0) as decimal(38, 0)) as loudness_valence,
    cast(coalesce(sum(loudness * tempo), 0) as decimal(38, 0)) as loudness_tempo,
    cast(coalesce(sum(speechiness * speechiness), 0) as decimal(38, 0)) as speechiness_speechiness,
    cast(coalesce(sum(speechiness * acousticness), 0) as decimal(38, 0)) as speechiness_acousticness,
    cast(coalesce(sum(speechiness * instrumentalness), 0) as decimal(38, 0)) as speechiness_instrumentalness,
    cast(coalesce(sum(speechiness * liveness), 0) as decimal(38, 0)) as speechiness_liveness,
    cast(coalesce(sum(speechiness * valence), 0) as decimal(38, 0)) as speechiness_valence,
    cast(coalesce(sum(speechiness * tempo), 0) as decimal(38, 0)) as speechiness_tempo,
    cast(coalesce(sum(acousticness * acousticness), 0) as decimal(38, 0)) as acousticness_acousticness,
    cast(coalesce(sum(acousticness * instrumentalness), 0) as decimal(38, 0)) as acousticness_instrumentalness,
    cast(coalesce(sum(acousticness * liveness), 0) as decimal(38, 0)) as acousticness_liveness,
    cast(coalesce(sum(acousticness * valence), 0) as decimal(38, 0)) as acousticness_valence,
    cast(coalesce(sum(acousticness * tempo), 0) as decimal(38, 0)) as acousticness_tempo,
    cast(coalesce(sum(instrumentalness * instrumentalness), 0) as decimal(38, 0)) as instrumentalness_instrumentalness,
    cast(coalesce(sum(instrumentalness * liveness), 0) as decimal(38, 0)) as instrumentalness_liveness,
    cast(coalesce(sum(instrumentalness * valence), 0) as decimal(38, 0)) as instrumentalness_valence,
    cast(coalesce(sum(instrumentalness * tempo), 0) as decimal(38, 0)) as instrumentalness_tempo,
    cast(coalesce(sum(liveness * liveness), 0) as decimal(38, 0)) as liveness_liveness,
    cast(coalesce(sum(liveness * valence), 0) as decimal(38, 0)) as liveness_valence,
    cast(coalesce(sum(liveness * tempo), 0) as decimal(38, 0)) as liveness_tempo,
    cast(coalesce(sum(valence * valence), 0) as decimal(38, 0)) as valence_valence,
    cast(coalesce(sum(valence * tempo), 0) as decimal(38, 0)) as valence_tempo,
    cast(coalesce(sum(tempo * tempo), 0) as decimal(38, 0)) as tempo_tempo
from staging.features
where
    danceability is not null
    and energy is not null
    and loudness is not null
    and speechiness is not null
    and acousticness is not null
    and instrumentalness is not null
    and liveness is not null
    and valence is not null
    and tempo is not null
