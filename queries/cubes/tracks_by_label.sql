-- One row per label name, the 200 with the most tracks; all others in one row without a name.
-- Names are the label field as supplied: strings, not companies.
with

counted as (
    select
        label,
        sum(track_count) as track_count
    from staging.label_tracks
    group by label
),

ranked as (
    select
        label,
        track_count,
        row_number() over (order by track_count desc, label) as label_rank
    from counted
)

select
    cast(least(label_rank, 201) as integer) as label_rank,
    case when label_rank <= 200 then label end as label,
    cast(count(*) as bigint) as label_count,
    cast(sum(track_count) as bigint) as track_count
from ranked
group by
    least(label_rank, 201),
    case when label_rank <= 200 then label end
