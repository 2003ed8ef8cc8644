-- One row per release year and popularity: tracks.
select
    release_year,
    cast(popularity as integer) as popularity,
    cast(count(*) as bigint) as track_count
from staging.tracks
group by
    release_year,
    popularity
