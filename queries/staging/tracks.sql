-- One row per track: every row of the source, with its album's release year, its duration in whole seconds (halves
-- up), its popularity tier, its recording's code, the number of its markets and the markers in its title.
-- An ISRC is normalised to upper case without spaces and hyphens; valid is 2 letters, 3 letters or digits, 7 digits.
-- It is kept as a number, which is quicker to group by than text: its first five characters as 40 bits, the
-- seven digits as 24.
-- Of the id there is what joins need: a number made of it, and its start, by which a join can be cut.
with

parsed as (
    select
        rowid as track_rowid,
        id_key(id) as track_key,
        id_start(id) as track_id_start,
        album_rowid,
        popularity,
        duration_ms,
        external_id_isrc,
        regexp_matches(external_id_isrc, '^[A-Z]{2}[A-Z0-9]{3}[0-9]{7}$') as is_plain_isrc,
        cast(date '1970-01-01' + cast(fetched_at // 86400000 as integer) as date) as fetched_day,
        release_date,
        available_markets_rowid,
        explicit = 1 as is_explicit,
        name,
        has_title_marker(name) as is_marked,
        case
            when regexp_matches(release_date, '^[0-9]{4}($|-)') then cast(substr(release_date, 1, 4) as integer)
        end as own_year
    from source.tracks
),

-- Most codes are as they should be; only the rest is looked at twice.
normalised as (
    select
        * exclude (external_id_isrc),
        case
            when is_plain_isrc then external_id_isrc
            else upper(replace(replace(external_id_isrc, '-', ''), ' ', ''))
        end as isrc,
        case when is_marked then folded_title(name) end as folded_name
    from parsed
),

checked as (
    select
        *,
        case
            when is_plain_isrc then true
            else regexp_matches(isrc, '^[A-Z]{2}[A-Z0-9]{3}[0-9]{7}$')
        end as is_isrc
    from normalised
)

select
    checked.track_rowid,
    checked.track_key,
    checked.track_id_start,
    cast(checked.popularity as tinyint) as popularity,
    cast(checked.duration_ms as integer) as duration_ms,
    cast((checked.duration_ms + 500) // 1000 as integer) as duration_s,
    checked.fetched_day,
    checked.is_explicit,
    case when checked.is_marked then title_markers(checked.name, checked.folded_name) end as title_markers,
    checked.available_markets_rowid,
    markets.market_count,
    albums.album_rowid,
    -- 1 for 0, then one more from each of these on.
    cast(
        1 + cast(checked.popularity >= 1 as tinyint) + cast(checked.popularity >= 10 as tinyint)
        + cast(checked.popularity >= 30 as tinyint) + cast(checked.popularity >= 50 as tinyint)
        + cast(checked.popularity >= 70 as tinyint) as tinyint
    ) as popularity_tier,
    coalesce(
        albums.release_year,
        case when checked.own_year between 1900 and snapshot.snapshot_year then checked.own_year end
    ) as release_year,
    case
        when checked.is_isrc
            then
                cast(cast(encode(left(checked.isrc, 5)) as bit) as bigint) << 24
                | cast(substr(checked.isrc, 6) as integer)
    end as isrc_number,
    case
        when albums.album_rowid is not null or checked.release_date is null then null
        when checked.release_date = '' then 'empty'
        when checked.own_year is null then 'not a date'
        when checked.own_year < 1900 then 'before 1900'
        when checked.own_year > snapshot.snapshot_year then 'after the snapshot'
    end as unusable_release_date,
    case
        when checked.is_isrc or checked.isrc is null then null
        when checked.isrc = '' then 'empty'
        else 'malformed'
    end as unusable_external_id_isrc,
    case
        when albums.album_rowid is not null or checked.album_rowid is null then null
        when exists (select 1 from staging.albums) then 'no such album'
    end as unusable_album_rowid,
    case
        when markets.available_markets_rowid is not null or checked.available_markets_rowid is null then null
        -- Where the table is absent no row of it is missing.
        when exists (select 1 from staging.available_markets) then 'no such list of markets'
    end as unusable_available_markets_rowid
from checked
cross join staging.snapshot as snapshot
left join staging.albums as albums on checked.album_rowid = albums.album_rowid
left join staging.available_markets as markets on checked.available_markets_rowid = markets.available_markets_rowid
