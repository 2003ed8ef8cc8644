-- What share of each release year's tracks can be heard in no market?
-- One row per release year with at least 100 tracks.
-- Denominator: tracks of the year whose list of markets is known.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_list - tracks_without_year - tracks_in_small_years = tracks_in_years
-- key: release_year
-- rows: 0..201
-- within: release_year 1900..snapshot, track_count 100..
select
    release_year,
    coalesce(sum(track_count) filter (where market_count = 0), 0) / sum(track_count) as unavailable_share,
    cast(sum(track_count) as bigint) as track_count
from tracks_by_market_count
where
    release_year is not null
    and market_count is not null
group by release_year
having sum(track_count) >= 100
order by release_year
