-- How large are groups of genres, as published?
-- One row per group. Not counted here: which genres make a group is not published.
-- Denominator: artists with a genre in a group; an artist may count in several.
--
-- unit: artists
-- key: genre_group
-- rows: 1..100
-- order: group_order
select
    genre_group,
    row_number() over (order by artist_count desc, genre_group) as group_order,
    artist_count as published_count
from published.genre_groups_by_artists
order by group_order
