-- What became of the tracks of each popularity tier?
-- One row per popularity tier and status.
-- Denominator: tracks of the tier that are on the file list with a known status.
--
-- unit: tracks
-- denominator: listed_in - listed_without_status - listed_without_popularity = listed_tracks_in_tiers
-- key: popularity_tier, status
-- rows: 0..48
-- order: tier_order, status
-- within: tier_order 1..6
-- one of: status success | error_not_available | error_has_replacement | skipped_isrc_has_download |
--   skipped_low_priority | todo_unk | error_no_ogg160 | error_zero_duration
-- sums to 1 per popularity_tier: status_share
with

counted as (
    select
        popularity_tier,
        status,
        sum(track_count) as track_count
    from files_by_status
    where
        popularity_tier is not null
        and status is not null
    group by
        popularity_tier,
        status
)

select
    ['0', '1–9', '10–29', '30–49', '50–69', '70–100'][counted.popularity_tier] as popularity_tier,
    counted.popularity_tier as tier_order,
    counted.status,
    counted.track_count / sum(counted.track_count) over (partition by counted.popularity_tier) as status_share,
    cast(counted.track_count as bigint) as track_count
from counted
order by
    tier_order,
    counted.status
