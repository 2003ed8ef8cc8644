-- How old is what there is, and how old is what is popular?
-- One row per release decade and group of tracks.
-- Denominator: tracks of the group with a usable release year (for the popular ones: and popularity).
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_year = tracks
-- key: release_decade, track_group
-- rows: 0..42
-- within: release_decade 1900..snapshot
-- one of: track_group all tracks | popularity 30 or more
-- sums to 1 per track_group: decade_share
with

grouped as (
    select
        'all tracks' as track_group,
        release_year // 10 * 10 as release_decade,
        sum(track_count) as track_count
    from tracks_by_popularity
    where release_year is not null
    group by release_decade
    union all
    select
        'popularity 30 or more' as track_group,
        release_year // 10 * 10 as release_decade,
        sum(track_count) as track_count
    from tracks_by_popularity
    where
        release_year is not null
        and popularity >= 30
    group by release_decade
)

select
    release_decade,
    track_group,
    cast(track_count as bigint) as track_count,
    track_count / sum(track_count) over (partition by track_group) as decade_share
from grouped
order by
    release_decade,
    track_group
