-- One row per feature and bin of its values, mode, popularity (50 or more) and music-likeness: tracks.
-- Bins: 0.02 for the features from 0 to 1, 1 dB for loudness, 1 BPM (nearest) for tempo, capped at 300; bin counts them
-- from zero up, loudness from -60 dB (below that folded into the first). least() and greatest() pass over NULL, so it
-- is asked for first.
with

values_by_feature as (
    select
        mode,
        popularity >= 50 as is_popular,
        is_music_like,
        unnest([
            {
                'feature': 'danceability',
                'bin': case when danceability is not null then least(danceability // 20000, 49) end
            },
            {
                'feature': 'energy',
                'bin': case when energy is not null then least(energy // 20000, 49) end
            },
            {
                'feature': 'loudness',
                'bin': case when loudness is not null then least(greatest((loudness + 60000000) // 1000000, 0), 79) end
            },
            {
                'feature': 'speechiness',
                'bin': case when speechiness is not null then least(speechiness // 20000, 49) end
            },
            {
                'feature': 'acousticness',
                'bin': case when acousticness is not null then least(acousticness // 20000, 49) end
            },
            {
                'feature': 'instrumentalness',
                'bin': case when instrumentalness is not null then least(instrumentalness // 20000, 49) end
            },
            {
                'feature': 'liveness',
                'bin': case when liveness is not null then least(liveness // 20000, 49) end
            },
            {
                'feature': 'valence',
                'bin': case when valence is not null then least(valence // 20000, 49) end
            },
            {
                'feature': 'tempo',
                'bin': case when tempo is not null then least((tempo + 500000) // 1000000, 300) end
            }
        ]) as feature_value
    from staging.features
)

select
    feature_value.feature,
    cast(feature_value.bin as integer) as bin,
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
