-- One row per recording (distinct valid ISRC): its tracks, the highest of their popularities, and how far they differ.
select
    max(popularity) as popularity,
    count(*) as track_count,
    max(popularity) - min(popularity) as popularity_spread,
    max(duration_s) - min(duration_s) as duration_spread_s
from staging.tracks
where
    isrc_number is not null
    and slice(isrc_number)
group by isrc_number
