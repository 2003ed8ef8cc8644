-- One row per distinct pair of an artist and a genre; most artists have none. Genres of an artist that is not known are
-- left out.
with

pairs as (
    select
        artist_rowid,
        genre,
        count(*) as source_rows
    from source.artist_genres
    group by
        artist_rowid,
        genre
)

select
    pairs.artist_rowid,
    pairs.genre,
    pairs.source_rows,
    case
        when pairs.artist_rowid is null then 'no usable rowid'
        when pairs.genre is null or pairs.genre = '' then 'no genre'
        when (artists.is_there >> cast(pairs.artist_rowid & 63 as ubigint)) & 1 = 1 then null
        else 'no such artist'
    end as drop_reason
from pairs
left join staging.artist_keys as artists on pairs.artist_rowid >> 6 = artists.block
