-- One row per genre: tracks of its artists; a track counts once in every genre that one of its artists carries.
-- Beyond 1,000 genres the smallest by tracks are folded into "other".
with

pairs as (
    select distinct
        track_artists.track_rowid,
        artist_genres.genre
    from staging.track_artists as track_artists
    inner join staging.artist_genres as artist_genres on track_artists.artist_rowid = artist_genres.artist_rowid
),

ranked as (
    select
        genre,
        count(*) as track_count,
        row_number() over (order by count(*) desc, genre) as genre_rank
    from pairs
    group by genre
)

select
    case when genre_rank <= 1000 then genre else 'other' end as genre,
    cast(sum(track_count) as bigint) as track_count
from ranked
group by case when genre_rank <= 1000 then genre else 'other' end
