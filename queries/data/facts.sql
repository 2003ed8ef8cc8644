-- Facts of the data: rows of each table as they are kept, NULL where the edition lacks the table.
--
-- known: rows_read, rows_dropped
-- external: outside_*
-- within: *_without_* 0.., unusable_* 0.., repeated_* 0..
-- holds: rows_dropped <= rows_read, features <= feature_rows, track_artists <= pair_rows, tracks_with_isrc <= tracks,
--   recordings <= tracks_with_isrc
with

kept as (
    select
        max(rows_kept) filter (where table_name = 'tracks') as tracks,
        max(rows_kept) filter (where table_name = 'albums') as albums,
        max(rows_kept) filter (where table_name = 'artists') as artists,
        max(rows_kept) filter (where table_name = 'track_artists') as track_artists,
        max(rows_kept) filter (where table_name = 'artist_albums') as artist_albums,
        max(rows_kept) filter (where table_name = 'artist_genres') as artist_genres,
        max(rows_kept) filter (where table_name = 'available_markets') as available_markets,
        max(rows_kept) filter (where table_name = 'track_audio_features') as features,
        max(rows_read) filter (where table_name = 'track_audio_features') as feature_rows,
        max(rows_read) filter (where table_name = 'track_artists') as pair_rows,
        max(rows_read) filter (where table_name = 'artist_albums') as artist_album_rows,
        max(rows_read) filter (where table_name = 'artist_genres') as artist_genre_rows,
        max(rows_read) filter (where table_name = 'playlist_tracks') as playlist_rows,
        max(rows_read) filter (where table_name = 'track_files') as file_rows,
        coalesce(sum(rows_read), 0) as rows_read,
        coalesce(sum(rows_read) - sum(rows_kept), 0) as rows_dropped
    from edition.tables
),

recordings as (
    select
        coalesce(sum(recording_count), 0) as recordings,
        coalesce(sum(track_count), 0) as tracks_with_isrc
    from recordings_by_popularity
),

isrc as (
    select count(*) > 0 as is_absent
    from edition.absent_columns
    where
        table_name = 'tracks'
        and column_name = 'external_id_isrc'
),

genres as (
    select cast(coalesce(sum(genre_count), 0) as bigint) as distinct_genres
    from (
        select any_value(genre_count) as genre_count
        from artists_by_genre
        group by genre
    ) as by_genre
),

unusable as (
    select
        coalesce(sum(value_count), 0) as unusable_values,
        coalesce(sum(value_count) filter (where table_name = 'tracks' and column_name = 'duration_ms'), 0)
            as unusable_durations,
        coalesce(sum(value_count) filter (where table_name = 'tracks' and column_name = 'popularity'), 0)
            as unusable_popularities,
        coalesce(sum(value_count) filter (where column_name = 'external_id_isrc' and reason = 'malformed'), 0)
            as malformed_isrcs,
        coalesce(
            sum(value_count) filter (where column_name = 'release_date' and reason = 'after the snapshot'), 0
        ) as future_dates,
        coalesce(
            sum(value_count) filter (where column_name = 'release_date' and reason <> 'after the snapshot'), 0
        ) as unusable_dates,
        coalesce(sum(value_count) filter (where table_name = 'track_audio_features'), 0) as unusable_feature_values,
        coalesce(
            sum(value_count) filter (
                where table_name = 'tracks' and column_name = 'id' and reason = 'repeats another row''s'
            ),
            0
        ) as repeated_track_ids
    from edition.unusable
),

dropped as (
    select
        coalesce(sum(row_count) filter (where table_name = 'track_artists' and reason = 'repeats another row'), 0)
            as repeated_pairs,
        coalesce(sum(row_count) filter (where table_name = 'track_audio_features' and reason = 'null response'), 0)
            as null_responses,
        coalesce(sum(row_count) filter (where table_name = 'track_audio_features' and reason = 'no such track'), 0)
            as features_without_track,
        coalesce(sum(row_count) filter (where table_name = 'track_artists' and contains(reason, 'no such track')), 0)
            as pairs_without_track,
        coalesce(sum(row_count) filter (where table_name = 'track_artists' and contains(reason, 'no such artist')), 0)
            as pairs_without_artist,
        coalesce(sum(row_count) filter (where table_name = 'artist_albums' and contains(reason, 'no such')), 0)
            as artist_albums_without_either,
        coalesce(sum(row_count) filter (where table_name = 'artist_genres' and reason = 'no such artist'), 0)
            as genres_without_artist,
        coalesce(sum(row_count) filter (where table_name = 'playlist_tracks' and contains(reason, 'no such')), 0)
            as playlist_tracks_without_either,
        coalesce(sum(row_count) filter (where table_name = 'track_files' and reason = 'no such track'), 0)
            as files_without_track
    from edition.dropped
),

published_totals as (
    select
        max("rows") filter (where "table" = 'tracks') as tracks,
        max("rows") filter (where "table" = 'albums') as albums,
        max("rows") filter (where "table" = 'artists') as artists,
        max("rows") filter (where "table" = 'audio_features_non_null_matched') as features,
        max("rows") filter (where "table" = 'distinct_genres') as distinct_genres
    from published.totals
),

