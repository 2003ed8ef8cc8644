-- What share of each popularity tier is on no playlist?
-- One row per popularity tier.
-- Denominator: tracks of the tier.
--
-- unit: tracks
-- denominator: tracks - tracks_without_popularity = tracks_in_tiers
-- key: popularity_tier
-- rows: 0..6
-- order: tier_order
-- within: tier_order 1..6
-- one of: popularity_tier 0 | 1–9 | 10–29 | 30–49 | 50–69 | 70–100
select
    ['0', '1–9', '10–29', '30–49', '50–69', '70–100'][cube.popularity_tier] as popularity_tier,
    cube.popularity_tier as tier_order,
    coalesce(sum(cube.track_count) filter (where cube.playlists_from = 0), 0) / sum(cube.track_count) as none_share,
    cast(sum(cube.track_count) as bigint) as track_count
from tracks_by_playlists as cube
where cube.popularity_tier is not null
group by cube.popularity_tier
order by tier_order
