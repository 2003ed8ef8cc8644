-- One row per feature and bin of its values, mode, popularity (50 or more) and music-likeness: tracks.
-- Bins: 0.02 for the features from 0 to 1, 1 dB for loudness, 1 BPM (nearest) for tempo, capped at 300; bin counts them
-- from zero up, loudness from -60 dB (below that folded into the first).
with

values_by_feature as (
    select
        mode,
        popularity >= 50 as is_popular,
        is_music_like,
        unnest([
            { 'feature': 'danceability', 'bin': cast(least(danceability // 20000, 49) as integer) },
            { 'feature': 'energy', 'bin': cast(least(energy // 20000, 49) as integer) },
            { 'feature': 'loudness', 'bin': cast(least(greatest((loudness + 60000000) // 1000000, 0), 79) as integer) },
            { 'feature': 'speechiness', 'bin': cast(least(speechiness // 20000, 49) as integer) },
            { 'feature': 'acousticness', 'bin': cast(least(acousticness // 20000, 49) as integer) },
            { 'feature': 'instrumentalness', 'bin': cast(least(instrumentalness // 20000, 49) as integer) },
            { 'feature': 'liveness', 'bin': cast(least(liveness // 20000, 49) as integer) },
            { 'feature': 'valence', 'bin': cast(least(valence // 20000, 49) as integer) },
            { 'feature': 'tempo', 'bin': cast(least((tempo + 500000) // 1000000, 300) as integer) }
        ]) as feature_value
    from staging.features
)

select
    feature_value.feature,
    feature_value.bin,
    cast(mode as integer) as mode,
    is_popular,
    is_music_like,
    cast(count(*) as bigint) as track_count
from values_by_feature
where feature_value.bin is not null
group by
    feature_value.feature,
    feature_value.bin,
    mode,
    is_popular,
    is_music_like
