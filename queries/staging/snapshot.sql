-- When was the archive taken?
-- One row. as_of is the latest day a track was fetched; without fetch dates it is NULL, and the snapshot's year is
-- the latest release year that at least one in 10,000 dated releases has (a few dates lie in the future).
with

fetched as (
    select max(fetched_at) as latest_ms
    from source.tracks
),

dated as (
    select cast(substr(release_date, 1, 4) as integer) as release_year
    from source.albums
    where regexp_matches(release_date, '^[0-9]{4}($|-)')
    union all
    select cast(substr(release_date, 1, 4) as integer) as release_year
    from source.tracks
    where regexp_matches(release_date, '^[0-9]{4}($|-)')
),

by_year as (
    select
        release_year,
        count(*) as release_count
    from dated
    group by release_year
),

latest_year as (
    select max(release_year) as release_year
    from by_year
    where release_count * 10000 >= (select sum(release_count) from by_year)
)

select
    cast(date '1970-01-01' + cast(fetched.latest_ms // 86400000 as integer) as date) as as_of,
    cast(coalesce(
        year(cast(date '1970-01-01' + cast(fetched.latest_ms // 86400000 as integer) as date)),
        latest_year.release_year,
        2100
    ) as integer) as snapshot_year
from fetched
cross join latest_year
