-- One row per track that is on a playlist: on how many. Episodes and entries of a track or a playlist that is not known
-- are left out. Without a table of playlists all count that are named.
with

entries as (
    select
        entries.track_rowid,
        entries.playlist_rowid,
        case
            when entries.is_episode = 1 then 'an episode'
            when entries.track_rowid is null then 'no known track'
            when (playlists.is_there >> cast(entries.playlist_rowid & 63 as ubigint)) & 1 = 1 then null
            when exists (select 1 from staging.playlist_keys) then 'no such playlist'
        end as drop_reason
    from source.playlist_tracks as entries
    left join staging.playlist_keys as playlists on entries.playlist_rowid >> 6 = playlists.block
),

counted as (
    select
        track_rowid,
        drop_reason,
        count(distinct playlist_rowid) as playlist_count,
        count(*) as source_rows
    from entries
    group by
        track_rowid,
        drop_reason
)

select
    counted.track_rowid,
    counted.playlist_count,
    counted.source_rows,
    case
        when counted.drop_reason is not null then counted.drop_reason
        when (tracks.is_there >> cast(counted.track_rowid & 63 as ubigint)) & 1 = 1 then null
        else 'no such track'
    end as drop_reason
from counted
left join staging.track_keys as tracks on counted.track_rowid >> 6 = tracks.block
