-- One row per status, popularity tier and release decade: tracks of the file list. Empty without one.
with

tracks as (
    select
        track_key,
        popularity_tier,
        release_year
    from staging.tracks
    where exists (select 1 from staging.track_files)
)

select
    files.status,
    cast(tracks.popularity_tier as integer) as popularity_tier,
    cast(tracks.release_year // 10 * 10 as integer) as release_decade,
    cast(count(*) as bigint) as track_count
from staging.track_files as files
left join tracks on files.track_key = tracks.track_key
group by
    files.status,
    tracks.popularity_tier,
    release_decade
