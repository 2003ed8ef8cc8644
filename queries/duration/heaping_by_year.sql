-- Has crowding at 2:00, 3:00 and 4:00 changed with the release year?
-- One row per year and minute. Years are left out where the 16 neighbouring seconds hold under 160 tracks at any of
-- the three minutes: the index would be noise.
-- Denominator: tracks with a usable duration and a usable release year.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_duration - tracks_without_year = tracks_with_year
-- key: release_year, minute
-- rows: 0..603
-- within: release_year 1900..snapshot, minute 2..4
with

by_second as (
    select
        release_year,
        duration_s,
        sum(track_count) as track_count
    from tracks_by_duration
    where
        release_year is not null
        and duration_s between 100 and 260
    group by
        release_year,
        duration_s
),

minutes as (
    select cast(range as integer) as minute
    from range(2, 5)
),

around as (
    select
        by_second.release_year,
        minutes.minute,
        coalesce(sum(by_second.track_count) filter (where by_second.duration_s = minutes.minute * 60), 0)
            as track_count,
        coalesce(
            sum(by_second.track_count) filter (where abs(by_second.duration_s - minutes.minute * 60) between 3 and 10),
            0
        ) as neighbour_count
    from minutes
    cross join by_second
    group by
        by_second.release_year,
        minutes.minute
)

select
    release_year,
    minute,
    track_count / (neighbour_count / 16) as heaping_index,
    cast(track_count as bigint) as track_count
from around
where neighbour_count > 0
qualify min(neighbour_count) over (partition by release_year) >= fewest_around_minute()
order by
    release_year,
    minute
