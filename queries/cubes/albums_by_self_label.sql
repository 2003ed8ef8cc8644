-- One row per release year: albums with a label name and an own artist; those whose label is the name of one of their
-- own artists; those whose label is a distributor's default of the form "1234567 Records DK".
-- Names are folded, and made numbers, before they are joined: once a name, not once a row.
with

names as (
    select
        artist_rowid,
        id_key(lower(trim(name))) as name_key
    from staging.artists
),

labels as (
    select
        album_rowid,
        release_year,
        id_key(lower(trim(label))) as label_key,
        regexp_matches(label, '^[0-9]+ Records DK[0-9]*$') as is_default_name
    from staging.albums
    where label is not null
),

named as (
    select
        labels.album_rowid,
        labels.release_year,
        labels.is_default_name,
        bool_or(names.name_key = labels.label_key) as is_artist_name
    from staging.artist_albums as artist_albums
    inner join names on artist_albums.artist_rowid = names.artist_rowid
    inner join labels on artist_albums.album_rowid = labels.album_rowid
    where artist_albums.is_own
    group by
        labels.album_rowid,
        labels.release_year,
        labels.is_default_name
)

select
    release_year,
    cast(count(*) as bigint) as album_count,
    cast(count(*) filter (where is_artist_name) as bigint) as artist_name_count,
    cast(count(*) filter (where is_default_name) as bigint) as default_name_count
from named
group by release_year
