-- Which markers are there, how are they found, and how many titles carry each?
-- One row per marker, commonest first. A title may carry several markers.
-- Denominator: all tracks.
--
-- unit: tracks
-- denominator: tracks_in
-- key: marker
-- rows: 0..100
-- order: marker_order
with

counted as (
    select
        marker,
        sum(track_count) as track_count
    from tracks_by_marker
    group by marker
)

select
    markers.marker,
    row_number() over (order by coalesce(counted.track_count, 0) desc, markers.marker_order) as marker_order,
    cast(coalesce(counted.track_count, 0) as bigint) as track_count,
    coalesce(counted.track_count, 0) / (select sum(track_count) from tracks_by_popularity) as marker_share,
    markers.pattern,
    markers.note
from edition.markers as markers
left join counted on markers.marker = counted.marker
where exists (select 1 from counted)
order by marker_order
