-- One row per track of the file list, with what became of it; statuses beyond the known ones are set aside.
select
    id_key(track_id) as track_key,
    case
        when
            status in (
                'success', 'error_not_available', 'error_has_replacement', 'skipped_isrc_has_download',
                'skipped_low_priority', 'todo_unk', 'error_no_ogg160', 'error_zero_duration'
            )
            then status
    end as status,
    case
        when
            status not in (
                'success', 'error_not_available', 'error_has_replacement', 'skipped_isrc_has_download',
                'skipped_low_priority', 'todo_unk', 'error_no_ogg160', 'error_zero_duration'
            )
            then 'not a known status'
    end as unusable_status
from source.track_files
