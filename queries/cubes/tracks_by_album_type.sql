-- One row per release year and type of release: tracks. Those on no known album have no type.
with

counted as (
    select
        album_tracks.release_year,
        albums.album_type,
        album_tracks.track_count
    from staging.album_tracks as album_tracks
    inner join staging.albums as albums on album_tracks.album_rowid = albums.album_rowid
    union all
    select
        release_year,
        null as album_type,
        count(*) as track_count
    from staging.tracks
    where album_rowid is null
    group by release_year
)

select
    release_year,
    album_type,
    cast(sum(track_count) as bigint) as track_count
from counted
group by
    release_year,
    album_type
