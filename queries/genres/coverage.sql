-- How much of the catalogue has no genre?
-- One row per unit: artists, tracks (with no artist that has one), followers (of artists without).
-- Denominator: all artists, all tracks, followers of all artists.
--
-- unit: artists, tracks, followers
-- denominator: artists_in; tracks_in; followers_in
-- key: unit
-- rows: 0..3
-- order: unit_order
-- one of: unit artists | tracks | followers
select
    unit,
    cast(case unit when 'artists' then 1 when 'tracks' then 2 else 3 end as integer) as unit_order,
    1 - with_genre_count / item_count as without_share,
    item_count - with_genre_count as without_count
from genre_coverage
where
    item_count > 0
    and exists (select 1 from artists_by_genre)
order by unit_order
