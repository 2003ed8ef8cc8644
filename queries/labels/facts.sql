-- Facts of label names. They are strings, not companies: one company has many, and one string may be of several.
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

concentration as (
    select
        arg_min(concentration_index, release_year) as first_index,
        arg_max(concentration_index, release_year) as last_index,
        min(release_year) as first_year,
        max(release_year) as last_year
    from rows.hhi
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
    cast(self_named.album_count as bigint) as albums_with_label,
    self_named.artist_name_share as artist_name_album_share,
    self_named.default_name_share as default_name_album_share
from labels
cross join tracks
cross join concentration
cross join self_named
