-- One row per track of the file list, with what became of it; statuses beyond the known ones are set aside. Files of a
-- track that is not known are left out.
with

tracks as (
    select
        track_key,
        release_year,
        popularity_tier
    from staging.tracks
    where slice(track_id_start)
),

files as (
    select
        track_id,
        status,
        status in (
            'success', 'error_not_available', 'error_has_replacement', 'skipped_isrc_has_download',
            'skipped_low_priority', 'todo_unk', 'error_no_ogg160', 'error_zero_duration'
        ) as is_known_status
    from source.track_files
)

select
    tracks.release_year,
    tracks.popularity_tier,
    case when files.is_known_status then files.status end as status,
    case when not files.is_known_status then 'not a known status' end as unusable_status,
    case when tracks.track_key is null then 'no such track' end as drop_reason
from files
left join tracks on id_key(files.track_id) = tracks.track_key
where slice(files.track_id)
