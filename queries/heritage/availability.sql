-- What share of each decade's tracks can be heard in no market?
-- One row per release decade with at least 100 tracks.
-- Denominator: tracks of the decade whose list of markets is known.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_market_list - tracks_with_markets_left_out = tracks_with_markets_in_decades
-- key: release_decade
-- rows: 0..21
-- within: release_decade 1900..snapshot, track_count 100..
select
    release_year // 10 * 10 as release_decade,
    coalesce(sum(track_count) filter (where market_count = 0), 0) / sum(track_count) as unavailable_share,
    cast(sum(track_count) as bigint) as track_count
from tracks_by_market_count
where
    release_year is not null
    and market_count is not null
group by release_year // 10 * 10
having sum(track_count) >= 100
order by release_decade
