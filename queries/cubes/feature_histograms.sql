-- One row per feature and bin of its values, mode, popularity (50 or more) and music-likeness: tracks.
-- Bins: 0.02 for the features from 0 to 1, 1 dB for loudness, 1 BPM (nearest) for tempo, capped at 300; bin counts them
-- from zero up, loudness from -60 dB (below that folded into the first). All features are counted in one pass, each by
-- itself: in its own set of groups the bins of the others are NULL.
with

binned as (
    select
        case when danceability is not null then least(danceability // 20000, 49) end as danceability,
        case when energy is not null then least(energy // 20000, 49) end as energy,
        case when loudness is not null then least(greatest((loudness + 60000000) // 1000000, 0), 79) end as loudness,
        case when speechiness is not null then least(speechiness // 20000, 49) end as speechiness,
        case when acousticness is not null then least(acousticness // 20000, 49) end as acousticness,
        case when instrumentalness is not null then least(instrumentalness // 20000, 49) end as instrumentalness,
        case when liveness is not null then least(liveness // 20000, 49) end as liveness,
        case when valence is not null then least(valence // 20000, 49) end as valence,
        case when tempo is not null then least((tempo + 500000) // 1000000, 300) end as tempo,
        mode,
        popularity >= 50 as is_popular,
        is_music_like
    from staging.features
),

counted as (
    select
        case
            when grouping(danceability) = 0 then 'danceability'
            when grouping(energy) = 0 then 'energy'
            when grouping(loudness) = 0 then 'loudness'
            when grouping(speechiness) = 0 then 'speechiness'
            when grouping(acousticness) = 0 then 'acousticness'
            when grouping(instrumentalness) = 0 then 'instrumentalness'
            when grouping(liveness) = 0 then 'liveness'
            when grouping(valence) = 0 then 'valence'
            when grouping(tempo) = 0 then 'tempo'
        end as feature,
        coalesce(
            danceability, energy, loudness, speechiness, acousticness, instrumentalness, liveness, valence, tempo
        ) as bin,
        mode,
        is_popular,
        is_music_like,
        count(*) as track_count
    from binned
    group by grouping sets (
        (danceability, mode, is_popular, is_music_like),
        (energy, mode, is_popular, is_music_like),
        (loudness, mode, is_popular, is_music_like),
        (speechiness, mode, is_popular, is_music_like),
        (acousticness, mode, is_popular, is_music_like),
        (instrumentalness, mode, is_popular, is_music_like),
        (liveness, mode, is_popular, is_music_like),
        (valence, mode, is_popular, is_music_like),
        (tempo, mode, is_popular, is_music_like)
    )
)

select
    feature,
    cast(bin as integer) as bin,
    cast(mode as integer) as mode,
    is_popular,
    is_music_like,
    cast(track_count as bigint) as track_count
from counted
where bin is not null
