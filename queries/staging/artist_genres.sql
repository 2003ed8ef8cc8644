-- One row per distinct pair of an artist and a genre; most artists have none.
select
    artist_rowid,
    genre,
    count(*) as source_rows,
    case
        when artist_rowid is null then 'no usable rowid'
        when genre is null or genre = '' then 'no genre'
    end as drop_reason
from source.artist_genres
group by
    artist_rowid,
    genre
