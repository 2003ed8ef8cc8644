-- Does the explicit share differ by tier within a decade?
-- One row per release decade from 1960 and popularity tier with at least 50 tracks.
-- Denominator: tracks of the decade and tier with a flag.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_flag - not_in_cells_count = tracks_in_cells
-- key: release_decade, popularity_tier
-- rows: 0..90
-- order: release_decade, tier_order
-- within: release_decade 1960..snapshot, tier_order 1..6, track_count 50..
-- one of: popularity_tier 0 | 1–9 | 10–29 | 30–49 | 50–69 | 70–100
select
    cube.release_year // 10 * 10 as release_decade,
    ['0', '1–9', '10–29', '30–49', '50–69', '70–100'][cube.popularity_tier] as popularity_tier,
    cube.popularity_tier as tier_order,
    coalesce(sum(cube.track_count) filter (where cube.is_explicit), 0) / sum(cube.track_count) as explicit_share,
    cast(sum(cube.track_count) as bigint) as track_count
from tracks_by_explicit as cube
where
    cube.popularity_tier is not null
    and cube.release_year >= 1960
    and cube.is_explicit is not null
group by
    cube.release_year // 10 * 10,
    cube.popularity_tier
having sum(cube.track_count) >= 50
order by
    release_decade,
    tier_order
