-- What became of the tracks of each release decade?
-- One row per release decade and status.
-- Denominator: tracks of the decade that are on the file list with a known status.
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
