-- Does the order of genres depend on what is counted?
-- One row per genre that is among the ten first by artists, tracks or followers, and way of counting; followers only
-- where their number is known. What ties has one rank; of the tied, the first by name are taken up to ten.
-- Denominator: all genres.
--
-- unit: genres
-- denominator: genre_count - genres_in_no_first_ten = first_ten_by_any_count
-- key: genre, counted
-- rows: 0..90
-- order: counted_order, genre_rank, genre
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

counts as (
    select
        artists.genre,
        unnest(['artists', 'tracks', 'followers']) as counted,
        unnest([1, 2, 3]) as counted_order,
        unnest([
            artists.artist_count,
            coalesce(tracks_by_genre.track_count, 0),
            case when sum(artists.followers_count) over () > 0 then artists.followers_count end
        ]) as item_count
    from artists
    left join tracks_by_genre on artists.genre = tracks_by_genre.genre
),

ranked as (
    select
        genre,
        counted,
        counted_order,
        rank() over (partition by counted order by item_count desc) as genre_rank,
        row_number() over (partition by counted order by item_count desc, genre) as place
    from counts
    where item_count is not null
)

select
    genre,
    counted,
    counted_order,
    genre_rank
from ranked
qualify min(place) over (partition by genre) <= 10
order by
    counted_order,
    genre_rank,
    genre
