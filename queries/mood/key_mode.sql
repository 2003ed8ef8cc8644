-- Which keys and modes do tracks have, here and as published?
-- One row per key and mode.
-- Denominator: music-like tracks with a key and a mode; published: tracks with a key.
--
-- unit: tracks
-- denominator: tracks_in - not_music_like_count - without_key_or_mode_count = with_key_and_mode_count
-- key: key, mode
-- rows: 24
-- order: key_order, mode
-- may be unknown: computed_share
-- within: key_order 0..11
-- one of: mode major | minor
-- sums to 1: computed_share
-- sums to 1 within 0.01: published_share
with

keys as (
    select
        unnest(['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B']) as key,
        unnest([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) as key_order
),

modes as (
    select
        unnest(['major', 'minor']) as mode,
        unnest([1, 0]) as mode_number
),

computed as (
    select
        pitch_class,
        mode,
        sum(track_count) as track_count
    from tracks_by_mood
    where
        is_music_like
        and pitch_class is not null
        and mode is not null
    group by
        pitch_class,
        mode
)

select
    keys.key,
    keys.key_order,
    modes.mode,
    coalesce(computed.track_count, 0) / (select sum(track_count) from computed) as computed_share,
    published_keys.track_percent / 100 as published_share
from keys
cross join modes
left join computed
    on
        keys.key_order = computed.pitch_class
        and modes.mode_number = computed.mode
left join published.key_and_mode as published_keys
    on
        keys.key = published_keys.key
        and modes.mode = published_keys.mode
order by
    keys.key_order,
    modes.mode
