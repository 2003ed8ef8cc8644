-- One row per market: tracks that can be heard there, all and those of popularity 10 or more.
-- Tracks are counted per list of markets first, so that no list is taken apart more than once. Beyond 300 markets by
-- name (the standard has 249) the smallest are one row without a name; market_count is how many a row stands for.
with

lists as (
    select
        available_markets_rowid,
        count(*) as track_count,
        count(*) filter (where popularity >= 10) as popular_count
    from staging.tracks
    where market_count > 0
    group by available_markets_rowid
),

markets as (
    select
        unnest(available_markets.markets) as market,
        lists.track_count,
        lists.popular_count
    from staging.available_markets as available_markets
    inner join lists on available_markets.available_markets_rowid = lists.available_markets_rowid
),

counted as (
    select
        market,
        sum(track_count) as track_count,
        sum(popular_count) as popular_count
    from markets
    group by market
),

ranked as (
    select
        market,
        track_count,
        popular_count,
        row_number() over (order by track_count desc, market) as market_rank
    from counted
)

select
    case when market_rank <= 300 then market end as market,
    cast(count(*) as bigint) as market_count,
    cast(sum(track_count) as bigint) as track_count,
    cast(sum(popular_count) as bigint) as popular_count
from ranked
group by case when market_rank <= 300 then market end
