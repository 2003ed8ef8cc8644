-- One row per popularity: recordings, each with the highest popularity of its tracks.
select
    cast(popularity as integer) as popularity,
    cast(count(*) as bigint) as recording_count,
    cast(sum(track_count) as bigint) as track_count
from staging.recordings
group by popularity
