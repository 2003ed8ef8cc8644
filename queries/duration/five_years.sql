-- How long are tracks on average, by five release years, as published?
-- One row per five years that are all there: the mean of the five yearly means, each year counting the same.
-- Denominator: tracks of each release year.
--
-- unit: tracks
-- key: first_year
-- rows: 1..40
-- holds: first_year <= last_year
select
    release_year // 5 * 5 as first_year,
    release_year // 5 * 5 + 4 as last_year,
    avg(mean_duration_s) as published_mean_s
from published.mean_duration_by_release_year
group by release_year // 5
having count(*) = 5
order by first_year
