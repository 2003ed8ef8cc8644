-- One row per title marker and release year: tracks whose title carries it. A title may carry several.
-- markers.csv says what each is and how it is found.
-- The titles are counted by what they carry first, so that few markers are told apart.
with

carried as (
    select
        release_year,
        title_markers,
        count(*) as track_count
    from staging.tracks
    where title_markers <> 0
    group by
        release_year,
        title_markers
),

marked as (
    select
        release_year,
        track_count,
        unnest(marker_names(title_markers)) as marker
    from carried
)

select
    marker,
    release_year,
    cast(sum(track_count) as bigint) as track_count
from marked
group by
    marker,
    release_year
