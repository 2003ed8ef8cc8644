-- How many fully AI-generated tracks a day does Deezer say it receives?
-- One row per statement: the month it is about. Most are lower bounds (“over”).
-- Another service's intake, not this catalogue.
-- Denominator: none; a number a day.
--
-- unit: deliveries
-- key: month
-- rows: 1..200
-- within: month 2025-01..2100-12, ai_tracks_per_day 0..
select
    month,
    ai_tracks_per_day
from published.ai_deliveries_deezer
order by month
