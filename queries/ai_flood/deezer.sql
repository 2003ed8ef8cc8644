-- What did Deezer say of its own deliveries?
-- One row per statement: the month it is about. Another service's intake, not this catalogue.
-- Denominator: tracks delivered to Deezer a day.
select
    month,
    ai_tracks_per_day,
    share_of_deliveries_percent / 100 as delivery_share
from published.ai_deliveries_deezer
order by month
