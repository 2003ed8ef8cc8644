-- Which genres have the highest mean popularity of tracks, as published?
-- One row per genre. Not counted here; the median of artists in popularity.sql is another measure.
-- Denominator: tracks of the genre's artists.
--
-- unit: tracks
-- key: genre
-- rows: 1..100
-- order: genre_order
-- within: published_mean_popularity 0..100
select
    genre,
    row_number() over (order by mean_popularity desc, genre) as genre_order,
    mean_popularity as published_mean_popularity,
    track_count as published_track_count
from published.genres_by_mean_popularity
order by genre_order
