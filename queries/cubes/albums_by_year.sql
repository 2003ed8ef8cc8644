-- One row per release year, type and number of tracks (above 50 folded into 51): albums.
select
    release_year,
    album_type,
    cast(case when total_tracks > 51 then 51 else total_tracks end as integer) as total_tracks,
    cast(count(*) as bigint) as album_count
from staging.albums
group by
    release_year,
    album_type,
    case when total_tracks > 51 then 51 else total_tracks end
