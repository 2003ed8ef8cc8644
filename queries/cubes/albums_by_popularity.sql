-- One row per popularity: albums.
select
    cast(popularity as integer) as popularity,
    cast(count(*) as bigint) as album_count
from staging.albums
group by popularity
