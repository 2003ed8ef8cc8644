-- One row per release year: tracks with a label name, label names, and tracks of that year's 10, 100 and 1,000 largest;
-- label_square_sum is the sum of the squares of the labels' tracks, for the concentration index.
with

ranked as (
    select
        release_year,
        track_count,
        row_number() over (partition by release_year order by track_count desc) as label_rank
    from staging.label_tracks
    where release_year is not null
)

select
    release_year,
    cast(count(*) as bigint) as label_count,
    cast(sum(track_count) as bigint) as track_count,
    cast(coalesce(sum(track_count) filter (where label_rank <= 10), 0) as bigint) as top_10_count,
    cast(coalesce(sum(track_count) filter (where label_rank <= 100), 0) as bigint) as top_100_count,
    cast(coalesce(sum(track_count) filter (where label_rank <= 1000), 0) as bigint) as top_1000_count,
    cast(sum(track_count * track_count) as decimal(38, 0)) as label_square_sum
from ranked
group by release_year
