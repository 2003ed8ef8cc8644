-- One row per track: every row of the source, with its album's release year, its duration in whole seconds (halves
-- up), its popularity tier, its recording's code, the number of its markets and the markers in its title.
-- An ISRC is normalised to upper case without spaces and hyphens; valid is 2 letters, 3 letters or digits, 7 digits.
with

parsed as (
    select
        rowid as track_rowid,
        id as track_id,
        album_rowid,
        popularity,
        duration_ms,
        (duration_ms + 500) // 1000 as duration_s,
        external_id_isrc,
        upper(replace(replace(external_id_isrc, '-', ''), ' ', '')) as isrc,
        cast(date '1970-01-01' + cast(fetched_at // 86400000 as integer) as date) as fetched_day,
        release_date,
        available_markets_rowid,
        explicit = 1 as is_explicit,
        title_markers(name) as title_markers,
        case
            when regexp_matches(release_date, '^[0-9]{4}($|-)') then cast(substr(release_date, 1, 4) as integer)
        end as own_year
    from source.tracks
)

select
    parsed.track_rowid,
    parsed.track_id,
    parsed.popularity,
    parsed.duration_ms,
    parsed.duration_s,
    parsed.fetched_day,
    parsed.is_explicit,
    parsed.title_markers,
    parsed.available_markets_rowid,
    markets.market_count,
    albums.album_rowid,
    albums.album_type,
    albums.label,
    case
        when parsed.popularity = 0 then 1
        when parsed.popularity < 10 then 2
        when parsed.popularity < 30 then 3
        when parsed.popularity < 50 then 4
        when parsed.popularity < 70 then 5
        when parsed.popularity >= 70 then 6
    end as popularity_tier,
    coalesce(
        albums.release_year,
        case when parsed.own_year between 1900 and snapshot.snapshot_year then parsed.own_year end
    ) as release_year,
    case
        when regexp_matches(parsed.isrc, '^[A-Z]{2}[A-Z0-9]{3}[0-9]{7}$') then parsed.isrc
    end as isrc,
    case
        when albums.album_rowid is not null or parsed.release_date is null then null
        when parsed.release_date = '' then 'empty'
        when parsed.own_year is null then 'not a date'
        when parsed.own_year < 1900 then 'before 1900'
        when parsed.own_year > snapshot.snapshot_year then 'after the snapshot'
    end as unusable_release_date,
    case
        when parsed.isrc = '' then 'empty'
        when not regexp_matches(parsed.isrc, '^[A-Z]{2}[A-Z0-9]{3}[0-9]{7}$') then 'malformed'
    end as unusable_external_id_isrc,
    case
        when parsed.album_rowid is not null and albums.album_rowid is null then 'no such album'
    end as unusable_album_rowid,
    case
        when parsed.available_markets_rowid is not null and markets.available_markets_rowid is null
            then 'no such list of markets'
    end as unusable_available_markets_rowid
from parsed
cross join staging.snapshot as snapshot
left join staging.albums as albums on parsed.album_rowid = albums.album_rowid
left join staging.available_markets as markets on parsed.available_markets_rowid = markets.available_markets_rowid
