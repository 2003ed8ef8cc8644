-- How concentrated are a year's tracks on label names?
-- One row per release year with at least 1,000 tracks. Herfindahl–Hirschman index: the sum of the squared shares, from
-- 0 to 1.
-- Denominator: tracks of the year with a label name.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_label - tracks_of_small_years = tracks_in_years
-- key: release_year
-- rows: 0..201
-- within: release_year 1900..snapshot, concentration_index 0..1, track_count 1000..
select
    release_year,
    cast(label_square_sum as double) / track_count / track_count as concentration_index,
    track_count
from labels_by_year
where track_count >= fewest_in_year()
order by release_year
