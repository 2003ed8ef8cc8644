-- How many albums share a product code?
-- One row per number of albums, 1 to 19 and more.
-- Denominator: distinct UPCs.
select
    case when albums_from = 20 then '20+' else cast(albums_from as varchar) end as albums_band,
    albums_from as band_order,
    upc_count,
    upc_count / sum(upc_count) over () as upc_share
from upcs_by_albums
order by albums_from
