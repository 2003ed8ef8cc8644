-- How many tracks, tracks with a recording code and different codes are there, as published?
-- One row per count. How many different codes there are was announced, in millions, and is recounted nowhere.
-- Denominator: all tracks.
--
-- unit: tracks, recordings
-- key: counted
-- rows: 3
-- order: counted_order
with

counts as (
    select
        'tracks' as counted,
        1 as counted_order,
        "rows" as published_count
    from published.totals
    where "table" = 'tracks'
    union all
    select
        'tracks with a code' as counted,
        2 as counted_order,
        "rows" as published_count
    from published.totals_additional
    where item = 'tracks_with_isrc'
    union all
    select
        'different codes' as counted,
        3 as counted_order,
        cast(value * 1000000 as bigint) as published_count
    from published.announcement
    where item = 'recordings_millions'
)

select
    counted,
    counted_order,
    published_count
from counts
order by counted_order
