-- Which tracks there are, as 64 bits a block of 64 keys: a fraction of the memory of a list, and of the time.
-- One row per block.
select
    track_rowid >> 6 as block,
    bit_or(cast(1 as ubigint) << cast(track_rowid & 63 as ubigint)) as is_there
from staging.tracks
group by block
