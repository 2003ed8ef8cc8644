-- One row per release year and type of release: tracks.
select
    release_year,
    album_type,
    cast(count(*) as bigint) as track_count
from staging.tracks
group by
    release_year,
    album_type
