-- One row per label name, the 200 with the most tracks; all others in one row without a name.
-- Names are the label field as supplied: strings, not companies.
with

counted as (
    select
        label_key,
        sum(track_count) as track_count
    from staging.label_tracks
    group by label_key
),

-- The 200 and those that tie with the last of them.
largest as (
    select
        label_key,
        track_count
    from counted
    qualify rank() over (order by track_count desc) <= 200
),

named as (
    select
        largest.track_count,
        min(albums.label) as label
    from staging.albums as albums
    inner join largest on id_key(albums.label) = largest.label_key
    group by
        largest.label_key,
        largest.track_count
),

ranked as (
    select
        label,
        track_count,
        row_number() over (order by track_count desc, label) as label_rank
    from named
    qualify label_rank <= 200
)

select
    cast(label_rank as integer) as label_rank,
    label,
    cast(1 as bigint) as label_count,
    cast(track_count as bigint) as track_count
from ranked
union all
select
    201 as label_rank,
    null as label,
    cast(count(*) - 200 as bigint) as label_count,
    cast(sum(track_count) - (select sum(ranked.track_count) from ranked) as bigint) as track_count
from counted
having count(*) > 200
