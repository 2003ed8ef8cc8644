-- One row per distinct pair of a track and one of its artists; the order of artists is not known.
select
    track_rowid,
    artist_rowid,
    count(*) as source_rows,
    case when track_rowid is null or artist_rowid is null then 'no usable rowid' end as drop_reason
from source.track_artists
where slice(track_rowid)
group by
    track_rowid,
    artist_rowid
