-- One row per track that is on a playlist: on how many. Episodes and entries without a known track are left out.
select
    track_rowid,
    count(distinct playlist_rowid) as playlist_count,
    count(*) as source_rows,
    case
        when is_episode = 1 then 'an episode'
        when track_rowid is null then 'no known track'
    end as drop_reason
from source.playlist_tracks
group by
    track_rowid,
    drop_reason
