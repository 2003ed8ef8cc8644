-- How often do titles carry words that mark functional, altered or mass-made tracks?
-- One row per marker and release year from 1990 with at least 1,000 tracks. A title may carry several markers.
-- Denominator: all tracks of the year.
--
-- unit: tracks
-- denominator: tracks_in - tracks_of_other_years = tracks_in_marker_years
-- key: marker, release_year
-- rows: 0..5000
-- order: marker_order, release_year
-- within: release_year 1990..snapshot
with

years as (
    select
        release_year,
        sum(track_count) as track_count
    from tracks_by_popularity
    where release_year >= 1990
    group by release_year
    having sum(track_count) >= fewest_in_year()
)

select
    markers.marker,
    markers.marker_order,
    years.release_year,
    coalesce(tracks_by_marker.track_count, 0) / years.track_count as marker_share,
    cast(coalesce(tracks_by_marker.track_count, 0) as bigint) as track_count
from years
cross join edition.markers as markers
left join tracks_by_marker
    on markers.marker = tracks_by_marker.marker and years.release_year = tracks_by_marker.release_year
where exists (select 1 from tracks_by_marker)
order by
    markers.marker_order,
    years.release_year
