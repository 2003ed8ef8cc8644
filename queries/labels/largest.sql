-- Which label names stand on the most tracks?
-- One row per name, the 30 with the most tracks. A name is a string that someone typed, not a company.
-- Denominator: tracks with a label name.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_label = tracks
-- key: label
-- rows: 0..30
-- order: label_order
-- within: label_order 1..30
-- sums to at most 1: track_share
select
    label,
    label_rank as label_order,
    track_count,
    track_count / (select sum(cube.track_count) from tracks_by_label as cube) as track_share
from tracks_by_label
where
    label is not null
    and label_rank <= 30
order by label_rank
