-- One row per release year, popularity tier and number of markets: tracks. NULL markets: the list is not known.
select
    release_year,
    cast(popularity_tier as integer) as popularity_tier,
    market_count,
    cast(count(*) as bigint) as track_count
from staging.tracks
group by
    release_year,
    popularity_tier,
    market_count
