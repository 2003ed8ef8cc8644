-- How do tracks of artists with a Brazilian genre sound against the rest, as published?
-- One row per feature on a scale from 0 to 1: the means of the two groups and of all tracks.
-- Denominator: tracks of each group.
--
-- unit: tracks
-- key: feature
-- rows: 1..20
-- order: feature_order
-- within: published_brazilian_mean 0..1, published_rest_mean 0..1, published_all_mean 0..1
select
    measure as feature,
    row_number() over (
        order by mean_of_tracks_with_a_brazilian_genre - mean_of_the_rest desc, measure
    ) as feature_order,
    mean_of_tracks_with_a_brazilian_genre as published_brazilian_mean,
    mean_of_the_rest as published_rest_mean,
    mean_of_all_weighted as published_all_mean
from published.means_brazilian_genres_and_rest
where measure in ('danceability', 'energy', 'valence', 'acousticness')
order by feature_order
