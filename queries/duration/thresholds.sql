-- How many tracks are just long enough to be paid for?
-- One row per release year with at least 1,000 tracks, and length window: 30–35 s (a stream counts from 30 s),
-- 120–125 s (functional sound is paid from 2 minutes since 2024).
-- Denominator: tracks of the year with a usable duration.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_duration - tracks_without_year - tracks_of_years_under_1000
--   = tracks_in_window_years
-- key: release_year, length_window
-- rows: 0..402
-- within: release_year 1900..snapshot, track_count 1000..
-- one of: length_window 30–35 s | 120–125 s
with

by_year as (
    select
        release_year,
        sum(track_count) as track_count,
        coalesce(sum(track_count) filter (where duration_s between 30 and 35), 0) as from_30_to_35_count,
        coalesce(sum(track_count) filter (where duration_s between 120 and 125), 0) as from_120_to_125_count
    from tracks_by_duration
    where
        duration_s is not null
        and release_year is not null
    group by release_year
    having sum(track_count) >= fewest_in_year()
),

windows as (
    select
        release_year,
        '30–35 s' as length_window,
        from_30_to_35_count as window_count,
        track_count
    from by_year
    union all
    select
        release_year,
        '120–125 s' as length_window,
        from_120_to_125_count as window_count,
        track_count
    from by_year
)

select
    release_year,
    length_window,
    cast(track_count as bigint) as track_count,
    window_count / track_count as window_share
from windows
order by
    release_year,
    length_window
