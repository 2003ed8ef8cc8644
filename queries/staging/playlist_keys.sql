-- Which playlists there are, as 64 bits a block of 64 keys: a fraction of the memory of a list, and of the time.
-- One row per block.
select
    playlist_rowid >> 6 as block,
    bit_or(cast(1 as ubigint) << cast(playlist_rowid & 63 as ubigint)) as is_there
from staging.playlists
group by block
