-- How many ISRCs have one track, two, three …?
-- One row per number of tracks. Codes as they were typed; tracks without one are left out.
with

by_isrc as (
    select count(*) as track_count
    from tracks
    where external_id_isrc <> ''
    group by external_id_isrc
)

select
    track_count,
    count(*) as recording_count
from by_isrc
group by track_count
