-- On which days were the tracks fetched?
-- One row per day.
-- Denominator: all tracks with a usable day of fetching.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_fetch_day = tracks_with_fetch_day
-- key: fetched_day
-- rows: 0..36525
-- within: fetched_day 2001-09-09..as_of
-- sums to 1: track_share
select
    fetched_day,
    track_count,
    track_count / sum(track_count) over () as track_share
from tracks_by_fetch_day
where fetched_day is not null
order by fetched_day
