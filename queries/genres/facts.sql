-- Facts of genres. Genres belong to artists.
with

genres as (
    select
        count(distinct genre) as genre_count,
        arg_max(genre, total) as largest_genre,
        max(total) as largest_genre_artists
    from (
        select
            genre,
            sum(artist_count) as total
        from artists_by_genre
        group by genre
    )
),

coverage as (
    select
        max(item_count) filter (where unit = 'artists') as artist_count,
        max(item_count - with_genre_count) filter (where unit = 'artists') as artists_without_count,
        max(1 - with_genre_count / item_count) filter (where unit = 'artists' and item_count > 0)
            as artists_without_share,
        max(1 - with_genre_count / item_count) filter (where unit = 'tracks' and item_count > 0)
            as tracks_without_share,
        max(1 - with_genre_count / item_count) filter (where unit = 'followers' and item_count > 0)
            as followers_without_share,
        max(item_count) filter (where unit = 'tracks') as track_count
    from genre_coverage
),

opera as (
    select
        max(genre_rank) filter (where counted = 'artists') as by_artists,
        max(genre_rank) filter (where counted = 'tracks') as by_tracks,
        max(genre_rank) filter (where counted = 'followers') as by_followers
    from rows.ranks
    where genre = 'opera'
),

firsts as (
    select
        max(genre) filter (where counted = 'artists' and genre_rank = 1) as by_artists,
        max(genre) filter (where counted = 'tracks' and genre_rank = 1) as by_tracks,
        max(genre) filter (where counted = 'followers' and genre_rank = 1) as by_followers
    from rows.ranks
),

published_genres as (
    select
        arg_max(genre, artist_count) as first_by_artists,
        max(artist_count) as first_artist_count
    from published.genres_by_artists
),

published_tracks as (
    select
        arg_max(genre, track_count_millions) as first_by_tracks,
        max(track_count_millions) as first_track_millions,
        1 + count(*) filter (
            where track_count_millions > (
                select other.track_count_millions
                from published.genres_by_tracks as other
                where other.genre = 'opera'
            )
        ) as opera_rank
    from published.genres_by_tracks
),

published_totals as (
    select max("rows") as genre_count
    from published.totals
    where "table" = 'distinct_genres'
)

select
    case when genres.genre_count > 0 then genres.genre_count end as genre_count,
    genres.largest_genre,
    cast(genres.largest_genre_artists as bigint) as largest_genre_artists,
    cast(coverage.artist_count as bigint) as artists_in,
    case when genres.genre_count > 0 then coverage.artists_without_count end as artists_without_genre,
    case when genres.genre_count > 0 then coverage.artist_count - coverage.artists_without_count end
        as artists_with_genre,
    case when genres.genre_count > 0 then coverage.artists_without_share end as artists_without_genre_share,
    case when genres.genre_count > 0 then coverage.tracks_without_share end as tracks_without_genre_share,
    case when genres.genre_count > 0 then coverage.followers_without_share end as followers_without_genre_share,
    coverage.track_count as tracks_in,
    opera.by_artists as opera_rank_by_artists,
    opera.by_tracks as opera_rank_by_tracks,
    opera.by_followers as opera_rank_by_followers,
    firsts.by_artists as first_by_artists,
    firsts.by_tracks as first_by_tracks,
    firsts.by_followers as first_by_followers,
    published_genres.first_by_artists as published_first_by_artists,
    published_genres.first_artist_count as published_first_artist_count,
    published_tracks.first_by_tracks as published_first_by_tracks,
    published_tracks.first_track_millions as published_first_track_millions,
    published_tracks.opera_rank as published_opera_rank_by_tracks,
    published_totals.genre_count as published_genre_count
from genres
cross join coverage
cross join opera
cross join firsts
cross join published_genres
cross join published_tracks
cross join published_totals
