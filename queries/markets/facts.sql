-- Facts of markets. Shares are of tracks whose list of markets is known.
with

tracks as (
    select
        sum(track_count) as tracks_in,
        sum(track_count) filter (where market_count is not null) as track_count,
        coalesce(sum(track_count) filter (where market_count = 0), 0) as none_count,
        coalesce(sum(track_count) filter (where market_count = 1), 0) as one_count,
        coalesce(sum(track_count) filter (where market_count >= 180), 0) as ge_180_count,
        coalesce(sum(track_count) filter (where market_count >= 180 and popularity_tier >= 3), 0)
        / nullif(sum(track_count) filter (where market_count is not null and popularity_tier >= 3), 0)
            as popular_ge_180_share
    from tracks_by_market_count
),

markets as (
    select
        count(*) as market_count,
        max(all_share) as highest_share,
        min(all_share) as lowest_share,
        max(popular_share) as highest_popular_share,
        min(popular_share) as lowest_popular_share,
        arg_min(market, market_order) as best_served,
        arg_max(market, market_order) as least_served
    from rows.by_market
)

select
    cast(tracks.tracks_in as bigint) as tracks_in,
    cast(tracks.tracks_in - tracks.track_count as bigint) as tracks_without_list,
    cast(tracks.track_count as bigint) as tracks,
    tracks.none_count / tracks.track_count as no_market_share,
    tracks.one_count / tracks.track_count as one_market_share,
    tracks.ge_180_count / tracks.track_count as ge_180_markets_share,
    tracks.popular_ge_180_share,
    cast(tracks.track_count - tracks.none_count as bigint) as available_tracks,
    case when markets.market_count > 0 then markets.market_count end as market_count,
    markets.highest_share,
    markets.lowest_share,
    markets.highest_share - markets.lowest_share as share_spread,
    markets.highest_popular_share - markets.lowest_popular_share as popular_share_spread,
    markets.best_served,
    markets.least_served
from tracks
cross join markets
