-- How many tracks does each release year hold?
-- One row per release year, 1900 to the year of the snapshot.
-- Denominator: all tracks with a usable release year.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_year = tracks
-- key: release_year
-- rows: 0..201
-- within: release_year 1900..snapshot, track_count 1..
-- sums to 1: track_share
with

by_year as (
    select
        release_year,
        sum(track_count) as track_count
    from tracks_by_popularity
    where release_year is not null
    group by release_year
)

select
    release_year,
    cast(track_count as bigint) as track_count,
    track_count / sum(track_count) over () as track_share,
    release_year > (select last_full_year from edition.snapshot) as is_partial
from by_year
order by release_year
