-- One row per popularity: artists.
select
    cast(popularity as integer) as popularity,
    cast(count(*) as bigint) as artist_count
from staging.artists
group by popularity
