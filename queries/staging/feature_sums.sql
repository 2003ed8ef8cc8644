-- One row per release year, popularity tier, music-likeness and band of duration: tracks with features, and for each
-- feature the tracks that have a value, its sum and its sum of squares. Values are millionths. duration_from_s is where
-- the band begins; tracks without a usable duration are in the last band.
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
    cast(coalesce(sum(cast(tempo as bigint) * tempo), 0) as decimal(38, 0)) as tempo_square_sum
from staging.features
group by
    release_year,
    popularity_tier,
    is_music_like,
    duration_from_s
