-- What share of each release year's tracks is flagged explicit, here and as published?
-- One row per release year with a published share or at least 100 tracks here.
-- Denominator: tracks of the year with a flag; false means no or unknown to the service.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_flag - tracks_without_year - tracks_of_small_years = tracks_in_years
-- key: release_year
-- rows: 1..201
-- may be unknown: computed_share, published_share, track_count
-- within: track_count 100..
with

by_year as (
    select
        release_year,
        coalesce(sum(track_count) filter (where is_explicit), 0) / sum(track_count) as computed_share,
        sum(track_count) as track_count
    from tracks_by_explicit
    where
        release_year is not null
        and is_explicit is not null
    group by release_year
    having sum(track_count) >= 100
)

select
    coalesce(by_year.release_year, published_years.release_year) as release_year,
    by_year.computed_share,
    published_years.explicit_percent / 100 as published_share,
    cast(by_year.track_count as bigint) as track_count
from by_year
full join published.explicit_share_by_release_year as published_years
    on by_year.release_year = published_years.release_year
order by 1
