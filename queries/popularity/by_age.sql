-- What share of the tracks of each age is popular?
-- One row per age in years (year of the snapshot minus release year) with at least 1,000 tracks, to 60 years.
-- Denominator: tracks of the age with a usable popularity.
--
-- unit: tracks
-- denominator: tracks_in - tracks_left_out - not_in_ages_count = tracks_in_ages
-- key: age_years
-- rows: 0..61
-- within: age_years 0..60, track_count 1000..
-- holds: ge_50_share <= ge_30_share
with

by_age as (
    select
        snapshot.snapshot_year - cube.release_year as age_years,
        sum(cube.track_count) as track_count,
        coalesce(sum(cube.track_count) filter (where cube.popularity >= 30), 0) as ge_30_count,
        coalesce(sum(cube.track_count) filter (where cube.popularity >= 50), 0) as ge_50_count
    from tracks_by_popularity as cube
    cross join edition.snapshot as snapshot
    where
        cube.release_year is not null
        and cube.popularity is not null
    group by snapshot.snapshot_year - cube.release_year
    having sum(cube.track_count) >= fewest_in_year()
)

select
    age_years,
    ge_30_count / track_count as ge_30_share,
    ge_50_count / track_count as ge_50_share,
    cast(track_count as bigint) as track_count
from by_age
where age_years <= 60
order by age_years
