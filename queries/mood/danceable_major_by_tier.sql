-- What share of each popularity tier is both danceable and in a major key?
-- One row per popularity tier with at least 100 tracks. Danceable: 0.5 or more. expected_share is what the two shares
-- of the tier would give if they had nothing to do with each other.
-- Denominator: music-like tracks with a mode and a danceability.
--
-- unit: tracks
-- denominator: tracks_in - not_music_like_count - not_in_tiers_count = tracks_in_tiers
-- key: popularity_tier
-- rows: 0..6
-- order: tier_order
-- within: tier_order 1..6, track_count 100..
-- one of: popularity_tier 0 | 1–9 | 10–29 | 30–49 | 50–69 | 70–100
with

by_tier as (
    select
        popularity_tier,
        sum(track_count) as track_count,
        coalesce(sum(track_count) filter (where mode = 1), 0) as major_count,
        coalesce(sum(track_count) filter (where is_danceable), 0) as danceable_count,
        coalesce(sum(track_count) filter (where mode = 1 and is_danceable), 0) as both_count
    from tracks_by_mood
    where
        is_music_like
        and popularity_tier is not null
        and mode is not null
        and is_danceable is not null
    group by popularity_tier
    having sum(track_count) >= 100
)

select
    ['0', '1–9', '10–29', '30–49', '50–69', '70–100'][popularity_tier] as popularity_tier,
    by_tier.popularity_tier as tier_order,
    both_count / track_count as danceable_major_share,
    major_count / track_count * (danceable_count / track_count) as expected_share,
    cast(track_count as bigint) as track_count
from by_tier
order by tier_order
