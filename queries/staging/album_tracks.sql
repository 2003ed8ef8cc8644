-- One row per album with tracks, and release year of theirs (one, unless tracks carry dates of their own): how many
-- tracks, how many with a usable duration, and the most that have one and the same to the second.
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
        and slice(album_rowid)
    group by
        album_rowid,
        release_year,
        duration_s
)

select
    album_rowid,
    release_year,
    cast(sum(track_count) as bigint) as track_count,
    cast(coalesce(sum(track_count) filter (where duration_s is not null), 0) as bigint) as timed_count,
    max(track_count) filter (where duration_s is not null) as same_length_count
from by_length
group by
    album_rowid,
    release_year
