-- What are the mean audio features of all tracks, as published?
-- One row per feature on a scale from 0 to 1, the largest mean first.
-- Denominator: tracks with features.
--
-- unit: tracks
-- key: feature
-- rows: 1..20
-- order: feature_order
-- within: published_mean 0..1
select
    feature,
    row_number() over (order by mean desc, feature) as feature_order,
    mean as published_mean
from published.audio_feature_means
where feature != 'tempo'
order by feature_order
