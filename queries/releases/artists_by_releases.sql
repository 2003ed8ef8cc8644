-- How many artists put out one release in a year, and how many put out dozens?
-- One row per release year from 1950 and band of releases that some artist is in; own albums only.
-- Denominator: artists with at least one own album of that year.
--
-- unit: artists
-- denominator: artist_years_in - artist_years_before_1950 = artist_years
-- key: release_year, releases_band
-- rows: 0..906
-- order: release_year, band_order
-- within: release_year 1950..snapshot, band_order 1..6, artist_count 1..
select
    release_year,
    case releases_from
        when 1 then '1'
        when 2 then '2–4'
        when 5 then '5–9'
        when 10 then '10–49'
        when 50 then '50–199'
        else '200+'
    end as releases_band,
    cast(
        case releases_from when 1 then 1 when 2 then 2 when 5 then 3 when 10 then 4 when 50 then 5 else 6 end as integer
    )
        as band_order,
    artist_count,
    release_year > (select last_full_year from edition.snapshot) as is_partial
from artists_by_releases
where release_year >= 1950
order by
    release_year,
    band_order
