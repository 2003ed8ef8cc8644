-- What share of each release year's tracks has popularity 0?
-- One row per release year with at least 1,000 tracks. It says nothing about how they were made.
-- Denominator: tracks of the year with a usable popularity.
--
-- unit: tracks
-- denominator: tracks_in - tracks_left_out - tracks_of_small_years = tracks_in_zero_years
-- key: release_year
-- rows: 0..201
-- within: release_year 1900..snapshot, track_count 1000..
select
    release_year,
    coalesce(sum(track_count) filter (where popularity = 0), 0) / sum(track_count) as zero_share,
    cast(sum(track_count) as bigint) as track_count
from tracks_by_popularity
where
    release_year is not null
    and popularity is not null
group by release_year
having sum(track_count) >= fewest_in_year()
order by release_year
