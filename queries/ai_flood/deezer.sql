-- What did Deezer say of its own deliveries?
-- One row per statement: the month it is about. Another service's intake, not this catalogue.
-- Denominator: tracks delivered to Deezer a day.
--
-- unit: deliveries
-- key: month
-- rows: 1..200
-- within: month 2025-01..2100-12, ai_tracks_per_day 0..
select
    month,
    ai_tracks_per_day,
    share_of_deliveries_percent / 100 as delivery_share
from published.ai_deliveries_deezer
order by month
