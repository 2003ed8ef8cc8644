-- How many tracks with audio features have each key and mode?
-- One row per key (-1: none was found) and mode. The Parquet re-cut has features as text, so they are cast everywhere.
select
    cast(key as bigint) as pitch_class,
    cast(mode as bigint) as mode_number,
    count(*) as track_count
from track_audio_features
where cast(null_response as bigint) = 0
group by
    cast(key as bigint),
    cast(mode as bigint)
