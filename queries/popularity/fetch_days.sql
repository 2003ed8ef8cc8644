-- On which days were the tracks fetched?
-- One row per day.
-- Denominator: all tracks with a usable day of fetching.
select
    fetched_day,
    track_count,
    track_count / sum(track_count) over () as track_share
from tracks_by_fetch_day
where fetched_day is not null
order by fetched_day
