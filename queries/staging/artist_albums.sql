-- One row per distinct pair of an artist and an album, with the album's release year. An album is an artist's own where
-- both flags are 0; it is self-labelled where its label is the artist's name. Pairs of an artist or an album that is
-- not known are left out.
-- Names are folded, and made numbers, before they are compared: once a name, not once a pair.
with

pairs as (
    select
        artist_rowid,
        album_rowid,
        bool_or(is_appears_on = 0 and is_implicit_appears_on = 0) as is_own,
        count(*) as source_rows
    from source.artist_albums
    where slice(album_rowid)
    group by
        artist_rowid,
        album_rowid
),

artists as (
    select
        artist_rowid,
        id_key(lower(trim(name))) as name_key
    from staging.artists
),

albums as (
    select
        album_rowid,
        release_year,
        case when label is not null then id_key(lower(label)) end as label_key
    from staging.albums
    where slice(album_rowid)
)

select
    pairs.artist_rowid,
    pairs.album_rowid,
    pairs.is_own,
    coalesce(artists.name_key = albums.label_key, false) as is_self_labelled,
    albums.release_year,
    pairs.source_rows,
    case
        when artists.artist_rowid is not null and albums.album_rowid is not null then null
        when pairs.artist_rowid is null or pairs.album_rowid is null then 'no usable rowid'
        when artists.artist_rowid is not null then 'no such album'
        when albums.album_rowid is not null then 'no such artist'
        else 'no such artist and no such album'
    end as drop_reason
from pairs
left join artists on pairs.artist_rowid = artists.artist_rowid
left join albums on pairs.album_rowid = albums.album_rowid
