-- Which audio features go together most, in a part of the archive?
-- One row per pair of features, the strongest first. Counted by someone else over a part that is no random sample.
-- Denominator: tracks of that part.
--
-- unit: tracks
-- key: feature_a, feature_b
-- rows: 1..100
-- order: pair_order
-- within: correlation -1..1
select
    measure_a as feature_a,
    measure_b as feature_b,
    row_number() over (order by abs(correlation) desc, measure_a, measure_b) as pair_order,
    correlation
from published.feature_correlations_subset
where
    measure_a not in ('popularity', 'duration')
    and measure_b != 'duration'
order by pair_order
