-- One row per number of albums that share a UPC (20 and more folded): UPCs.
with

by_upc as (
    select
        upc,
        count(*) as album_count
    from staging.albums
    where upc is not null
    group by upc
)

select
    cast(least(album_count, 20) as integer) as albums_from,
    cast(count(*) as bigint) as upc_count,
    cast(sum(album_count) as bigint) as album_count
from by_upc
group by albums_from
