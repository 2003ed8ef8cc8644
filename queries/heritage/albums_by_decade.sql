-- How many albums are dated to each decade, by the published counts?
-- One row per release decade.
-- Denominator: albums with a usable release year.
--
-- unit: albums
-- key: release_decade
-- rows: 1..20
-- sums to 1: published_share
select
    release_year // 10 * 10 as release_decade,
    cast(sum(album_count) as bigint) as published_count,
    sum(album_count) / sum(sum(album_count)) over () as published_share
from published.albums_by_release_year
where release_year <= (select snapshot_year from edition.snapshot)
group by release_year // 10
order by release_decade
