-- One row per track with audio features: those with values (null_response = 0) whose track is known.
-- Values are whole millionths, so that sums and products are exact. key -1 means none was found.
-- Music-like: speechiness under 0.66 and a duration of 30 s to 15 min.
with

tracks as (
    select
        track_key,
        release_year,
        popularity,
        popularity_tier,
        duration_s
    from staging.tracks
    where slice(track_id_start)
)

select
    tracks.release_year,
    tracks.popularity,
    tracks.popularity_tier,
    tracks.duration_s,
    cast(features.null_response as tinyint) as null_response,
    cast(features.key as tinyint) as key,
    cast(features.mode as tinyint) as mode,
    cast(features.time_signature as tinyint) as time_signature,
    cast(round(features.danceability * 1000000) as integer) as danceability,
    cast(round(features.energy * 1000000) as integer) as energy,
    cast(round(features.loudness * 1000000) as integer) as loudness,
    cast(round(features.speechiness * 1000000) as integer) as speechiness,
    cast(round(features.acousticness * 1000000) as integer) as acousticness,
    cast(round(features.instrumentalness * 1000000) as integer) as instrumentalness,
    cast(round(features.liveness * 1000000) as integer) as liveness,
    cast(round(features.valence * 1000000) as integer) as valence,
    cast(round(features.tempo * 1000000) as integer) as tempo,
    coalesce(features.speechiness < 0.66 and tracks.duration_s between 30 and 900, false) as is_music_like,
    case
        when features.null_response = 0 and tracks.track_key is not null then null
        when tracks.track_key is null then 'no such track'
        when features.null_response = 1 then 'null response'
        else 'null_response not usable'
    end as drop_reason
from source.track_audio_features as features
left join tracks on id_key(features.track_id) = tracks.track_key
where slice(features.track_id)
