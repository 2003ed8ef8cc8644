-- How far apart are two random tracks of a year, in sound?
-- One row per release year with at least 1,000 tracks, and population. Dispersion: the root mean squared distance of
-- two random tracks over eight features, each scaled by its standard deviation over all years:
-- sqrt(2 * sum of variances). In closed form from sums and squares; no pairs are drawn.
-- Denominator: music-like tracks of the year.
--
-- unit: tracks
-- denominator: feature_count - not_music_like_count - undated_count - small_year_track_count = used_count
-- key: release_year, population
-- rows: 0..402
-- within: release_year 1900..snapshot, dispersion 0.., track_count 1000..
-- one of: population all | popularity 30 or more
with

spreads as (
    select
        population,
        release_year,
        sqrt(2 * sum(relative_sd * relative_sd order by feature_order)) as dispersion
    from rows.features
    group by
        population,
        release_year
),

populations as (
    select
        release_year,
        track_count,
        unnest(case when popularity_tier >= 4 then ['all', 'popularity 30 or more'] else ['all'] end) as population
    from features_by_year
    where is_music_like
),

counts as (
    select
        population,
        release_year,
        sum(track_count) as track_count
    from populations
    group by
        population,
        release_year
)

select
    spreads.release_year,
    spreads.population,
    spreads.dispersion,
    cast(counts.track_count as bigint) as track_count
from spreads
inner join counts on spreads.population = counts.population and spreads.release_year = counts.release_year
order by
    spreads.release_year,
    spreads.population
