-- One row per feature and bin of its values, mode, popularity (50 or more) and music-likeness: tracks.
-- Bins: 0.02 for the features from 0 to 1, 1 dB for loudness, 1 BPM (nearest) for tempo, capped at 300; bin counts them
-- from zero up, loudness from -60 dB (below that folded into the first). Each feature is counted by itself: a handful
-- of columns nine times costs a quarter of taking nine values a row apart.
with

counted as (
    select
        'danceability' as feature,
        least(danceability // 20000, 49) as bin,
        mode,
        popularity >= 50 as is_popular,
        is_music_like,
        count(*) as track_count
    from staging.features
    where danceability is not null
    group by
        bin,
        mode,
        is_popular,
        is_music_like
    union all
    select
        'energy' as feature,
        least(energy // 20000, 49) as bin,
        mode,
        popularity >= 50 as is_popular,
        is_music_like,
        count(*) as track_count
    from staging.features
    where energy is not null
    group by
        bin,
        mode,
        is_popular,
        is_music_like
    union all
    select
        'loudness' as feature,
        least(greatest((loudness + 60000000) // 1000000, 0), 79) as bin,
        mode,
        popularity >= 50 as is_popular,
        is_music_like,
        count(*) as track_count
    from staging.features
    where loudness is not null
    group by
        bin,
        mode,
        is_popular,
        is_music_like
    union all
    select
        'speechiness' as feature,
        least(speechiness // 20000, 49) as bin,
        mode,
        popularity >= 50 as is_popular,
        is_music_like,
        count(*) as track_count
    from staging.features
    where speechiness is not null
    group by
        bin,
        mode,
        is_popular,
        is_music_like
    union all
    select
        'acousticness' as feature,
        least(acousticness // 20000, 49) as bin,
        mode,
        popularity >= 50 as is_popular,
        is_music_like,
        count(*) as track_count
    from staging.features
    where acousticness is not null
    group by
        bin,
        mode,
        is_popular,
        is_music_like
    union all
    select
        'instrumentalness' as feature,
        least(instrumentalness // 20000, 49) as bin,
        mode,
        popularity >= 50 as is_popular,
        is_music_like,
        count(*) as track_count
    from staging.features
    where instrumentalness is not null
    group by
        bin,
        mode,
        is_popular,
        is_music_like
    union all
    select
        'liveness' as feature,
        least(liveness // 20000, 49) as bin,
        mode,
        popularity >= 50 as is_popular,
        is_music_like,
        count(*) as track_count
    from staging.features
    where liveness is not null
    group by
        bin,
        mode,
        is_popular,
        is_music_like
    union all
    select
        'valence' as feature,
        least(valence // 20000, 49) as bin,
        mode,
        popularity >= 50 as is_popular,
        is_music_like,
        count(*) as track_count
    from staging.features
    where valence is not null
    group by
        bin,
        mode,
        is_popular,
        is_music_like
    union all
    select
        'tempo' as feature,
        least((tempo + 500000) // 1000000, 300) as bin,
        mode,
        popularity >= 50 as is_popular,
        is_music_like,
        count(*) as track_count
    from staging.features
    where tempo is not null
    group by
        bin,
        mode,
        is_popular,
        is_music_like
)

select
    feature,
    cast(bin as integer) as bin,
    cast(mode as integer) as mode,
    is_popular,
    is_music_like,
    cast(track_count as bigint) as track_count
from counted
