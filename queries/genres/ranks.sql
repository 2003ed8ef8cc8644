-- Does the order of genres depend on what is counted?
-- One row per genre that is among the ten first by artists, tracks or followers, and way of counting; followers only
-- where their number is known.
-- Denominator: all genres.
--
-- unit: genres
-- denominator: genre_count - genres_in_no_first_ten = first_ten_by_any_count
-- key: genre, counted
-- rows: 0..90
-- order: counted_order, genre_rank
-- one of: counted artists | tracks | followers
with

artists as (
    select
        genre,
        sum(artist_count) as artist_count,
        sum(followers_sum) as followers_count
    from artists_by_genre
    where genre is not null
    group by genre
),

ranks as (
    select
        artists.genre,
        row_number() over (order by artists.artist_count desc, artists.genre) as by_artists,
        row_number() over (order by coalesce(tracks_by_genre.track_count, 0) desc, artists.genre) as by_tracks,
        case
            when sum(artists.followers_count) over () > 0
                then row_number() over (order by artists.followers_count desc, artists.genre)
        end as by_followers
    from artists
    left join tracks_by_genre on artists.genre = tracks_by_genre.genre
),

first_ten as (
    select
        genre,
        unnest(['artists', 'tracks', 'followers']) as counted,
        unnest([1, 2, 3]) as counted_order,
        unnest([by_artists, by_tracks, by_followers]) as genre_rank
    from ranks
    where least(by_artists, by_tracks, by_followers) <= 10
)

select
    genre,
    counted,
    counted_order,
    genre_rank
from first_ten
where genre_rank is not null
order by
    counted_order,
    genre_rank
