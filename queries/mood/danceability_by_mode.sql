-- Are tracks in major keys as danceable as those in minor keys?
-- One row per mode and bin of danceability (0.02, named by where it begins).
-- Denominator: music-like tracks with a mode and a danceability, each mode by itself.
--
-- unit: tracks
-- denominator: tracks_in - not_music_like_count - without_mode_or_danceability_count = with_mode_and_danceability_count
-- key: mode, danceability
-- rows: 0..100
-- within: danceability 0..0.98
-- one of: mode major | minor
-- sums to 1 per mode: mode_share
with

counted as (
    select
        case mode when 1 then 'major' else 'minor' end as mode,
        bin,
        sum(track_count) as track_count
    from feature_histograms
    where
        feature = 'danceability'
        and is_music_like
        and mode is not null
    group by
        mode,
        bin
)

select
    mode,
    bin / 50 as danceability,
    cast(track_count as bigint) as track_count,
    track_count / sum(track_count) over (partition by mode) as mode_share
from counted
order by
    mode,
    danceability
