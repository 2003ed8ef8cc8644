-- What share of tracks can be heard in each market, of all and of those with popularity 10 or more?
-- One row per market (ISO 3166-1 alpha-2), the best served first.
-- Denominator: tracks whose list of markets is known and not empty.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_list - unavailable_tracks = available_tracks
-- key: market
-- rows: 0..300
-- order: market_order
-- may be unknown: popular_share
with

totals as (
    select
        sum(track_count) as track_count,
        sum(track_count) filter (where popularity_tier >= 3) as popular_count
    from tracks_by_market_count
    where market_count > 0
)

select
    tracks_by_market.market,
    row_number() over (order by tracks_by_market.track_count desc, tracks_by_market.market) as market_order,
    tracks_by_market.track_count / totals.track_count as all_share,
    tracks_by_market.popular_count / nullif(totals.popular_count, 0) as popular_share,
    tracks_by_market.track_count
from tracks_by_market
cross join totals
where tracks_by_market.market is not null
order by market_order
