-- How concentrated are a year's tracks on label names?
-- One row per release year with at least 1,000 tracks. Herfindahl–Hirschman index: the sum of the squared shares, from
-- 0 to 1.
-- Denominator: tracks of the year with a label name.
select
    release_year,
    cast(label_square_sum as double) / track_count / track_count as concentration_index,
    track_count
from labels_by_year
where track_count >= 1000
order by release_year
