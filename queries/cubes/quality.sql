-- One row: what does not fit together. Rows that nothing points to; pairs that point nowhere staging leaves out.
-- Which keys there are is kept as 64 bits a block of 64 keys: a fraction of the memory of a list, and of the time.
with

album_keys as (
    select
        album_rowid >> 6 as block,
        bit_or(cast(1 as ubigint) << cast(album_rowid & 63 as ubigint)) as is_there
    from staging.albums
    group by block
),

tracks_of_pairs as (
    select
        track_rowid >> 6 as block,
        bit_or(cast(1 as ubigint) << cast(track_rowid & 63 as ubigint)) as is_there
    from staging.track_artists
    group by block
),

artists_of_pairs as (
    select
        artist_rowid >> 6 as block,
        bit_or(cast(1 as ubigint) << cast(artist_rowid & 63 as ubigint)) as is_there
    from staging.track_artists
    group by block
),

albums_of_tracks as (
    select
        album_rowid >> 6 as block,
        bit_or(cast(1 as ubigint) << cast(album_rowid & 63 as ubigint)) as is_there
    from staging.album_tracks
    group by block
),

tracks as (
    select
        count(*) as track_count,
        count(*) filter (where market_count is null) as tracks_without_markets,
        count(*) filter (where album_rowid is null) as tracks_without_album
    from staging.tracks
),

without_artist as (
    select sum(bit_count(tracks.is_there & ~coalesce(tracks_of_pairs.is_there, 0))) as track_count
    from staging.track_keys as tracks
    left join tracks_of_pairs on tracks.block = tracks_of_pairs.block
),

with_features as (
    select count(*) as track_count
    from staging.features
),

artists as (
    select
        sum(bit_count(artists.is_there)) as artist_count,
        sum(bit_count(artists.is_there & ~coalesce(artists_of_pairs.is_there, 0))) as artists_without_track
    from staging.artist_keys as artists
    left join artists_of_pairs on artists.block = artists_of_pairs.block
),

albums as (
    select
        sum(bit_count(album_keys.is_there)) as album_count,
        sum(bit_count(album_keys.is_there & ~coalesce(albums_of_tracks.is_there, 0))) as albums_without_track
    from album_keys
    left join albums_of_tracks on album_keys.block = albums_of_tracks.block
)

select
    cast(tracks.track_count as bigint) as track_count,
    cast(tracks.tracks_without_markets as bigint) as tracks_without_markets,
    cast(tracks.tracks_without_album as bigint) as tracks_without_album,
    cast(coalesce(without_artist.track_count, 0) as bigint) as tracks_without_artist,
    cast(tracks.track_count - with_features.track_count as bigint) as tracks_without_features,
    cast(coalesce(artists.artist_count, 0) as bigint) as artist_count,
    cast(coalesce(artists.artists_without_track, 0) as bigint) as artists_without_track,
    cast(coalesce(albums.album_count, 0) as bigint) as album_count,
    cast(coalesce(albums.albums_without_track, 0) as bigint) as albums_without_track
from tracks
cross join without_artist
cross join with_features
cross join artists
cross join albums
