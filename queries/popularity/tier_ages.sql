-- How old are the tracks of each popularity tier?
-- One row per tier with at least 20 tracks, and band of age in years (year of the snapshot minus release year).
-- Denominator: tracks of the tier with a usable release year.
--
-- unit: tracks
-- denominator: tracks_in - tracks_left_out - not_in_tiers_count = tracks_in_tiers
-- key: popularity_tier, age_band
-- rows: 0..30
-- order: tier_order, band_order
-- within: tier_order 1..6, band_order 1..5
-- one of: popularity_tier 0 | 1–9 | 10–29 | 30–49 | 50–69 | 70–100;
--   age_band 0–1 | 2–4 | 5–9 | 10–19 | 20+
-- sums to 1 per popularity_tier: tier_share
with

banded as (
    select
        case
            when cube.popularity = 0 then 1
            when cube.popularity < 10 then 2
            when cube.popularity < 30 then 3
            when cube.popularity < 50 then 4
            when cube.popularity < 70 then 5
            else 6
        end as tier_order,
        case
            when snapshot.snapshot_year - cube.release_year <= 1 then 1
            when snapshot.snapshot_year - cube.release_year <= 4 then 2
            when snapshot.snapshot_year - cube.release_year <= 9 then 3
            when snapshot.snapshot_year - cube.release_year <= 19 then 4
            else 5
        end as band_order,
        sum(cube.track_count) as track_count
    from tracks_by_popularity as cube
    cross join edition.snapshot as snapshot
    where
        cube.release_year is not null
        and cube.popularity is not null
    group by
        tier_order,
        band_order
),

tiers as (
    select
        tier_order,
        sum(track_count) as tier_count
    from banded
    group by tier_order
    having sum(track_count) >= 20
),

bands as (
    select cast(range as integer) as band_order
    from range(1, 6)
)

select
    ['0', '1–9', '10–29', '30–49', '50–69', '70–100'][tiers.tier_order] as popularity_tier,
    tiers.tier_order,
    ['0–1', '2–4', '5–9', '10–19', '20+'][bands.band_order] as age_band,
    bands.band_order,
    cast(coalesce(banded.track_count, 0) as bigint) as track_count,
    coalesce(banded.track_count, 0) / tiers.tier_count as tier_share
from tiers
cross join bands
left join banded on tiers.tier_order = banded.tier_order and bands.band_order = banded.band_order
order by
    tiers.tier_order,
    bands.band_order
