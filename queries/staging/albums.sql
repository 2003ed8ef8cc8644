-- One row per album, with its release year.
-- A release date is usable when it begins with a year from 1900 to the snapshot's; the label supplies it as a year, a
-- month or a day.
with

parsed as (
    select
        rowid as album_rowid,
        album_type,
        popularity,
        total_tracks,
        release_date,
        release_date_precision,
        nullif(trim(label), '') as label,
        nullif(trim(external_id_upc), '') as upc,
        case
            when regexp_matches(release_date, '^[0-9]{4}($|-)') then cast(substr(release_date, 1, 4) as integer)
        end as parsed_year
    from source.albums
)

select
    parsed.album_rowid,
    parsed.popularity,
    parsed.release_date_precision,
    parsed.label,
    parsed.upc,
    parsed.total_tracks,
    case when parsed.album_type in ('album', 'single', 'compilation') then parsed.album_type end as album_type,
    case
        when parsed.parsed_year between 1900 and snapshot.snapshot_year then parsed.parsed_year
    end as release_year,
    case
        when parsed.release_date is null then null
        when parsed.release_date = '' then 'empty'
        when parsed.parsed_year is null then 'not a date'
        when parsed.parsed_year < 1900 then 'before 1900'
        when parsed.parsed_year > snapshot.snapshot_year then 'after the snapshot'
    end as unusable_release_date,
    case
        when parsed.album_type not in ('album', 'single', 'compilation') then 'not album, single or compilation'
    end as unusable_album_type
from parsed
cross join staging.snapshot as snapshot
