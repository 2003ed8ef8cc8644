-- Do popular tracks crowd at 2:00, 3:00 and 4:00 as others do?
-- One row per popularity tier and minute. Tiers are left out where the 16 neighbouring seconds hold under 160 tracks at
-- any of the three minutes.
-- Denominator: tracks with a usable duration and a usable popularity.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_duration - tracks_without_popularity = tracks_with_popularity
-- key: popularity_tier, minute
-- rows: 0..18
-- order: tier_order, minute
-- within: tier_order 1..6, minute 2..4
-- one of: popularity_tier 0 | 1–9 | 10–29 | 30–49 | 50–69 | 70–100
with

by_second as (
    select
        popularity_tier,
        duration_s,
        sum(track_count) as track_count
    from tracks_by_duration
    where
        popularity_tier is not null
        and duration_s between 100 and 260
    group by
        popularity_tier,
        duration_s
),

minutes as (
    select cast(range as integer) as minute
    from range(2, 5)
),

around as (
    select
        by_second.popularity_tier,
        minutes.minute,
        coalesce(sum(by_second.track_count) filter (where by_second.duration_s = minutes.minute * 60), 0)
            as track_count,
        coalesce(
            sum(by_second.track_count) filter (where abs(by_second.duration_s - minutes.minute * 60) between 3 and 10),
            0
        ) as neighbour_count
    from minutes
    cross join by_second
    group by
        by_second.popularity_tier,
        minutes.minute
)

select
    ['0', '1–9', '10–29', '30–49', '50–69', '70–100'][popularity_tier] as popularity_tier,
    popularity_tier as tier_order,
    minute,
    track_count / (neighbour_count / 16) as heaping_index,
    cast(track_count as bigint) as track_count
from around
where neighbour_count > 0
qualify min(neighbour_count) over (partition by around.popularity_tier) >= fewest_around_minute()
order by
    tier_order,
    minute
