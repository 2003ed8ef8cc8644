-- One row per release year: albums of 8 and more tracks with usable durations, and those in which at least half the
-- tracks have the same length to the second.
with

by_length as (
    select
        album_rowid,
        release_year,
        duration_s,
        count(*) as track_count
    from staging.tracks
    where
        album_rowid is not null
        and duration_s is not null
    group by
        album_rowid,
        release_year,
        duration_s
),

by_album as (
    select
        album_rowid,
        release_year,
        sum(track_count) as track_count,
        max(track_count) as same_length_count
    from by_length
    group by
        album_rowid,
        release_year
    having sum(track_count) >= 8
)

select
    release_year,
    cast(count(*) as bigint) as album_count,
    cast(count(*) filter (where same_length_count * 2 >= track_count) as bigint) as same_length_count
from by_album
group by release_year
