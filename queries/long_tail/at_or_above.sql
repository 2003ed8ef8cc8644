-- What share of tracks reaches each popularity, as published?
-- One row per popularity: the tracks at it and above. Read off a chart, and from 10 up scaled to the published bands.
-- Denominator: all tracks of the published counts.
--
-- unit: tracks
-- key: popularity
-- rows: 101
-- within: popularity 0..100
-- holds: published_count <= published_total_count
select
    popularity,
    cast(sum(track_count) over (order by popularity desc) as bigint) as published_count,
    cast(sum(track_count) over () as bigint) as published_total_count,
    sum(track_count) over (order by popularity desc) / sum(track_count) over () as published_share
from published.tracks_by_popularity_point
order by popularity
