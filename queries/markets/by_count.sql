-- In how many markets can a track be heard?
-- One row per band of markets.
-- Denominator: tracks whose list of markets is known.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_list = tracks
-- key: market_band
-- rows: 0 or 7
-- order: band_order
-- sums to 1: track_share
with

banded as (
    select
        case
            when market_count = 0 then 1
            when market_count = 1 then 2
            when market_count < 10 then 3
            when market_count < 50 then 4
            when market_count < 100 then 5
            when market_count < 180 then 6
            else 7
        end as band_order,
        sum(track_count) as track_count
    from tracks_by_market_count
    where market_count is not null
    group by band_order
),

bands as (
    select cast(range as integer) as band_order
    from range(1, 8)
)

select
    ['none', '1', '2–9', '10–49', '50–99', '100–179', '180 or more'][bands.band_order] as market_band,
    bands.band_order,
    cast(coalesce(banded.track_count, 0) as bigint) as track_count,
    coalesce(banded.track_count, 0) / (select sum(track_count) from banded) as track_share
from bands
left join banded on bands.band_order = banded.band_order
where exists (select 1 from banded)
order by bands.band_order
