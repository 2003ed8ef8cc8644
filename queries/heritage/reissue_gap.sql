-- How much later than its code was a track released?
-- One row per release decade with at least 100 coded tracks, and band of years between the ISRC's year and the release
-- year. The code's two digits are read as the last century above the snapshot's; codes began in 1986, so older
-- recordings carry a later code than their release date.
-- Denominator: tracks of the decade with a valid ISRC.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_code_or_year - coded_tracks_left_out = coded_tracks_in_decades
-- key: release_decade, gap_band
-- rows: 0..126
-- order: release_decade, band_order
-- within: release_decade 1900..snapshot, band_order 1..6
-- sums to 1 per release_decade: gap_share
with

banded as (
    select
        release_decade,
        case
            when gap_years < 0 then 1
            when gap_years = 0 then 2
            when gap_years = 1 then 3
            when gap_years < 5 then 4
            when gap_years < 10 then 5
            else 6
        end as band_order,
        sum(track_count) as track_count
    from tracks_by_isrc_gap
    group by
        release_decade,
        band_order
),

decades as (
    select
        release_decade,
        sum(track_count) as decade_count
    from banded
    group by release_decade
    having sum(track_count) >= 100
),

bands as (
    select cast(range as integer) as band_order
    from range(1, 7)
)

select
    decades.release_decade,
    ['code is later', 'same year', '1 year', '2–4 years', '5–9 years', '10 years or more'][bands.band_order]
        as gap_band,
    bands.band_order,
    coalesce(banded.track_count, 0) / decades.decade_count as gap_share,
    cast(coalesce(banded.track_count, 0) as bigint) as track_count
from decades
cross join bands
left join banded on decades.release_decade = banded.release_decade and bands.band_order = banded.band_order
order by
    decades.release_decade,
    bands.band_order
