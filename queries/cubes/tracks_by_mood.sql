-- One row per release year, popularity tier, key, mode and danceability (0.5 or more): tracks with features.
-- is_music_like tells the music-like from the rest.
select
    release_year,
    cast(popularity_tier as integer) as popularity_tier,
    is_music_like,
    cast(case when key >= 0 then key end as integer) as pitch_class,
    cast(mode as integer) as mode,
    danceability >= 500000 as is_danceable,
    cast(count(*) as bigint) as track_count
from staging.features
group by
    release_year,
    popularity_tier,
    is_music_like,
    case when key >= 0 then key end,
    mode,
    danceability >= 500000
