-- One row per release decade and gap in years between the ISRC's year and the release year: tracks.
-- The 6th and 7th characters of an ISRC are the year it was assigned; two digits above the snapshot's are of the last
-- century. A positive gap: released under a code older than the release. Folded at 60 years on both sides.
with

coded as (
    select
        tracks.release_year,
        (tracks.isrc_number & 16777215) // 100000 as isrc_digits,
        snapshot.snapshot_year % 100 as snapshot_digits
    from staging.tracks as tracks
    cross join staging.snapshot as snapshot
    where
        tracks.isrc_number is not null
        and tracks.release_year is not null
)

select
    cast(release_year // 10 * 10 as integer) as release_decade,
    cast(greatest(least(
        release_year - (isrc_digits + case when isrc_digits > snapshot_digits then 1900 else 2000 end), 60
    ), -60) as integer) as gap_years,
    cast(count(*) as bigint) as track_count
from coded
group by
    release_decade,
    gap_years
