-- How many tracks come to an artist of each genre, as published?
-- One row per genre that is in both published lists, the most tracks first. A track counts in each genre of its
-- artists.
-- Denominator: artists that carry the genre.
--
-- unit: tracks, artists
-- key: genre
-- rows: 1..30
-- order: genre_order
select
    by_tracks.genre,
    row_number() over (
        order by by_tracks.track_count_millions / by_artists.artist_count desc, by_tracks.genre
    ) as genre_order,
    cast(round(by_tracks.track_count_millions * 1000000 / by_artists.artist_count) as integer)
        as published_tracks_per_artist,
    cast(by_tracks.track_count_millions * 1000000 as bigint) as published_track_count,
    by_artists.artist_count as published_artist_count
from published.genres_by_tracks as by_tracks
inner join published.genres_by_artists_top30 as by_artists on by_tracks.genre = by_artists.genre
order by genre_order
