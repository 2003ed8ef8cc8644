-- Facts beside the question of machine-made music. None of them bounds how much of it there is: the data has no field.
-- before_end_ and after_end_ are Deezer’s last statement up to the month in which the data ends, and the next.
--
-- known: statement_count, published_highest_growth
-- within: *_growth -1.., *_growth_year 2005..2100
-- holds: tracks + tracks_left_out = tracks_in, tracks_in_zero_years <= tracks, tracks_in_marker_years <= tracks_in,
--   albums_in_same_length_years <= albums_of_8_and_more, albums + albums_without_year = albums_in
-- external: in_*_2025_*, latest_share, latest_month, statement_count, before_end_*, after_end_*, outside_*
with

deezer as (
    select
        max(share_of_deliveries_percent) filter (where month = '2025-01') / 100 as in_january_2025_share,
        max(share_of_deliveries_percent) filter (where month = '2025-09') / 100 as in_september_2025_share,
        max(share_of_deliveries_percent) filter (where month = '2025-11') / 100 as in_november_2025_share,
        arg_max(share_of_deliveries_percent, month) / 100 as latest_share,
        max(month) as latest_month,
        max(ai_tracks_per_day) filter (where month = '2025-09') as in_september_2025_per_day,
        max(ai_tracks_per_day) filter (where month = '2025-11') as in_november_2025_per_day,
        count(*) as statement_count
    from published.ai_deliveries_deezer
),

around_end as (
    select
        arg_max(delivery_share, month) filter (where month <= end_month) as before_end_share,
        max(month) filter (where month <= end_month) || '-01' as before_end_month,
        arg_min(delivery_share, month) filter (where month > end_month) as after_end_share,
        min(month) filter (where month > end_month) || '-01' as after_end_month
    from rows.deezer
),

outside as (
    select max(value) filter (where item = 'act_streams_in_a_week') as act_streams
    from published.outside_counts
),

zero as (
    select
        max(zero_share) filter (where release_year = snapshot.last_full_year) as latest_share,
        max(zero_share) filter (where release_year = snapshot.last_full_year - 10) as ten_years_before_share,
        max(share_standard_error(zero_share * track_count, track_count))
        filter (where release_year = snapshot.last_full_year) as latest_error,
        max(share_standard_error(zero_share * track_count, track_count))
        filter (where release_year = snapshot.last_full_year - 10) as ten_years_before_error,
        sum(track_count) as track_count
    from rows.zero_share
    cross join edition.snapshot as snapshot
),

same_length as (
    select
        sum(album_count) as album_count,
        sum(same_length_count) / nullif(sum(album_count), 0) as album_share
    from albums_by_same_length
),

same_length_years as (
    select sum(album_count) as album_count
    from rows.same_length
),

albums as (
    select
        sum(album_count) as album_count,
        coalesce(sum(album_count) filter (where release_year is not null), 0) as dated_count
    from albums_by_year
),

marker_years as (
    select sum(track_count) as track_count
    from tracks_by_popularity
    where release_year in (select release_year from rows.markers)
),

markers as (
    select
        max(marker_share) filter (where marker = 'sped up') as sped_up_share,
        max(marker_share) filter (where marker = 'slowed') as slowed_share,
        max(marker_share) filter (where marker = 'white noise') as white_noise_share,
        max(marker_share) filter (where marker = 'rain') as rain_share,
        max(marker_share) filter (where marker = 'karaoke') as karaoke_share,
        max(marker_share) filter (where marker = 'instrumental') as instrumental_share,
        max(marker_share) filter (where marker = 'chapter') as chapter_share,
        arg_min(marker, marker_order) as commonest_marker,
        arg_min(marker_share, marker_order) as commonest_marker_share
    from rows.marker_counts
),

growth as (
    select
        arg_max(computed_growth, release_year) filter (where computed_growth is not null) as latest_growth,
        max(release_year) filter (where computed_growth is not null) as latest_growth_year,
        max(published_growth) filter (where release_year = 2024) as published_2024_growth,
        max(published_growth) filter (where release_year = 2020) as published_2020_growth,
        max(published_growth) as published_highest_growth,
        arg_max(release_year, published_growth) as published_highest_growth_year
    from rows.growth
),

tracks as (
    select
        sum(track_count) as tracks_in,
        coalesce(sum(track_count) filter (where popularity is null or release_year is null), 0) as left_out_count,
        sum(track_count) filter (where popularity is not null and release_year is not null) as track_count
    from tracks_by_popularity
)

select
    deezer.*,
    around_end.*,
    cast(outside.act_streams as bigint) as outside_act_streams,
    zero.latest_share as latest_zero_share,
    zero.ten_years_before_share as ten_years_before_zero_share,
    zero.latest_share - zero.ten_years_before_share as zero_share_difference,
    difference_standard_error(zero.latest_error, zero.ten_years_before_error) as zero_share_difference_standard_error,
    same_length.album_share as same_length_album_share,
    cast(same_length.album_count as bigint) as albums_of_8_and_more,
    cast(same_length_years.album_count as bigint) as albums_in_same_length_years,
    cast(same_length.album_count - same_length_years.album_count as bigint) as albums_of_small_years,
    cast(albums.album_count as bigint) as albums_in,
    cast(albums.album_count - albums.dated_count as bigint) as albums_without_year,
    cast(albums.dated_count as bigint) as albums,
    cast(albums.album_count - same_length.album_count as bigint) as albums_under_8_tracks,
    cast(marker_years.track_count as bigint) as tracks_in_marker_years,
    cast(tracks.tracks_in - marker_years.track_count as bigint) as tracks_of_other_years,
    cast(zero.track_count as bigint) as tracks_in_zero_years,
    cast(tracks.track_count - zero.track_count as bigint) as tracks_of_small_years,
    markers.*,
    growth.*,
    cast(tracks.tracks_in as bigint) as tracks_in,
    cast(tracks.left_out_count as bigint) as tracks_left_out,
    cast(tracks.track_count as bigint) as tracks
from deezer
cross join around_end
cross join outside
cross join zero
cross join same_length
cross join same_length_years
cross join albums
cross join marker_years
cross join markers
cross join growth
cross join tracks
