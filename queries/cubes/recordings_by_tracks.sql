-- One row per number of tracks (20 and more folded), and spreads of popularity and duration among them: recordings,
-- their tracks, and how many of these have a usable duration.
-- Spreads are NULL where fewer than two of its tracks have a value. duration_spread_s is where its band begins.
select
    cast(least(track_count, 20) as integer) as tracks_from,
    cast(popularity_spread as integer) as popularity_spread,
    cast(case
        when duration_spread_s < 3 then duration_spread_s
        when duration_spread_s < 6 then 3
        when duration_spread_s < 11 then 6
        when duration_spread_s < 31 then 11
        when duration_spread_s < 61 then 31
        when duration_spread_s is not null then 61
    end as integer) as duration_spread_s,
    cast(count(*) as bigint) as recording_count,
    cast(sum(track_count) as bigint) as track_count,
    cast(sum(timed_count) as bigint) as timed_track_count
from staging.recordings
group by all