outside as (
    select max(value) filter (where item = 'tracks_by_an_insider') as tracks
    from published.outside_counts
),

counted as (
    select
        kept.tracks,
        kept.albums,
        kept.artists,
        kept.track_artists,
        kept.artist_albums,
        kept.artist_genres,
        kept.available_markets,
        kept.features,
        kept.feature_rows,
        kept.feature_rows * 13 as feature_values,
        kept.pair_rows,
        kept.artist_album_rows,
        kept.artist_genre_rows,
        kept.playlist_rows,
        kept.file_rows,
        case when not isrc.is_absent then cast(recordings.recordings as bigint) end as recordings,
        case when not isrc.is_absent then cast(recordings.tracks_with_isrc as bigint) end as tracks_with_isrc,
        case when kept.artist_genres is not null then genres.distinct_genres end as distinct_genres,
        cast(kept.rows_read as bigint) as rows_read,
        cast(kept.rows_dropped as bigint) as rows_dropped,
        cast(unusable.unusable_values as bigint) as unusable_values,
        cast(unusable.unusable_durations as bigint) as unusable_durations,
        cast(unusable.unusable_popularities as bigint) as unusable_popularities,
        cast(unusable.malformed_isrcs as bigint) as malformed_isrcs,
        cast(unusable.future_dates as bigint) as future_dates,
        cast(unusable.unusable_dates as bigint) as unusable_dates,
        cast(unusable.unusable_feature_values as bigint) as unusable_feature_values,
        cast(dropped.repeated_pairs as bigint) as repeated_pairs,
        cast(dropped.null_responses as bigint) as null_responses,
        cast(dropped.features_without_track as bigint) as features_without_track,
        cast(unusable.repeated_track_ids as bigint) as repeated_track_ids,
        quality.tracks_without_album,
        case when kept.track_artists is not null then quality.tracks_without_artist end as tracks_without_artist,
        case when kept.features is not null then quality.tracks_without_features end as tracks_without_features,
        case when kept.available_markets is not null then quality.tracks_without_markets end as tracks_without_markets,
        case when kept.pair_rows is not null then cast(dropped.pairs_without_track as bigint) end
            as pairs_without_track,
        case when kept.pair_rows is not null then cast(dropped.pairs_without_artist as bigint) end
            as pairs_without_artist,
        case when kept.artists is not null then quality.artists_without_track end as artists_without_track,
        case when kept.albums is not null then quality.albums_without_track end as albums_without_track,
        case when kept.artist_album_rows is not null then cast(dropped.artist_albums_without_either as bigint) end
            as artist_albums_without_either,
        case when kept.artist_genre_rows is not null then cast(dropped.genres_without_artist as bigint) end
            as genres_without_artist,
        case when kept.playlist_rows is not null then cast(dropped.playlist_tracks_without_either as bigint) end
            as playlist_tracks_without_either,
        case when kept.file_rows is not null then cast(dropped.files_without_track as bigint) end
            as files_without_track,
        published_totals.tracks as published_tracks,
        published_totals.albums as published_albums,
        published_totals.artists as published_artists,
        published_totals.features as published_features,
        published_totals.distinct_genres as published_distinct_genres,
        cast(outside.tracks as bigint) as outside_tracks
    from kept
    cross join recordings
    cross join isrc
    cross join genres
    cross join unusable
    cross join dropped
    left join quality on true
    cross join published_totals
    cross join outside
)

select
    *,
    repeated_track_ids / nullif(tracks, 0) as repeated_track_ids_share,
    repeated_pairs / nullif(pair_rows, 0) as repeated_pairs_share,
    tracks_without_album / nullif(tracks, 0) as tracks_without_album_share,
    tracks_without_artist / nullif(tracks, 0) as tracks_without_artist_share,
    pairs_without_track / nullif(pair_rows, 0) as pairs_without_track_share,
    pairs_without_artist / nullif(pair_rows, 0) as pairs_without_artist_share,
    artists_without_track / nullif(artists, 0) as artists_without_track_share,
    albums_without_track / nullif(albums, 0) as albums_without_track_share,
    artist_albums_without_either / nullif(artist_album_rows, 0) as artist_albums_without_either_share,
    genres_without_artist / nullif(artist_genre_rows, 0) as genres_without_artist_share,
    playlist_tracks_without_either / nullif(playlist_rows, 0) as playlist_tracks_without_either_share,
    files_without_track / nullif(file_rows, 0) as files_without_track_share,
    null_responses / nullif(feature_rows, 0) as null_responses_share,
    features_without_track / nullif(feature_rows, 0) as features_without_track_share,
    tracks_without_features / nullif(tracks, 0) as tracks_without_features_share,
    tracks_without_markets / nullif(tracks, 0) as tracks_without_markets_share,
    unusable_durations / nullif(tracks, 0) as unusable_durations_share,
    unusable_popularities / nullif(tracks, 0) as unusable_popularities_share,
    unusable_feature_values / nullif(feature_values, 0) as unusable_feature_values_share,
    malformed_isrcs / nullif(tracks, 0) as malformed_isrcs_share,
    future_dates / nullif(albums, 0) as future_dates_share,
    unusable_dates / nullif(albums, 0) as unusable_dates_share
from counted
