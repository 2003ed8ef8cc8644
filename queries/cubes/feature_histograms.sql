-- One row per feature and bin of its values, mode, popularity (50 or more) and music-likeness: tracks.
-- Bins: 0.02 for the features from 0 to 1, 1 dB for loudness, 1 BPM (nearest) for tempo, capped at 300; bin counts them
-- from zero up, loudness from -60 dB (below that folded into the first), -1 is of tracks without a value. All features
-- are counted in one pass, each by itself: in its own set of groups the bins of the others are NULL. Mode, popularity
-- and music-likeness are one number meanwhile, as fewer columns are quicker to group by.
with

binned as (
    select
        case when danceability is not null then least(danceability // 20000, 49) else -1 end as danceability,
        case when energy is not null then least(energy // 20000, 49) else -1 end as energy,
        case
            when loudness is not null then least(greatest((loudness + 60000000) // 1000000, 0), 79) else -1
        end as loudness,
        case when speechiness is not null then least(speechiness // 20000, 49) else -1 end as speechiness,
        case when acousticness is not null then least(acousticness // 20000, 49) else -1 end as acousticness,
        case
            when instrumentalness is not null then least(instrumentalness // 20000, 49) else -1
        end as instrumentalness,
        case when liveness is not null then least(liveness // 20000, 49) else -1 end as liveness,
        case when valence is not null then least(valence // 20000, 49) else -1 end as valence,
        case when tempo is not null then least((tempo + 500000) // 1000000, 300) else -1 end as tempo,
        cast(
            coalesce(mode, 2) * 6 + coalesce(cast(popularity >= 50 as tinyint), 2) * 2 + cast(is_music_like as tinyint)
            as tinyint
        ) as kind
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
        kind,
        count(*) as track_count
    from binned
    group by grouping sets (
        (danceability, kind),
        (energy, kind),
        (loudness, kind),
        (speechiness, kind),
        (acousticness, kind),
        (instrumentalness, kind),
        (liveness, kind),
        (valence, kind),
        (tempo, kind)
    )
)

select
    feature,
    cast(bin as integer) as bin,
    cast(nullif(kind // 6, 2) as integer) as mode,
    nullif(kind // 2 % 3, 2) = 1 as is_popular,
    kind % 2 = 1 as is_music_like,
    cast(track_count as bigint) as track_count
from counted
where bin >= 0
