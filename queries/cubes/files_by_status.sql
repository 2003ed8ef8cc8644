-- One row per status, popularity tier and release decade: tracks of the file list. Empty without one.
select
    status,
    cast(popularity_tier as integer) as popularity_tier,
    cast(release_year // 10 * 10 as integer) as release_decade,
    cast(count(*) as bigint) as track_count
from staging.track_files
group by
    status,
    popularity_tier,
    release_decade
