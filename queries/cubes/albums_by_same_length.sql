-- One row per release year: albums of 8 and more tracks with usable durations, and those in which at least half the
-- tracks have the same length to the second.
select
    release_year,
    cast(count(*) as bigint) as album_count,
    cast(count(*) filter (where same_length_count * 2 >= timed_count) as bigint) as same_length_count
from staging.album_tracks
where timed_count >= 8
group by release_year
