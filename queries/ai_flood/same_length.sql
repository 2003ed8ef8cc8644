-- On how many albums do most tracks have the same length to the second?
-- One row per release year with at least 100 albums of 8 or more tracks. Counted: albums on which at least half the
-- tracks have one length.
-- Denominator: albums of the year with 8 or more tracks of usable duration.
--
-- unit: albums
-- denominator: albums_in - albums_under_8_tracks - albums_of_small_years = albums_in_same_length_years
-- key: release_year
-- rows: 0..201
-- within: release_year 1900..snapshot, album_count 100..
select
    release_year,
    same_length_count / album_count as same_length_share,
    album_count
from albums_by_same_length
where
    release_year is not null
    and album_count >= 100
order by release_year
