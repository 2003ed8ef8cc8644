-- One row per playlist. Owners are never read.
select
    rowid as playlist_rowid,
    tracks_total,
    followers_total
from source.playlists
