-- How precise are release dates?
-- One row per release decade with at least 100 albums, and precision.
-- Denominator: albums of the decade whose date has a known precision.
--
-- unit: albums
-- denominator: albums_in - albums_left_out = albums_in_decades
-- key: release_decade, date_precision
-- rows: 0..63
-- order: release_decade, precision_order
-- within: release_decade 1900..snapshot
-- one of: date_precision day | month | year
-- sums to 1 per release_decade: precision_share
with

counted as (
    select
        release_year // 10 * 10 as release_decade,
        date_precision,
        sum(album_count) as album_count
    from albums_by_date_quality
    where
        release_year is not null
        and date_precision is not null
    group by
        release_decade,
        date_precision
),

decades as (
    select
        release_decade,
        sum(album_count) as decade_count
    from counted
    group by release_decade
    having sum(album_count) >= 100
),

precisions as (
    select
        unnest(['day', 'month', 'year']) as date_precision,
        unnest([1, 2, 3]) as precision_order
)

select
    decades.release_decade,
    precisions.date_precision,
    precisions.precision_order,
    coalesce(counted.album_count, 0) / decades.decade_count as precision_share,
    cast(coalesce(counted.album_count, 0) as bigint) as album_count
from decades
cross join precisions
left join counted
    on decades.release_decade = counted.release_decade and precisions.date_precision = counted.date_precision
order by
    decades.release_decade,
    precisions.precision_order
