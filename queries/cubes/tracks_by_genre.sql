-- One row per genre: tracks of its artists; a track counts once in every genre that one of its artists carries.
-- Beyond 1,000 genres the smallest by tracks are left out.
with

pairs as (
    select distinct
        track_artists.track_rowid,
        artist_genres.genre
    from staging.track_artists as track_artists
    inner join staging.artist_genres as artist_genres on track_artists.artist_rowid = artist_genres.artist_rowid
)

select
    genre,
    cast(count(*) as bigint) as track_count
from pairs
group by genre
qualify row_number() over (order by count(*) desc, genre) <= 1000
