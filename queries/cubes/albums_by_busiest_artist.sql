-- One row per release year and number of releases that the album's busiest own artist has in it (banded): albums.
with

per_artist as (
    select
        artist_rowid,
        release_year,
        count(*) as release_count
    from staging.artist_albums
    where
        is_own
        and release_year is not null
    group by
        artist_rowid,
        release_year
),

per_album as (
    select
        own.album_rowid,
        own.release_year,
        max(per_artist.release_count) as release_count
    from staging.artist_albums as own
    inner join per_artist
        on
            own.artist_rowid = per_artist.artist_rowid
            and own.release_year = per_artist.release_year
    where own.is_own
    group by
        own.album_rowid,
        own.release_year
)

select
    release_year,
    cast(case
        when release_count = 1 then 1
        when release_count < 5 then 2
        when release_count < 10 then 5
        when release_count < 50 then 10
        when release_count < 200 then 50
        else 200
    end as integer) as releases_from,
    cast(count(*) as bigint) as album_count
from per_album
group by
    release_year,
    releases_from
