-- How loud are tracks, and how much do they differ?
-- One row per release year with at least 1,000 music-like tracks: mean and standard deviation in dB.
-- Denominator: music-like tracks of the year with a loudness.
--
-- unit: tracks
-- denominator: feature_count - not_music_like_count - undated_count - small_year_track_count = used_count
-- key: release_year
-- rows: 0..201
-- within: release_year 1900..snapshot, sd_db 0..
with

by_year as (
    select
        release_year,
        sum(loudness_count) as n,
        cast(sum(loudness_sum) as hugeint) as total,
        cast(sum(loudness_square_sum) as hugeint) as square_total
    from features_by_year
    where
        is_music_like
        and release_year is not null
    group by release_year
    having sum(track_count) >= fewest_in_year()
)

select
    release_year,
    cast(total as double) / n / 1000000 as mean_db,
    sqrt(cast(n * square_total - total * total as double) / n / (n - 1)) / 1000000 as sd_db,
    cast(n as bigint) as track_count
from by_year
where n > 1
order by release_year
