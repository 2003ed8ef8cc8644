-- One row per genre and popularity: artists that carry the genre, with their followers.
-- Beyond 1,000 genres (768 are published) the smallest are one row a popularity, without a name; genre_count is how
-- many genres a row stands for.
with

ranked as (
    select
        genre,
        row_number() over (order by count(*) desc, genre) as genre_rank,
        greatest(count(*) over () - 1000, 0) as unnamed_count
    from staging.artist_genres
    group by genre
)

select
    case when ranked.genre_rank <= 1000 then ranked.genre end as genre,
    cast(case when ranked.genre_rank <= 1000 then 1 else any_value(ranked.unnamed_count) end as bigint) as genre_count,
    cast(artists.popularity as integer) as popularity,
    cast(count(*) as bigint) as artist_count,
    cast(coalesce(sum(artists.followers_total), 0) as bigint) as followers_sum
from staging.artists as artists
inner join staging.artist_genres as artist_genres on artists.artist_rowid = artist_genres.artist_rowid
inner join ranked on artist_genres.genre = ranked.genre
group by
    case when ranked.genre_rank <= 1000 then ranked.genre end,
    ranked.genre_rank <= 1000,
    artists.popularity
