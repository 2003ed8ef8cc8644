-- Which markets are served best and which least?
-- One row per market, the ten with the most and the ten with the fewest tracks.
-- Denominator: tracks whose list of markets is known and not empty.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_list - unavailable_tracks = available_tracks
-- key: market
-- rows: 0..20
-- order: market_order
-- one of: market_group most | fewest
select
    ranked.market,
    ranked.market_order,
    case when ranked.market_order <= 10 then 'most' else 'fewest' end as market_group,
    ranked.all_share,
    markets.track_count
from rows.by_market as ranked
inner join tracks_by_market as markets on ranked.market = markets.market
qualify
    ranked.market_order <= 10
    or ranked.market_order > max(ranked.market_order) over () - 10
order by ranked.market_order
