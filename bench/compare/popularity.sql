-- How many tracks have each popularity?
-- One row per popularity, unknown among them.
select
    popularity,
    count(*) as track_count
from tracks
group by popularity
