-- What share of a year's tracks carries one of the 10, 100 and 1,000 commonest label names of that year?
-- One row per release year with at least 1,000 tracks, and number of names.
-- Denominator: tracks of the year with a label name.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_label - tracks_of_small_years = tracks_in_years
-- key: release_year, largest
-- rows: 0..603
-- order: release_year, largest_order
-- within: release_year 1900..snapshot, track_count 1000..
-- one of: largest 10 largest | 100 largest | 1,000 largest
select
    release_year,
    unnest(['10 largest', '100 largest', '1,000 largest']) as largest,
    unnest([1, 2, 3]) as largest_order,
    unnest([top_10_count / track_count, top_100_count / track_count, top_1000_count / track_count]) as track_share,
    track_count,
    label_count
from labels_by_year
where track_count >= fewest_in_year()
order by
    release_year,
    largest_order
