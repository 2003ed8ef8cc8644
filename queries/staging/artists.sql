-- One row per artist.
select
    rowid as artist_rowid,
    name,
    followers_total,
    popularity
from source.artists
