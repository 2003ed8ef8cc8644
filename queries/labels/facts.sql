-- Facts of label names. They are strings, not companies: one company has many, and one string may be of several.
-- latest_ is of the last full year, earlier_ of ten years before it.
--
-- within: *_index 0..1, latest_even_label_count 1..
-- holds: tracks + tracks_without_label = tracks_in, tracks_in_years <= tracks, top_10_share <= top_100_share,
--   albums_in_years <= albums_with_label, albums_with_label <= albums_in
with

labels as (
    select
        sum(label_count) as label_count,
        sum(track_count) as track_count,
        sum(track_count) filter (where label_rank <= 10) as top_10_count,
        sum(track_count) filter (where label_rank <= 100) as top_100_count
    from tracks_by_label
),

tracks as (
    select sum(track_count) as track_count
    from tracks_by_popularity
),

albums as (
    select sum(album_count) as album_count
    from albums_by_year
),

concentration as (
    select
        arg_min(concentration_index, release_year) as first_index,
        arg_max(concentration_index, release_year) as last_index,
        min(release_year) as first_year,
        max(release_year) as last_year
    from rows.hhi
),

full_years as (
    select max(release_year) as latest_year
    from rows.hhi
    where release_year <= (select last_full_year from edition.snapshot)
),

indices as (
    select
        max(hhi.concentration_index) filter (where hhi.release_year = full_years.latest_year) as latest_index,
        max(hhi.concentration_index) filter (where hhi.release_year = full_years.latest_year - 10) as earlier_index,
        sum(hhi.track_count) as track_count
    from rows.hhi as hhi
    cross join full_years
),

largest_of_year as (
    select
        max(concentration.track_share) filter (where concentration.release_year = full_years.latest_year)
            as latest_top_10_share,
        max(concentration.track_share) filter (where concentration.release_year = full_years.latest_year - 10)
            as earlier_top_10_share,
        max(concentration.label_count) filter (where concentration.release_year = full_years.latest_year)
            as latest_label_count
    from rows.concentration as concentration
    cross join full_years
    where concentration.largest_order = 1
),

own_names as (
    select
        max(self_named.album_share) filter (where self_named.release_year = full_years.latest_year) as latest_share,
        max(self_named.album_share) filter (where self_named.release_year = full_years.latest_year - 10)
            as earlier_share,
        sum(self_named.album_count) as album_count
    from rows.self_named as self_named
    cross join full_years
    where self_named.name_kind = 'artist’s own name'
),

largest as (
    select max(track_share) as track_share
    from rows.largest
),

self_named as (
    select
        sum(album_count) as album_count,
        sum(artist_name_count) / nullif(sum(album_count), 0) as artist_name_share,
        sum(default_name_count) / nullif(sum(album_count), 0) as default_name_share
    from albums_by_self_label
)

select
    cast(tracks.track_count as bigint) as tracks_in,
    cast(tracks.track_count - coalesce(labels.track_count, 0) as bigint) as tracks_without_label,
    cast(labels.track_count as bigint) as tracks,
    cast(labels.label_count as bigint) as label_count,
    labels.top_10_count / labels.track_count as top_10_share,
    labels.top_100_count / labels.track_count as top_100_share,
    concentration.first_index,
    concentration.last_index,
    concentration.first_year,
    concentration.last_year,
    largest.track_share as largest_label_share,
    full_years.latest_year,
    indices.latest_index,
    indices.earlier_index,
    -- So many names of one size would give the same index.
    cast(round(1 / nullif(indices.latest_index, 0)) as bigint) as latest_even_label_count,
    cast(indices.track_count as bigint) as tracks_in_years,
    cast(labels.track_count - indices.track_count as bigint) as tracks_of_small_years,
    largest_of_year.latest_top_10_share,
    largest_of_year.earlier_top_10_share,
    largest_of_year.latest_top_10_share - largest_of_year.earlier_top_10_share as latest_top_10_change,
    largest_of_year.latest_label_count,
    own_names.latest_share as latest_artist_name_share,
    own_names.earlier_share as earlier_artist_name_share,
    cast(albums.album_count as bigint) as albums_in,
    cast(albums.album_count - self_named.album_count as bigint) as albums_without_label_or_artist,
    cast(self_named.album_count as bigint) as albums_with_label,
    cast(self_named.album_count - own_names.album_count as bigint) as albums_of_small_years,
    cast(own_names.album_count as bigint) as albums_in_years,
    self_named.artist_name_share as artist_name_album_share,
    self_named.default_name_share as default_name_album_share
from labels
cross join tracks
cross join albums
cross join concentration
cross join full_years
cross join indices
cross join largest_of_year
cross join own_names
cross join largest
cross join self_named
