-- What did Deezer say of its own deliveries?
-- One row per statement: the month it is about, and that in which the data of this edition ends.
-- Another service's intake, not this catalogue.
-- Denominator: tracks delivered to Deezer a day.
--
-- unit: deliveries
-- key: month
-- rows: 1..200
-- may be unknown: end_month
-- within: month 2025-01..2100-12, ai_tracks_per_day 0..
select
    deezer.month,
    deezer.ai_tracks_per_day,
    deezer.share_of_deliveries_percent / 100 as delivery_share,
    strftime(snapshot.as_of, '%Y-%m') as end_month
from published.ai_deliveries_deezer as deezer
cross join edition.snapshot as snapshot
order by deezer.month
