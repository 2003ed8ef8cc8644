-- How many tracks have each popularity, here and as published?
-- One row per popularity, 0 to 100, also where no track has it. Published counts were read off a chart.
-- Denominator: all tracks with a usable popularity.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_popularity = tracks
-- key: popularity
-- rows: 101
-- may be unknown: track_count, published_count
-- within: popularity 0..100
with

scale as (
    select cast(range as integer) as popularity
    from range(0, 101)
),

counted as (
    select
        popularity,
        sum(track_count) as track_count
    from tracks_by_popularity
    where popularity is not null
    group by popularity
)

select
    scale.popularity,
    cast(case
        when exists (select 1 from counted) then coalesce(counted.track_count, 0)
    end as bigint) as track_count,
    published_points.track_count as published_count
from scale
left join counted on scale.popularity = counted.popularity
left join published.tracks_by_popularity_point as published_points
    on scale.popularity = published_points.popularity
order by scale.popularity
