-- One row per artist.
select
    rowid as artist_rowid,
    followers_total,
    popularity
from source.artists
