-- How many tracks have each popularity?
-- One row per popularity, 0 to 100, also where no track has it.
-- Denominator: all tracks with a usable popularity.
--
-- unit: tracks
-- key: popularity
-- rows: 0 or 101
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
    cast(coalesce(counted.track_count, 0) as bigint) as track_count
from scale
left join counted on scale.popularity = counted.popularity
where exists (select 1 from counted)
order by scale.popularity
