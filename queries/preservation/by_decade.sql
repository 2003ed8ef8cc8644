-- What became of the tracks of each release decade?
-- One row per release decade and status.
-- Denominator: tracks of the decade that are on the file list with a known status.
--
-- unit: tracks
-- denominator: listed_in - listed_without_status - listed_without_year = listed_tracks_in_decades
-- key: release_decade, status
-- rows: 0..168
-- within: release_decade 1900..snapshot
-- one of: status success | error_not_available | error_has_replacement | skipped_isrc_has_download |
--   skipped_low_priority | todo_unk | error_no_ogg160 | error_zero_duration
-- sums to 1 per release_decade: status_share
with

counted as (
    select
        release_decade,
        status,
        sum(track_count) as track_count
    from files_by_status
    where
        release_decade is not null
        and status is not null
    group by
        release_decade,
        status
)

select
    release_decade,
    status,
    track_count / sum(track_count) over (partition by release_decade) as status_share,
    cast(track_count as bigint) as track_count
from counted
order by
    release_decade,
    status
