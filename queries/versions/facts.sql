-- Facts of versions. A duplicate is a track whose ISRC another track carries too. Of the surplus, lengths agree where
-- all that are known of a recording lie within two seconds; a track of unknown length is in the untimed surplus.
--
-- known: published_tracks, published_recordings
-- within: tracks_per_recording 1.., albums_per_upc 1..
-- holds: tracks + tracks_without_isrc = tracks_in, one_track_recordings + multi_track_recordings = recordings,
--   malformed_isrcs + empty_isrcs + missing_isrcs = tracks_without_isrc,
--   albums_with_upc + albums_without_upc = albums_in,
--   timed_recordings + untimed_recordings = multi_track_recordings,
--   recordings_of_20_and_more <= multi_track_recordings
with

recordings as (
    select
        sum(recording_count) as recording_count,
        sum(track_count) as track_count,
        coalesce(sum(track_count) filter (where tracks_from > 1), 0) as duplicate_count,
        coalesce(sum(recording_count) filter (where tracks_from > 1), 0) as multi_track_count,
        coalesce(sum(recording_count) filter (where duration_spread_s <= 2), 0)
        / nullif(sum(recording_count) filter (where duration_spread_s is not null), 0) as same_duration_share,
        coalesce(sum(recording_count) filter (where tracks_from >= 20), 0) as ge_20_count,
        coalesce(sum(track_count) filter (where tracks_from >= 20), 0) as ge_20_track_count,
        coalesce(sum(recording_count) filter (where duration_spread_s is not null), 0) as timed_count,
        coalesce(sum(recording_count) filter (where duration_spread_s >= 61), 0)
        / nullif(sum(recording_count) filter (where duration_spread_s is not null), 0) as over_60_s_share,
        coalesce(sum(recording_count) filter (where duration_spread_s = 0), 0)
        / nullif(sum(recording_count) filter (where duration_spread_s is not null), 0) as no_difference_share,
        coalesce(sum(timed_track_count - recording_count) filter (where duration_spread_s <= 2), 0)
            as same_duration_surplus_count,
        sum(track_count - recording_count)
        - coalesce(sum(timed_track_count - recording_count) filter (where duration_spread_s is not null), 0)
            as untimed_surplus_count
    from recordings_by_tracks
),

tracks as (
    select sum(track_count) as track_count
    from tracks_by_popularity
),

unusable as (
    select
        coalesce(sum(value_count) filter (where reason = 'malformed'), 0) as malformed_count,
        coalesce(sum(value_count) filter (where reason = 'empty'), 0) as empty_count
    from edition.unusable
    where
        table_name = 'tracks'
        and column_name = 'external_id_isrc'
),

upcs as (
    select
        sum(upc_count) as upc_count,
        coalesce(sum(upc_count) filter (where albums_from > 1), 0) as shared_count,
        sum(album_count) as album_count
    from upcs_by_albums
),

albums as (
    select sum(album_count) as album_count
    from albums_by_year
),

published_totals as (
    select max("rows") as track_count
    from published.totals
    where "table" = 'tracks'
),

published_with_code as (
    select max("rows") as track_count
    from published.totals_additional
    where item = 'tracks_with_isrc'
),

published_codes as (
    select max("value") * 1000000 as recording_count
    from published.announcement
    where item = 'recordings_millions'
)

select
    cast(tracks.track_count as bigint) as tracks_in,
    cast(tracks.track_count - coalesce(recordings.track_count, 0) as bigint) as tracks_without_isrc,
    cast(recordings.track_count as bigint) as tracks,
    cast(recordings.recording_count as bigint) as recordings,
    recordings.track_count / recordings.recording_count as tracks_per_recording,
    recordings.duplicate_count / recordings.track_count as duplicate_track_share,
    1 - recordings.recording_count / recordings.track_count as surplus_track_share,
    recordings.multi_track_count / recordings.recording_count as multi_track_recording_share,
    cast(recordings.multi_track_count as bigint) as multi_track_recordings,
    recordings.same_duration_share,
    cast(recordings.ge_20_count as bigint) as recordings_of_20_and_more,
    -- Where no track has a code, valid or not, nobody gave any: that says nothing of the tracks.
    case
        when coalesce(recordings.track_count, 0) + unusable.malformed_count > 0
            then (tracks.track_count - coalesce(recordings.track_count, 0)) / tracks.track_count
    end as without_isrc_share,
    cast(unusable.malformed_count as bigint) as malformed_isrcs,
    cast(unusable.empty_count as bigint) as empty_isrcs,
    cast(upcs.upc_count as bigint) as upcs,
    upcs.album_count / upcs.upc_count as albums_per_upc,
    published_totals.track_count as published_tracks,
    cast(published_with_code.track_count as bigint) as published_tracks_with_isrc,
    cast(published_codes.recording_count as bigint) as published_recordings,
    published_totals.track_count / published_codes.recording_count as published_tracks_per_recording,
    1 - published_codes.recording_count / published_totals.track_count as published_surplus_track_share,
    recordings.recording_count / published_codes.recording_count - 1 as recordings_to_published_change,
    recordings.track_count / recordings.recording_count - published_totals.track_count / published_codes.recording_count
        as repetition_difference,
    abs(
        recordings.track_count / recordings.recording_count
        - published_totals.track_count / published_codes.recording_count
    ) as repetition_gap,
    cast(recordings.track_count - recordings.recording_count as bigint) as further_track_count,
    cast(tracks.track_count - recordings.track_count - unusable.malformed_count - unusable.empty_count as bigint)
        as missing_isrcs,
    cast(recordings.recording_count - recordings.multi_track_count as bigint) as one_track_recordings,
    cast(recordings.ge_20_track_count as bigint) as tracks_of_20_and_more,
    cast(recordings.timed_count as bigint) as timed_recordings,
    cast(recordings.multi_track_count - recordings.timed_count as bigint) as untimed_recordings,
    recordings.no_difference_share,
    recordings.over_60_s_share,
    recordings.same_duration_surplus_count / recordings.track_count as same_duration_surplus_share,
    recordings.untimed_surplus_count / recordings.track_count as untimed_surplus_share,
    cast(albums.album_count as bigint) as albums_in,
    cast(upcs.album_count as bigint) as albums_with_upc,
    cast(upcs.album_count - upcs.upc_count as bigint) as further_album_count,
    cast(albums.album_count - upcs.album_count as bigint) as albums_without_upc,
    upcs.shared_count / upcs.upc_count as shared_upc_share,
    1 - upcs.upc_count / upcs.album_count as surplus_album_share
from recordings
cross join tracks
cross join unusable
cross join upcs
cross join albums
cross join published_totals
cross join published_with_code
cross join published_codes
