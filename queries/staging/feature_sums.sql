-- One row per release year, popularity tier, music-likeness, band of duration and completeness: tracks with features;
-- for each feature the tracks that have a value, its sum and its sum of squares; and the sum of each product of two.
-- Values are millionths. duration_from_s is where the band begins; tracks without a usable duration are in the last
-- band. is_complete tells tracks with all nine features.
with

features as (
    select
        *,
        danceability is not null
        and energy is not null
        and loudness is not null
        and speechiness is not null
        and acousticness is not null
        and instrumentalness is not null
        and liveness is not null
        and valence is not null
        and tempo is not null as is_complete
    from staging.features
)

select
    release_year,
    popularity_tier,
    is_music_like,
    cast(case
        when duration_s < 60 then 30
        when duration_s < 120 then 60
        when duration_s < 180 then 120
        when duration_s < 240 then 180
        when duration_s < 300 then 240
        else 300
    end as integer) as duration_from_s,
    is_complete,
    cast(count(*) as bigint) as track_count,
    cast(count(danceability) as bigint) as danceability_count,
    cast(coalesce(sum(danceability), 0) as bigint) as danceability_sum,
    cast(coalesce(sum(cast(danceability as bigint) * danceability), 0) as decimal(38, 0)) as danceability_square_sum,
    cast(count(energy) as bigint) as energy_count,
    cast(coalesce(sum(energy), 0) as bigint) as energy_sum,
    cast(coalesce(sum(cast(energy as bigint) * energy), 0) as decimal(38, 0)) as energy_square_sum,
    cast(count(loudness) as bigint) as loudness_count,
    cast(coalesce(sum(loudness), 0) as bigint) as loudness_sum,
    cast(coalesce(sum(cast(loudness as bigint) * loudness), 0) as decimal(38, 0)) as loudness_square_sum,
    cast(count(speechiness) as bigint) as speechiness_count,
    cast(coalesce(sum(speechiness), 0) as bigint) as speechiness_sum,
    cast(coalesce(sum(cast(speechiness as bigint) * speechiness), 0) as decimal(38, 0)) as speechiness_square_sum,
    cast(count(acousticness) as bigint) as acousticness_count,
    cast(coalesce(sum(acousticness), 0) as bigint) as acousticness_sum,
    cast(coalesce(sum(cast(acousticness as bigint) * acousticness), 0) as decimal(38, 0)) as acousticness_square_sum,
    cast(count(instrumentalness) as bigint) as instrumentalness_count,
    cast(coalesce(sum(instrumentalness), 0) as bigint) as instrumentalness_sum,
    cast(coalesce(sum(cast(instrumentalness as bigint) * instrumentalness), 0) as decimal(38, 0))
        as instrumentalness_square_sum,
    cast(count(liveness) as bigint) as liveness_count,
    cast(coalesce(sum(liveness), 0) as bigint) as liveness_sum,
    cast(coalesce(sum(cast(liveness as bigint) * liveness), 0) as decimal(38, 0)) as liveness_square_sum,
    cast(count(valence) as bigint) as valence_count,
    cast(coalesce(sum(valence), 0) as bigint) as valence_sum,
    cast(coalesce(sum(cast(valence as bigint) * valence), 0) as decimal(38, 0)) as valence_square_sum,
    cast(count(tempo) as bigint) as tempo_count,
    cast(coalesce(sum(tempo), 0) as bigint) as tempo_sum,
    cast(coalesce(sum(cast(tempo as bigint) * tempo), 0) as decimal(38, 0)) as tempo_square_sum,
    cast(coalesce(sum(cast(danceability as bigint) * energy), 0) as decimal(38, 0)) as danceability_energy_sum,
    cast(coalesce(sum(cast(danceability as bigint) * loudness), 0) as decimal(38, 0)) as danceability_loudness_sum,
    cast(coalesce(sum(cast(danceability as bigint) * speechiness), 0) as decimal(38, 0))
        as danceability_speechiness_sum,
    cast(coalesce(sum(cast(danceability as bigint) * acousticness), 0) as decimal(38, 0))
        as danceability_acousticness_sum,
    cast(coalesce(sum(cast(danceability as bigint) * instrumentalness), 0) as decimal(38, 0))
        as danceability_instrumentalness_sum,
    cast(coalesce(sum(cast(danceability as bigint) * liveness), 0) as decimal(38, 0)) as danceability_liveness_sum,
    cast(coalesce(sum(cast(danceability as bigint) * valence), 0) as decimal(38, 0)) as danceability_valence_sum,
    cast(coalesce(sum(cast(danceability as bigint) * tempo), 0) as decimal(38, 0)) as danceability_tempo_sum,
    cast(coalesce(sum(cast(energy as bigint) * loudness), 0) as decimal(38, 0)) as energy_loudness_sum,
    cast(coalesce(sum(cast(energy as bigint) * speechiness), 0) as decimal(38, 0)) as energy_speechiness_sum,
    cast(coalesce(sum(cast(energy as bigint) * acousticness), 0) as decimal(38, 0)) as energy_acousticness_sum,
    cast(coalesce(sum(cast(energy as bigint) * instrumentalness), 0) as decimal(38, 0)) as energy_instrumentalness_sum,
    cast(coalesce(sum(cast(energy as bigint) * liveness), 0) as decimal(38, 0)) as energy_liveness_sum,
    cast(coalesce(sum(cast(energy as bigint) * valence), 0) as decimal(38, 0)) as energy_valence_sum,
    cast(coalesce(sum(cast(energy as bigint) * tempo), 0) as decimal(38, 0)) as energy_tempo_sum,
    cast(coalesce(sum(cast(loudness as bigint) * speechiness), 0) as decimal(38, 0)) as loudness_speechiness_sum,
    cast(coalesce(sum(cast(loudness as bigint) * acousticness), 0) as decimal(38, 0)) as loudness_acousticness_sum,
    cast(coalesce(sum(cast(loudness as bigint) * instrumentalness), 0) as decimal(38, 0))
        as loudness_instrumentalness_sum,
    cast(coalesce(sum(cast(loudness as bigint) * liveness), 0) as decimal(38, 0)) as loudness_liveness_sum,
    cast(coalesce(sum(cast(loudness as bigint) * valence), 0) as decimal(38, 0)) as loudness_valence_sum,
    cast(coalesce(sum(cast(loudness as bigint) * tempo), 0) as decimal(38, 0)) as loudness_tempo_sum,
    cast(coalesce(sum(cast(speechiness as bigint) * acousticness), 0) as decimal(38, 0))
        as speechiness_acousticness_sum,
    cast(coalesce(sum(cast(speechiness as bigint) * instrumentalness), 0) as decimal(38, 0))
        as speechiness_instrumentalness_sum,
    cast(coalesce(sum(cast(speechiness as bigint) * liveness), 0) as decimal(38, 0)) as speechiness_liveness_sum,
    cast(coalesce(sum(cast(speechiness as bigint) * valence), 0) as decimal(38, 0)) as speechiness_valence_sum,
    cast(coalesce(sum(cast(speechiness as bigint) * tempo), 0) as decimal(38, 0)) as speechiness_tempo_sum,
    cast(coalesce(sum(cast(acousticness as bigint) * instrumentalness), 0) as decimal(38, 0))
        as acousticness_instrumentalness_sum,
    cast(coalesce(sum(cast(acousticness as bigint) * liveness), 0) as decimal(38, 0)) as acousticness_liveness_sum,
    cast(coalesce(sum(cast(acousticness as bigint) * valence), 0) as decimal(38, 0)) as acousticness_valence_sum,
    cast(coalesce(sum(cast(acousticness as bigint) * tempo), 0) as decimal(38, 0)) as acousticness_tempo_sum,
    cast(coalesce(sum(cast(instrumentalness as bigint) * liveness), 0) as decimal(38, 0))
        as instrumentalness_liveness_sum,
    cast(coalesce(sum(cast(instrumentalness as bigint) * valence), 0) as decimal(38, 0))
        as instrumentalness_valence_sum,
    cast(coalesce(sum(cast(instrumentalness as bigint) * tempo), 0) as decimal(38, 0)) as instrumentalness_tempo_sum,
    cast(coalesce(sum(cast(liveness as bigint) * valence), 0) as decimal(38, 0)) as liveness_valence_sum,
    cast(coalesce(sum(cast(liveness as bigint) * tempo), 0) as decimal(38, 0)) as liveness_tempo_sum,
    cast(coalesce(sum(cast(valence as bigint) * tempo), 0) as decimal(38, 0)) as valence_tempo_sum
from features
group by
    release_year,
    popularity_tier,
    is_music_like,
    duration_from_s,
    is_complete
