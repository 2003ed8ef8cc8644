-- How does popularity go with each audio feature, in a part of the archive?
-- One row per feature, the strongest first. Counted by someone else over a part that is no random sample.
-- Denominator: tracks of that part.
--
-- unit: tracks
-- key: feature
-- rows: 1..20
-- order: feature_order
-- within: correlation -1..1
select
    measure_b as feature,
    row_number() over (order by abs(correlation) desc, measure_b) as feature_order,
    correlation
from published.feature_correlations_subset
where measure_a = 'popularity'
order by feature_order
