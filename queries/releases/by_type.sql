-- What are releases labelled as, by the published counts?
-- One row per type of release. The type is the service's own label; its singles include short EPs.
-- Denominator: all albums.
--
-- unit: albums
-- key: album_type
-- rows: 1..10
-- order: type_order
-- sums to 1: published_share
select
    album_type,
    row_number() over (order by album_count desc, album_type) as type_order,
    album_count as published_count,
    album_count / sum(album_count) over () as published_share
from published.albums_by_type
order by type_order
