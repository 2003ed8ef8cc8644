-- Do round years hold more albums than their neighbours?
-- One row per release year, from 1950 to two before the last full one, with 100 albums or more in the four years
-- around.
-- bump: albums of the year over the mean of the two years before and the two after; published_bump likewise from the
-- published counts.
-- Denominator: albums with a usable release year.
--
-- unit: albums
-- denominator: albums_in - undated_albums = albums_with_year
-- key: release_year
-- rows: 70..151
-- may be unknown: computed_*, published_*
-- within: release_year 1950..2100, *_bump 0..
with

computed as (
    select
        release_year,
        sum(album_count) as album_count
    from albums_by_year
    where release_year is not null
    group by release_year
),

computed_around as (
    select
        year.release_year,
        any_value(year.album_count) / (sum(neighbour.album_count) / 4) as bump,
        heaping_standard_error(any_value(year.album_count), sum(neighbour.album_count), 4) as standard_error
    from computed as year
    inner join computed as neighbour
        on abs(year.release_year - neighbour.release_year) between 1 and 2
    where year.release_year <= (select last_full_year from edition.snapshot) - 2
    group by year.release_year
    having
        count(*) = 4
        and sum(neighbour.album_count) >= fewest_in_group()
),

published_around as (
    select
        year.release_year,
        any_value(year.album_count) / (sum(neighbour.album_count) / 4) as bump,
        heaping_standard_error(any_value(year.album_count), sum(neighbour.album_count), 4) as standard_error
    from published.albums_by_release_year as year
    inner join published.albums_by_release_year as neighbour
        on abs(year.release_year - neighbour.release_year) between 1 and 2
    where year.release_year < 2023
    group by year.release_year
    having count(*) = 4
)

select
    coalesce(computed_around.release_year, published_around.release_year) as release_year,
    computed_around.bump as computed_bump,
    computed_around.standard_error as computed_standard_error,
    published_around.bump as published_bump,
    published_around.standard_error as published_standard_error
from computed_around
full join published_around on computed_around.release_year = published_around.release_year
where coalesce(computed_around.release_year, published_around.release_year) >= 1950
order by release_year
