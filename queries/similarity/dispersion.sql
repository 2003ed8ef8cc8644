-- How far apart are two random tracks of a year, in sound?
-- One row per release year with at least 1,000 tracks, and population. Dispersion: the root mean squared distance of two
-- random tracks over eight features, each scaled by its standard deviation over all years: sqrt(2 * sum of variances).
-- In closed form from sums and squares; no pairs are drawn.
-- Denominator: music-like tracks of the year.
select
    release_year,
    population,
    sqrt(2 * sum(relative_sd * relative_sd order by feature_order)) as dispersion,
    max(track_count) as track_count
from rows.features
group by
    release_year,
    population
order by
    release_year,
    population
