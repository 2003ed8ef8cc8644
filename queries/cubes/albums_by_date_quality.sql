-- One row per release year, precision of the date and reason for which it is not usable: albums.
select
    release_year,
    case when release_date_precision in ('day', 'month', 'year') then release_date_precision end as date_precision,
    unusable_release_date as unusable_reason,
    cast(count(*) as bigint) as album_count
from staging.albums
group by
    release_year,
    date_precision,
    unusable_reason
