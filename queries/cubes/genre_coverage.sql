-- One row per unit (artists, followers, tracks): how many there are and how many have a genre.
-- A track has a genre if one of its artists has. Tracks without a known artist have none.
with

with_genre as (
    select distinct artist_rowid
    from staging.artist_genres
),

artists as (
    select
        count(*) as artist_count,
        count(with_genre.artist_rowid) as artist_with_genre_count,
        coalesce(sum(artists.followers_total), 0) as followers_count,
        coalesce(sum(artists.followers_total) filter (where with_genre.artist_rowid is not null), 0)
            as followers_with_genre_count
    from staging.artists as artists
    left join with_genre on artists.artist_rowid = with_genre.artist_rowid
),

tracks as (
    select count(distinct track_artists.track_rowid) as track_with_genre_count
    from staging.track_artists as track_artists
    inner join with_genre on track_artists.artist_rowid = with_genre.artist_rowid
),

all_tracks as (
    select count(*) as track_count
    from staging.tracks
)

select
    'artists' as unit,
    cast(artist_count as bigint) as item_count,
    cast(artist_with_genre_count as bigint) as with_genre_count
from artists
union all
select
    'followers' as unit,
    cast(followers_count as bigint) as item_count,
    cast(followers_with_genre_count as bigint) as with_genre_count
from artists
union all
select
    'tracks' as unit,
    cast(all_tracks.track_count as bigint) as item_count,
    cast(tracks.track_with_genre_count as bigint) as with_genre_count
from all_tracks
cross join tracks
