-- One row per recording (distinct valid ISRC): its tracks, the highest of their popularities, and how far they differ
-- where two of them or more are known.
select
    max(popularity) as popularity,
    count(*) as track_count,
    count(duration_s) as timed_count,
    case when count(popularity) > 1 then max(popularity) - min(popularity) end as popularity_spread,
    case when count(duration_s) > 1 then max(duration_s) - min(duration_s) end as duration_spread_s
from staging.tracks
where
    isrc_number is not null
    and slice(isrc_number)
group by isrc_number
