-- One row per label name, as the number that stands for it, and release year: tracks on albums that give the name.
select
    id_key(albums.label) as label_key,
    album_tracks.release_year,
    cast(sum(album_tracks.track_count) as bigint) as track_count
from staging.albums as albums
inner join staging.album_tracks as album_tracks on albums.album_rowid = album_tracks.album_rowid
where albums.label is not null
group by
    label_key,
    album_tracks.release_year
