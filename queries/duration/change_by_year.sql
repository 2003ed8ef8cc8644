-- By how many seconds does the published mean duration differ from that of the year before?
-- One row per release year from the second on.
-- Denominator: tracks of the release year.
--
-- unit: tracks
-- key: release_year
-- rows: 1..200
with

changes as (
    select
        release_year,
        mean_duration_s - lag(mean_duration_s) over (order by release_year) as published_change
    from published.mean_duration_by_release_year
)

select
    release_year,
    round(published_change, 2) as published_change
from changes
where published_change is not null
order by release_year
