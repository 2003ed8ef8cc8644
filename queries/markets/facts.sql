-- Facts of markets. Shares are of tracks whose list of markets is known.
--
-- within: *_spread 0..1, *_unavailable_year 1900..2100
-- holds: tracks + tracks_without_list = tracks_in, available_tracks + unavailable_tracks = tracks,
--   popular_available_tracks <= available_tracks,
--   tracks_in_years + tracks_in_small_years + tracks_without_year = tracks
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
        only_arg_max(market, all_share) as best_served,
        only_arg_min(market, all_share) as least_served,
        length(list_filter(list(all_share), lambda share: share = list_max(list(all_share)))) as best_served_count,
        length(list_filter(list(all_share), lambda share: share = list_min(list(all_share)))) as least_served_count,
        quantile_disc(all_share, 0.5) as median_share,
        quantile_disc(all_share, 0.9) - quantile_disc(all_share, 0.1) as middle_spread,
        quantile_disc(popular_share, 0.5) as median_popular_share,
        quantile_disc(popular_share, 0.9) - quantile_disc(popular_share, 0.1) as popular_middle_spread
    from rows.by_market
),

named as (
    select sum(market_count) as market_count
    from tracks_by_market
),

groups as (
    select
        coalesce(sum(track_count) filter (where popularity_tier >= 3), 0) as popular_count,
        coalesce(sum(track_count) filter (where market_count > 0 and popularity_tier >= 3), 0)
            as popular_available_count,
        coalesce(sum(track_count) filter (where market_count > 0), 0) as available_count,
        coalesce(sum(track_count) filter (where market_count = 0 and popularity_tier >= 3), 0)
        / nullif(sum(track_count) filter (where popularity_tier >= 3), 0) as popular_no_market_share,
        coalesce(sum(track_count) filter (where market_count = 1 and popularity_tier >= 3), 0)
        / nullif(sum(track_count) filter (where popularity_tier >= 3), 0) as popular_one_market_share
    from tracks_by_market_count
    where market_count is not null
),

-- Of the popular more than of the rest, which is what more than of all comes to.
higher as (
    select count(*) filter (where is_above(popular_share - rest_share, standard_error, 0)) as market_count
    from (
        select
            served.popular_count / nullif(groups.popular_available_count, 0) as popular_share,
            (served.track_count - served.popular_count)
            / nullif(groups.available_count - groups.popular_available_count, 0) as rest_share,
            difference_standard_error(
                share_standard_error(served.popular_count, groups.popular_available_count),
                share_standard_error(
                    served.track_count - served.popular_count, groups.available_count - groups.popular_available_count
                )
            ) as standard_error
        from tracks_by_market as served
        cross join groups
        where served.market is not null
    ) as shares
),

years as (
    select
        sum(track_count) as track_count,
        min(release_year) filter (where is_shown) as first_year,
        arg_min(unavailable_share, release_year) filter (where is_shown) as first_share,
        max(release_year) filter (where is_shown and is_full) as last_year,
        arg_max(unavailable_share, release_year) filter (where is_shown and is_full) as last_share,
        arg_max(release_year, (unavailable_share, -release_year)) filter (where is_shown) as highest_year,
        max(unavailable_share) filter (where is_shown) as highest_share
    from (
        select
            unavailable.*,
            unavailable.release_year <= snapshot.last_full_year as is_full,
            unavailable.track_count >= fewest_in_year() as is_shown
        from rows.unavailable_by_year as unavailable
        cross join edition.snapshot as snapshot
    ) as by_year
),

undated as (
    select coalesce(sum(track_count) filter (where release_year is null), 0) as track_count
    from tracks_by_market_count
    where market_count is not null
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
    cast(named.market_count as bigint) as market_count,
    markets.highest_share,
    markets.lowest_share,
    markets.highest_share - markets.lowest_share as share_spread,
    markets.highest_popular_share - markets.lowest_popular_share as popular_share_spread,
    markets.highest_popular_share - markets.lowest_popular_share - (markets.highest_share - markets.lowest_share)
        as popular_share_spread_difference,
    markets.popular_middle_spread - markets.middle_spread as middle_spread_difference,
    sqrt(0.5 / nullif(tracks.track_count, 0) + 0.5 / nullif(groups.popular_count, 0))
        as middle_spread_difference_standard_error,
    markets.best_served,
    markets.least_served,
    case when markets.market_count > 0 then markets.best_served_count end as best_served_count,
    case when markets.market_count > 0 then markets.least_served_count end as least_served_count,
    cast(tracks.none_count as bigint) as unavailable_tracks,
    markets.median_share,
    markets.median_popular_share,
    markets.middle_spread,
    markets.popular_middle_spread,
    -- Of a difference of two shares that are not far from half; it is less where the same tracks are in both markets.
    sqrt(0.5 / nullif(tracks.track_count, 0)) as middle_spread_standard_error,
    sqrt(0.5 / nullif(groups.popular_count, 0)) as popular_middle_spread_standard_error,
    case when markets.market_count = named.market_count then higher.market_count end
        as popular_higher_market_count,
    cast(groups.popular_available_count as bigint) as popular_available_tracks,
    groups.popular_no_market_share,
    groups.popular_one_market_share,
    cast(undated.track_count as bigint) as tracks_without_year,
    cast(years.track_count as bigint) as tracks_in_years,
    cast(tracks.track_count - undated.track_count - years.track_count as bigint) as tracks_in_small_years,
    years.first_year as first_unavailable_year,
    years.first_share as first_unavailable_share,
    years.last_year as last_unavailable_year,
    years.last_share as last_unavailable_share,
    years.highest_year as highest_unavailable_year,
    years.highest_share as highest_unavailable_share
from tracks
cross join markets
cross join named
cross join groups
cross join higher
cross join years
cross join undated
