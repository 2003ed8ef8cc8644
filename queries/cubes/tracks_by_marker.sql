-- One row per title marker and release year: tracks whose title carries it. A title may carry several.
-- markers.csv says what each is and how it is found.
with

marked as (
    select
        release_year,
        unnest(title_markers) as marker
    from staging.tracks
    where len(title_markers) > 0
)

select
    marker,
    release_year,
    cast(count(*) as bigint) as track_count
from marked
group by
    marker,
    release_year
