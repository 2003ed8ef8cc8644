-- How is each audio feature spread in a part of the archive?
-- One row per feature: mean, median and quartiles. Counted by someone else over a part that is no random sample.
-- Denominator: tracks of that part.
--
-- unit: tracks
-- key: feature
-- rows: 1..20
-- order: feature_order
-- within: mean_value 0..1, median_value 0..1, lower_value 0..1, upper_value 0..1
-- holds: lower_value <= median_value, median_value <= upper_value
select
    feature,
    row_number() over (order by median desc, mean desc, feature) as feature_order,
    mean as mean_value,
    median as median_value,
    lower_quartile as lower_value,
    upper_quartile as upper_value
from published.feature_summary_subset
order by feature_order
