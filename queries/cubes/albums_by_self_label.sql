-- One row per release year: albums with a label name and an own artist; those whose label is the name of one of their
-- own artists; those whose label is a distributor's default of the form "1234567 Records DK".
with

named as (
    select
        albums.album_rowid,
        albums.release_year,
        albums.label,
        bool_or(lower(trim(artists.name)) = lower(trim(albums.label))) as is_artist_name
    from staging.albums as albums
    inner join staging.artist_albums as artist_albums on albums.album_rowid = artist_albums.album_rowid
    inner join staging.artists as artists on artist_albums.artist_rowid = artists.artist_rowid
    where
        artist_albums.is_own
        and albums.label is not null
    group by
        albums.album_rowid,
        albums.release_year,
        albums.label
)

select
    release_year,
    cast(count(*) as bigint) as album_count,
    cast(count(*) filter (where is_artist_name) as bigint) as artist_name_count,
    cast(count(*) filter (where regexp_matches(label, '^[0-9]+ Records DK[0-9]*$')) as bigint) as default_name_count
from named
group by release_year
