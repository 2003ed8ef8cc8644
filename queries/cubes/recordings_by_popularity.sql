-- One row per popularity: recordings, each with the highest popularity of its tracks.
-- A recording is a distinct valid ISRC.
with

recordings as (
    select
        isrc,
        max(popularity) as popularity,
        count(*) as track_count
    from staging.tracks
    where isrc is not null
    group by isrc
)

select
    cast(popularity as integer) as popularity,
    cast(count(*) as bigint) as recording_count,
    cast(sum(track_count) as bigint) as track_count
from recordings
group by popularity
