-- Which markets are served best and which least?
-- One row per market, the ten with the most and the ten with the fewest tracks.
-- Denominator: tracks whose list of markets is known and not empty.
select
    market,
    market_order,
    case when market_order <= 10 then 'most' else 'fewest' end as market_group,
    all_share,
    track_count
from rows.by_market
qualify
    market_order <= 10
    or market_order > max(market_order) over () - 10
order by market_order
