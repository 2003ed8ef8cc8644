-- On how many albums is the label the artist's own name, or a distributor's default?
-- One row per release year with at least 100 albums, and kind of name.
-- Denominator: albums of the year with a label name and an own artist.
--
-- unit: albums
-- denominator: albums_in - albums_without_label_or_artist - albums_of_small_years = albums_in_years
-- key: release_year, name_kind
-- rows: 0..402
-- within: release_year 1900..snapshot, album_count 100..
-- one of: name_kind artist’s own name | distributor’s default
select
    release_year,
    unnest(['artist’s own name', 'distributor’s default']) as name_kind,
    unnest([artist_name_count / album_count, default_name_count / album_count]) as album_share,
    album_count
from albums_by_self_label
where
    release_year is not null
    and album_count >= 100
order by
    release_year,
    name_kind
