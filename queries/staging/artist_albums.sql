-- One row per distinct pair of an artist and an album. An album is an artist's own where both flags are 0.
select
    artist_rowid,
    album_rowid,
    bool_or(is_appears_on = 0 and is_implicit_appears_on = 0) as is_own,
    count(*) as source_rows,
    case when artist_rowid is null or album_rowid is null then 'no usable rowid' end as drop_reason
from source.artist_albums
where slice(album_rowid)
group by
    artist_rowid,
    album_rowid
