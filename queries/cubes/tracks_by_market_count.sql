-- One row per release year, popularity tier and number of markets (above 250 folded): tracks. NULL markets: the list
-- is not known.
select
    release_year,
    cast(popularity_tier as integer) as popularity_tier,
    cast(case when market_count > 250 then 250 else market_count end as integer) as market_count,
    cast(count(*) as bigint) as track_count
from staging.tracks
group by
    release_year,
    popularity_tier,
    case when market_count > 250 then 250 else market_count end
