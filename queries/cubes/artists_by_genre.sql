-- One row per genre: artists that carry it, with their followers.
select
    artist_genres.genre,
    cast(count(*) as bigint) as artist_count,
    cast(coalesce(sum(artists.followers_total), 0) as bigint) as followers_sum
from staging.artist_genres as artist_genres
inner join staging.artists as artists on artist_genres.artist_rowid = artists.artist_rowid
group by artist_genres.genre
