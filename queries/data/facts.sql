-- Facts of the data: rows of each table as they are kept, NULL where the edition lacks the table.
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
        sum(rows_read) as rows_read,
        sum(rows_read) - sum(rows_kept) as rows_dropped
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
    select count(*) as distinct_genres
    from artists_by_genre
),

unusable as (
    select coalesce(sum(value_count), 0) as unusable_values
    from edition.unusable
),

published_totals as (
    select
        max("rows") filter (where "table" = 'tracks') as tracks,
        max("rows") filter (where "table" = 'albums') as albums,
        max("rows") filter (where "table" = 'artists') as artists,
        max("rows") filter (where "table" = 'audio_features_non_null_matched') as features,
        max("rows") filter (where "table" = 'distinct_genres') as distinct_genres
    from published.totals
)

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
    case when not isrc.is_absent then cast(recordings.recordings as bigint) end as recordings,
    case when not isrc.is_absent then cast(recordings.tracks_with_isrc as bigint) end as tracks_with_isrc,
    case when kept.artist_genres is not null then genres.distinct_genres end as distinct_genres,
    cast(kept.rows_read as bigint) as rows_read,
    cast(kept.rows_dropped as bigint) as rows_dropped,
    cast(unusable.unusable_values as bigint) as unusable_values,
    published_totals.tracks as published_tracks,
    published_totals.albums as published_albums,
    published_totals.artists as published_artists,
    published_totals.features as published_features,
    published_totals.distinct_genres as published_distinct_genres
from kept
cross join recordings
cross join isrc
cross join genres
cross join unusable
cross join published_totals
