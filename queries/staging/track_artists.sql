-- One row per distinct pair of a track and one of its artists; the order of artists is not known.
-- Pairs of a track or an artist that is not known are left out.
with

pairs as (
    select
        track_rowid,
        artist_rowid,
        count(*) as source_rows
    from source.track_artists
    where slice(track_rowid)
    group by
        track_rowid,
        artist_rowid
),

checked as (
    select
        pairs.track_rowid,
        pairs.artist_rowid,
        pairs.source_rows,
        coalesce((tracks.is_there >> cast(pairs.track_rowid & 63 as ubigint)) & 1, 0) = 1 as has_track,
        coalesce((artists.is_there >> cast(pairs.artist_rowid & 63 as ubigint)) & 1, 0) = 1 as has_artist
    from pairs
    left join staging.track_keys as tracks on pairs.track_rowid >> 6 = tracks.block
    left join staging.artist_keys as artists on pairs.artist_rowid >> 6 = artists.block
)

select
    track_rowid,
    artist_rowid,
    source_rows,
    case
        when has_track and has_artist then null
        when track_rowid is null or artist_rowid is null then 'no usable rowid'
        when has_artist then 'no such track'
        when has_track then 'no such artist'
        else 'no such track and no such artist'
    end as drop_reason
from checked
