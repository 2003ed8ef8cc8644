-- Facts of preservation, NULL without the optional table but for the announced and published ones.
--
-- known: announced_share, announced_files, published_tracks
-- published: announced_*
-- holds: listed_tracks <= listed_in, listed_tracks_in_tiers <= listed_tracks,
--   listed_tracks_in_decades <= listed_tracks, success_count <= listed_tracks
with

files as (
    select
        sum(track_count) as track_count,
        coalesce(sum(track_count) filter (where status = 'success'), 0) as success_count,
        coalesce(sum(track_count) filter (where status = 'success' and popularity_tier >= 3), 0)
        / nullif(sum(track_count) filter (where status is not null and popularity_tier >= 3), 0)
            as ge_10_success_share,
        coalesce(sum(track_count) filter (where status in ('success', 'skipped_isrc_has_download')), 0)
            as success_or_copy_count,
        coalesce(sum(track_count) filter (where status = 'error_not_available'), 0) as not_available_count,
        coalesce(sum(track_count) filter (where status = 'success' and popularity_tier = 1), 0)
        / nullif(sum(track_count) filter (where status is not null and popularity_tier = 1), 0)
            as popularity_0_success_share,
        coalesce(sum(track_count) filter (where status = 'success' and release_decade >= 2020), 0)
        / nullif(sum(track_count) filter (where release_decade >= 2020), 0) as since_2020_success_share,
        coalesce(sum(track_count) filter (where status = 'success' and release_decade < 1980), 0)
        / nullif(sum(track_count) filter (where release_decade < 1980), 0) as before_1980_success_share,
        sum(track_count) filter (where popularity_tier is not null) as tier_count,
        sum(track_count) filter (where release_decade is not null) as decade_count
    from files_by_status
    where status is not null
),

listed as (
    select sum(track_count) as track_count
    from files_by_status
),

announced as (
    select
        max(published_share) filter (where denominator_order = 1) as share,
        max(published_share) filter (where denominator_order = 2) as of_tracks_share,
        max(published_share) filter (where denominator_order = 3) as of_listed_share,
        max(published_share) filter (where denominator_order = 4) as of_recordings_share
    from rows.arithmetic
),

numbers as (
    select
        max(value) filter (where item = 'files_millions') as files_millions,
        max(value) filter (where item = 'recordings_millions') as recordings_millions
    from published.announcement
),

published_totals as (
    select
        max("rows") filter (where "table" = 'tracks') as track_count,
        max("rows") filter (where "table" = 'track_files') as listed_count
    from published.totals
)

select
    cast(listed.track_count as bigint) as listed_in,
    cast(listed.track_count - files.track_count as bigint) as listed_without_status,
    cast(files.track_count as bigint) as listed_tracks,
    cast(files.tier_count as bigint) as listed_tracks_in_tiers,
    cast(files.track_count - files.tier_count as bigint) as listed_without_popularity,
    cast(files.decade_count as bigint) as listed_tracks_in_decades,
    cast(files.track_count - files.decade_count as bigint) as listed_without_year,
    case when files.track_count > 0 then files.success_count end as success_count,
    files.success_count / files.track_count as success_share,
    case when files.track_count > 0 then files.success_count / listed.track_count end as success_of_listed_share,
    files.success_count / nullif(files.track_count - files.not_available_count, 0) as success_of_available_share,
    files.success_or_copy_count / files.track_count as success_or_copy_share,
    (files.success_or_copy_count - files.success_count) / files.track_count as success_or_copy_difference,
    files.ge_10_success_share,
    files.popularity_0_success_share,
    files.since_2020_success_share,
    files.before_1980_success_share,
    announced.share as announced_share,
    announced.of_tracks_share as announced_of_tracks_share,
    announced.of_tracks_share - announced.share as announced_of_tracks_difference,
    announced.of_listed_share as announced_of_listed_share,
    announced.of_recordings_share as announced_of_recordings_share,
    numbers.files_millions * 1000000 as announced_files,
    numbers.recordings_millions * 1000000 as announced_recordings,
    -- Of how many songs the announced files would be the announced share, and how far the known totals are from that.
    cast(round(numbers.files_millions * 1000000 / nullif(announced.share, 0)) as bigint) as announced_song_count,
    numbers.files_millions * 1000000 / nullif(announced.share, 0) / published_totals.track_count - 1
        as announced_songs_to_tracks_difference,
    numbers.files_millions / nullif(announced.share, 0) / numbers.recordings_millions - 1
        as announced_songs_to_recordings_difference,
    -- The most files that round to the announced number.
    (numbers.files_millions + 0.5) * 1000000 / published_totals.track_count - announced.share
        as announced_with_rounding_difference,
    cast(round(announced.share * published_totals.track_count) as bigint) as announced_share_file_count,
    published_totals.track_count as published_tracks,
    published_totals.listed_count as published_listed_tracks,
    published_totals.track_count - published_totals.listed_count as published_unlisted_tracks
from files
cross join listed
cross join announced
cross join numbers
cross join published_totals
