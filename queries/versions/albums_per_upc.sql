-- How many albums share a product code?
-- One row per number of albums, 1 to 19 and more.
-- Denominator: distinct UPCs.
--
-- unit: product codes
-- denominator: albums_in - albums_without_upc - further_album_count = upcs
-- key: albums_band
-- rows: 0..20
-- order: band_order
-- within: band_order 1..20
-- sums to 1: upc_share
select
    case when albums_from = 20 then '20+' else cast(albums_from as varchar) end as albums_band,
    albums_from as band_order,
    upc_count,
    upc_count / sum(upc_count) over () as upc_share
from upcs_by_albums
order by albums_from
