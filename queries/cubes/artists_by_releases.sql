-- One row per release year and number of releases in it (banded): artists, over their own albums only.
with

per_artist as (
    select
        release_year,
        count(*) as release_count
    from staging.artist_albums
    where
        is_own
        and release_year is not null
    group by
        artist_rowid,
        release_year
)

select
    release_year,
    cast(case
        when release_count = 1 then 1
        when release_count < 5 then 2
        when release_count < 10 then 5
        when release_count < 50 then 10
        when release_count < 200 then 50
        else 200
    end as integer) as releases_from,
    cast(count(*) as bigint) as artist_count
from per_artist
group by
    release_year,
    releases_from
