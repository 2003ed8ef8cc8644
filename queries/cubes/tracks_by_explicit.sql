-- One row per release year, popularity tier and explicit flag: tracks. false means no or unknown to the service.
select
    release_year,
    cast(popularity_tier as integer) as popularity_tier,
    is_explicit,
    cast(count(*) as bigint) as track_count
from staging.tracks
group by
    release_year,
    popularity_tier,
    is_explicit
