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
    cast(coalesce(sum(cast(danceability as bigint) * danceability), 0) as decimal(38, 0)) as danceability_danceability,
    cast(coalesce(sum(cast(danceability as bigint) * energy), 0) as decimal(38, 0)) as danceability_energy,
    cast(coalesce(sum(cast(danceability as bigint) * loudness), 0) as decimal(38, 0)) as danceability_loudness,
    cast(coalesce(sum(cast(danceability as bigint) * speechiness), 0) as decimal(38, 0)) as danceability_speechiness,
    cast(coalesce(sum(cast(danceability as bigint) * acousticness), 0) as decimal(38, 0)) as danceability_acousticness,
    cast(coalesce(sum(cast(danceability as bigint) * instrumentalness), 0) as decimal(38, 0))
        as danceability_instrumentalness,
    cast(coalesce(sum(cast(danceability as bigint) * liveness), 0) as decimal(38, 0)) as danceability_liveness,
    cast(coalesce(sum(cast(danceability as bigint) * valence), 0) as decimal(38, 0)) as danceability_valence,
    cast(coalesce(sum(cast(danceability as bigint) * tempo), 0) as decimal(38, 0)) as danceability_tempo,
    cast(coalesce(sum(cast(energy as bigint) * energy), 0) as decimal(38, 0)) as energy_energy,
    cast(coalesce(sum(cast(energy as bigint) * loudness), 0) as decimal(38, 0)) as energy_loudness,
    cast(coalesce(sum(cast(energy as bigint) * speechiness), 0) as decimal(38, 0)) as energy_speechiness,
    cast(coalesce(sum(cast(energy as bigint) * acousticness), 0) as decimal(38, 0)) as energy_acousticness,
    cast(coalesce(sum(cast(energy as bigint) * instrumentalness), 0) as decimal(38, 0)) as energy_instrumentalness,
    cast(coalesce(sum(cast(energy as bigint) * liveness), 0) as decimal(38, 0)) as energy_liveness,
    cast(coalesce(sum(cast(energy as bigint) * valence), 0) as decimal(38, 0)) as energy_valence,
    cast(coalesce(sum(cast(energy as bigint) * tempo), 0) as decimal(38, 0)) as energy_tempo,
    cast(coalesce(sum(cast(loudness as bigint) * loudness), 0) as decimal(38, 0)) as loudness_loudness,
    cast(coalesce(sum(cast(loudness as bigint) * speechiness), 0) as decimal(38, 0)) as loudness_speechiness,
    cast(coalesce(sum(cast(loudness as bigint) * acousticness), 0) as decimal(38, 0)) as loudness_acousticness,
    cast(coalesce(sum(cast(loudness as bigint) * instrumentalness), 0) as decimal(38, 0)) as loudness_instrumentalness,
    cast(coalesce(sum(cast(loudness as bigint) * liveness), 0) as decimal(38, 0)) as loudness_liveness,
    cast(coalesce(sum(cast(loudness as bigint) * valence), 0) as decimal(38, 0)) as loudness_valence,
    cast(coalesce(sum(cast(loudness as bigint) * tempo), 0) as decimal(38, 0)) as loudness_tempo,
    cast(coalesce(sum(cast(speechiness as bigint) * speechiness), 0) as decimal(38, 0)) as speechiness_speechiness,
    cast(coalesce(sum(cast(speechiness as bigint) * acousticness), 0) as decimal(38, 0)) as speechiness_acousticness,
    cast(coalesce(sum(cast(speechiness as bigint) * instrumentalness), 0) as decimal(38, 0))
        as speechiness_instrumentalness,
    cast(coalesce(sum(cast(speechiness as bigint) * liveness), 0) as decimal(38, 0)) as speechiness_liveness,
    cast(coalesce(sum(cast(speechiness as bigint) * valence), 0) as decimal(38, 0)) as speechiness_valence,
    cast(coalesce(sum(cast(speechiness as bigint) * tempo), 0) as decimal(38, 0)) as speechiness_tempo,
    cast(coalesce(sum(cast(acousticness as bigint) * acousticness), 0) as decimal(38, 0)) as acousticness_acousticness,
    cast(coalesce(sum(cast(acousticness as bigint) * instrumentalness), 0) as decimal(38, 0))
        as acousticness_instrumentalness,
    cast(coalesce(sum(cast(acousticness as bigint) * liveness), 0) as decimal(38, 0)) as acousticness_liveness,
    cast(coalesce(sum(cast(acousticness as bigint) * valence), 0) as decimal(38, 0)) as acousticness_valence,
    cast(coalesce(sum(cast(acousticness as bigint) * tempo), 0) as decimal(38, 0)) as acousticness_tempo,
    cast(coalesce(sum(cast(instrumentalness as bigint) * instrumentalness), 0) as decimal(38, 0))
        as instrumentalness_instrumentalness,
    cast(coalesce(sum(cast(instrumentalness as bigint) * liveness), 0) as decimal(38, 0)) as instrumentalness_liveness,
    cast(coalesce(sum(cast(instrumentalness as bigint) * valence), 0) as decimal(38, 0)) as instrumentalness_valence,
    cast(coalesce(sum(cast(instrumentalness as bigint) * tempo), 0) as decimal(38, 0)) as instrumentalness_tempo,
    cast(coalesce(sum(cast(liveness as bigint) * liveness), 0) as decimal(38, 0)) as liveness_liveness,
    cast(coalesce(sum(cast(liveness as bigint) * valence), 0) as decimal(38, 0)) as liveness_valence,
    cast(coalesce(sum(cast(liveness as bigint) * tempo), 0) as decimal(38, 0)) as liveness_tempo,
    cast(coalesce(sum(cast(valence as bigint) * valence), 0) as decimal(38, 0)) as valence_valence,
    cast(coalesce(sum(cast(valence as bigint) * tempo), 0) as decimal(38, 0)) as valence_tempo,
    cast(coalesce(sum(cast(tempo as bigint) * tempo), 0) as decimal(38, 0)) as tempo_tempo
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
