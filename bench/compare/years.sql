-- How many tracks does each release year have?
-- One row per first four characters of the album's release date, unknown among them.
select
    substr(albums.release_date, 1, 4) as release_year,
    count(*) as track_count
from tracks
left join albums on tracks.album_rowid = albums.rowid
group by substr(albums.release_date, 1, 4)
