-- One row: what does not fit together. Rows that point nowhere, rows that nothing points to, ids that stand twice.
with

tracks as (
    select
        count(*) as track_count,
        count(track_id) - count(distinct track_id) as repeated_track_ids,
        count(*) filter (where market_count is null) as tracks_without_markets,
        count(*) filter (where album_rowid is null) as tracks_without_album
    from staging.tracks
),

with_artist as (
    select distinct track_rowid
    from staging.track_artists
),

without_artist as (
    select count(*) as track_count
    from staging.tracks as tracks
    anti join with_artist on tracks.track_rowid = with_artist.track_rowid
),

without_features as (
    select count(*) as track_count
    from staging.tracks as tracks
    anti join staging.features as features on tracks.track_rowid = features.track_rowid
),

pairs as (
    select
        count(*) as pair_count,
        count(*) filter (where tracks.track_rowid is null) as pairs_without_track,
        count(*) filter (where artists.artist_rowid is null) as pairs_without_artist
    from staging.track_artists as track_artists
    left join staging.tracks as tracks on track_artists.track_rowid = tracks.track_rowid
    left join staging.artists as artists on track_artists.artist_rowid = artists.artist_rowid
),

with_track as (
    select distinct artist_rowid
    from staging.track_artists
),

artists as (
    select
        count(*) as artist_count,
        count(*) filter (where with_track.artist_rowid is null) as artists_without_track
    from staging.artists as artists
    left join with_track on artists.artist_rowid = with_track.artist_rowid
),

filled as (
    select distinct album_rowid
    from staging.tracks
    where album_rowid is not null
),

albums as (
    select
        count(*) as album_count,
        count(*) filter (where filled.album_rowid is null) as albums_without_track
    from staging.albums as albums
    left join filled on albums.album_rowid = filled.album_rowid
),

own as (
    select
        count(*) as own_count,
        count(*) filter (where albums.album_rowid is null or artists.artist_rowid is null) as own_without_either
    from staging.artist_albums as artist_albums
    left join staging.albums as albums on artist_albums.album_rowid = albums.album_rowid
    left join staging.artists as artists on artist_albums.artist_rowid = artists.artist_rowid
)

select
    cast(tracks.track_count as bigint) as track_count,
    cast(tracks.repeated_track_ids as bigint) as repeated_track_ids,
    cast(tracks.tracks_without_markets as bigint) as tracks_without_markets,
    cast(tracks.tracks_without_album as bigint) as tracks_without_album,
    cast(without_artist.track_count as bigint) as tracks_without_artist,
    cast(without_features.track_count as bigint) as tracks_without_features,
    cast(pairs.pair_count as bigint) as pair_count,
    cast(pairs.pairs_without_track as bigint) as pairs_without_track,
    cast(pairs.pairs_without_artist as bigint) as pairs_without_artist,
    cast(artists.artist_count as bigint) as artist_count,
    cast(artists.artists_without_track as bigint) as artists_without_track,
    cast(albums.album_count as bigint) as album_count,
    cast(albums.albums_without_track as bigint) as albums_without_track,
    cast(own.own_count as bigint) as own_count,
    cast(own.own_without_either as bigint) as own_without_either
from tracks
cross join without_artist
cross join without_features
cross join pairs
cross join artists
cross join albums
cross join own
