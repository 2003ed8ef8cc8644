-- What share of all popularity, and of all followers, do the least popular hold together?
-- One row per measure and step, from the least to the most: Lorenz curves.
-- The published curve is made of counts by single points of popularity, which were read off a chart.
-- Denominator: tracks with a usable popularity; artists with a usable number of followers.
--
-- unit: tracks, artists
-- denominator: tracks_in - tracks_without_popularity = tracks;
--   artists_in - artists_without_followers = artists_with_followers_known
-- key: measure, population_share
-- rows: 0..1205
-- one of: measure popularity of tracks | followers of artists | popularity of tracks, published
-- holds: total_share <= population_share
with

by_popularity as (
    select
        popularity,
        sum(track_count) as track_count
    from tracks_by_popularity
    where popularity is not null
    group by popularity
),

steps as (
    select
        'popularity of tracks' as measure,
        popularity as step,
        track_count as item_count,
        popularity * track_count as total
    from by_popularity
    union all
    select
        'popularity of tracks, published' as measure,
        popularity as step,
        track_count as item_count,
        popularity * track_count as total
    from published.tracks_by_popularity_point
    where track_count > 0
    union all
    select
        'followers of artists' as measure,
        thousandth as step,
        artist_count as item_count,
        followers_sum as total
    from artists_by_followers
),

cumulative as (
    select
        measure,
        step,
        sum(item_count) over (partition by measure order by step) as items_so_far,
        sum(item_count) over (partition by measure) as items_in_all,
        sum(total) over (partition by measure order by step) as total_so_far,
        sum(total) over (partition by measure) as total_in_all
    from steps
),

curves as (
    select
        measure,
        0 as population_share,
        0 as total_share
    from cumulative
    where total_in_all > 0
    group by measure
    union all
    select
        measure,
        items_so_far / items_in_all as population_share,
        total_so_far / total_in_all as total_share
    from cumulative
    where total_in_all > 0
)

select
    measure,
    population_share,
    total_share
from curves
order by
    measure,
    population_share,
    total_share
