-- How many tracks does each second of duration hold?
-- One row per whole second, halves up, unknown among them. Divided last: what `/` does to integers differs.
with

by_second as (
    select
        duration_ms + 500 - (duration_ms + 500) % 1000 as whole_ms,
        count(*) as track_count
    from tracks
    group by duration_ms + 500 - (duration_ms + 500) % 1000
)

select
    cast(whole_ms / 1000 as bigint) as duration_s,
    track_count
from by_second
