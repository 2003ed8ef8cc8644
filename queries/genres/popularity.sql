-- How popular are the artists of each genre?
-- One row per genre, the 40 with the most artists: median popularity of its artists, most popular first.
-- Denominator: artists of the genre with a usable popularity.
--
-- unit: artists
-- denominator: artists_in - artists_without_genre = artists_with_genre
-- key: genre
-- rows: 0..40
-- order: genre_order
-- within: median_popularity 0..100, artist_count 1..
with

largest as (
    select
        genre,
        row_number() over (order by sum(artist_count) desc, genre) as size_rank
    from artists_by_genre
    where
        popularity is not null
        and genre is not null
    group by genre
),

running as (
    select
        cube.genre,
        cube.popularity,
        sum(cube.artist_count) over (partition by cube.genre order by cube.popularity) as artists_so_far,
        sum(cube.artist_count) over (partition by cube.genre) as artist_count
    from artists_by_genre as cube
    inner join largest on cube.genre = largest.genre
    where
        largest.size_rank <= 40
        and cube.popularity is not null
),

medians as (
    select
        genre,
        any_value(artist_count) as artist_count,
        min(popularity) filter (where artists_so_far * 2 >= artist_count) as median_popularity
    from running
    group by genre
)

select
    genre,
    row_number() over (order by median_popularity desc, artist_count desc, genre) as genre_order,
    median_popularity,
    cast(artist_count as bigint) as artist_count
from medians
order by genre_order
