-- One row per day of fetching: tracks.
select
    fetched_day,
    cast(count(*) as bigint) as track_count
from staging.tracks
group by fetched_day
