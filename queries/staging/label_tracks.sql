-- One row per label name and release year: tracks on albums that give the name.
select
    albums.label,
    album_tracks.release_year,
    cast(sum(album_tracks.track_count) as bigint) as track_count
from staging.albums as albums
inner join staging.album_tracks as album_tracks on albums.album_rowid = album_tracks.album_rowid
where albums.label is not null
group by
    albums.label,
    album_tracks.release_year
