-- How many tracks end on a whole minute, against the seconds around it?
-- One row per whole minute, 1 to 8. Heaping index: tracks at the second of the minute over the mean of the seconds 3
-- to 10 away on both sides (16 seconds). Minutes with under 160 tracks in those seconds are left out.
-- Denominator: all tracks with a usable duration.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_duration = tracks
-- key: minute
-- rows: 0..8
-- within: minute 1..8, neighbour_mean 0..
with

by_second as (
    select
        duration_s,
        sum(track_count) as track_count
    from tracks_by_duration
    where duration_s < 600
    group by duration_s
),

minutes as (
    select cast(range as integer) as minute
    from range(1, 9)
),

around as (
    select
        minutes.minute,
        coalesce(sum(by_second.track_count) filter (where by_second.duration_s = minutes.minute * 60), 0)
            as track_count,
        coalesce(
            sum(by_second.track_count) filter (where abs(by_second.duration_s - minutes.minute * 60) between 3 and 10),
            0
        ) / 16 as neighbour_mean
    from minutes
    cross join by_second
    group by minutes.minute
)

select
    minute,
    track_count / nullif(neighbour_mean, 0) as heaping_index,
    cast(track_count as bigint) as track_count,
    neighbour_mean
from around
where neighbour_mean * 16 >= fewest_around_minute()
order by minute
