-- Have major keys and valence changed with the release year?
-- One row per release year with at least 1,000 music-like tracks.
-- Denominator: music-like tracks of the year, with a mode for the share and a valence for the mean.
--
-- unit: tracks
-- denominator: tracks_in - not_music_like_count - not_in_years_count = tracks_in_years
-- key: release_year
-- rows: 0..201
-- may be unknown: major_share, mean_valence
-- within: release_year 1900..snapshot, mean_valence 0..1, track_count 1000..
with

modes as (
    select
        release_year,
        sum(track_count) as track_count,
        sum(track_count) filter (where mode is not null) as with_mode_count,
        coalesce(sum(track_count) filter (where mode = 1), 0) as major_count
    from tracks_by_mood
    where
        is_music_like
        and release_year is not null
    group by release_year
    having sum(track_count) >= fewest_in_year()
),

valences as (
    select
        release_year,
        sum(valence_sum) / nullif(sum(valence_count), 0) / 1000000 as mean_valence
    from features_by_year
    where
        is_music_like
        and release_year is not null
    group by release_year
)

select
    modes.release_year,
    modes.major_count / modes.with_mode_count as major_share,
    valences.mean_valence,
    cast(modes.track_count as bigint) as track_count
from modes
inner join valences on modes.release_year = valences.release_year
order by modes.release_year
