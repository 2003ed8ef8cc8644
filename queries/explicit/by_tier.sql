-- Are popular tracks more often explicit?
-- One row per popularity tier with at least 20 tracks.
-- Denominator: tracks of the tier with a flag. The published share is of all tracks, the same on each row.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_flag - not_in_tiers_count = tracks_in_tiers
-- key: popularity_tier
-- rows: 0..6
-- order: tier_order
-- within: tier_order 1..6, track_count 20..
-- one of: popularity_tier 0 | 1–9 | 10–29 | 30–49 | 50–69 | 70–100
with

published_flags as (
    select sum(track_count) filter (where explicit) / sum(track_count) as explicit_share
    from published.tracks_by_explicit
)

select
    ['0', '1–9', '10–29', '30–49', '50–69', '70–100'][cube.popularity_tier] as popularity_tier,
    cube.popularity_tier as tier_order,
    coalesce(sum(cube.track_count) filter (where cube.is_explicit), 0) / sum(cube.track_count) as explicit_share,
    cast(sum(cube.track_count) as bigint) as track_count,
    any_value(published_flags.explicit_share) as published_all_share
from tracks_by_explicit as cube
cross join published_flags
where
    cube.popularity_tier is not null
    and cube.is_explicit is not null
group by cube.popularity_tier
having sum(cube.track_count) >= 20
order by tier_order
