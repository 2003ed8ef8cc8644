-- Are 86 million files 37% of songs?
-- One row per statement: the share announced, and what the announced number of files is of the published tracks and of
-- the announced recordings.
-- Denominator: named in the row.
--
-- unit: files
-- key: denominator
-- rows: 4
-- order: denominator_order
with

announced as (
    select
        max(value) filter (where item = 'files_millions') as files_millions,
        max(value) filter (where item = 'files_percent') as files_percent,
        max(value) filter (where item = 'recordings_millions') as recordings_millions
    from published.announcement
),

totals as (
    select
        max("rows") filter (where "table" = 'tracks') as track_count,
        max("rows") filter (where "table" = 'track_files') as listed_count
    from published.totals
)

select
    unnest(['announced', 'of all tracks', 'of tracks on the file list', 'of announced recordings']) as denominator,
    unnest([1, 2, 3, 4]) as denominator_order,
    unnest([
        announced.files_percent / 100, announced.files_millions * 1000000 / totals.track_count,
        announced.files_millions * 1000000 / totals.listed_count,
        announced.files_millions / announced.recordings_millions
    ]) as published_share
from announced
cross join totals
order by denominator_order
