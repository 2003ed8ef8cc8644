-- One row: what does not fit together. Rows that point nowhere, and rows that nothing points to.
-- Which keys there are is kept as 64 bits a block of 64 keys: a fraction of the memory of a list, and of the time.
with

track_keys as (
    select
        track_rowid >> 6 as block,
        bit_or(cast(1 as ubigint) << cast(track_rowid & 63 as ubigint)) as is_there
    from staging.tracks
    group by block
),

artist_keys as (
    select
        artist_rowid >> 6 as block,
        bit_or(cast(1 as ubigint) << cast(artist_rowid & 63 as ubigint)) as is_there
    from staging.artists
    group by block
),

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

albums_of_own as (
    select
        album_rowid >> 6 as block,
        bit_or(cast(1 as ubigint) << cast(album_rowid & 63 as ubigint)) as is_there
    from staging.artist_albums
    group by block
),

artists_of_own as (
    select
        artist_rowid >> 6 as block,
        bit_or(cast(1 as ubigint) << cast(artist_rowid & 63 as ubigint)) as is_there
    from staging.artist_albums
    group by block
),

-- Keys that rows point to and nobody has: few, so that only a few blocks are joined to the rows themselves.
no_tracks as (
    select
        tracks_of_pairs.block,
        tracks_of_pairs.is_there & ~coalesce(track_keys.is_there, 0) as is_missing
    from tracks_of_pairs
    left join track_keys on tracks_of_pairs.block = track_keys.block
    where tracks_of_pairs.is_there & ~coalesce(track_keys.is_there, 0) <> 0
),

no_artists as (
    select
        pointed.block,
        pointed.is_there & ~coalesce(artist_keys.is_there, 0) as is_missing
    from (
        select
            coalesce(artists_of_pairs.block, artists_of_own.block) as block,
            coalesce(artists_of_pairs.is_there, 0) | coalesce(artists_of_own.is_there, 0) as is_there
        from artists_of_pairs
        full join artists_of_own on artists_of_pairs.block = artists_of_own.block
    ) as pointed
    left join artist_keys on pointed.block = artist_keys.block
    where pointed.is_there & ~coalesce(artist_keys.is_there, 0) <> 0
),

no_albums as (
    select
        albums_of_own.block,
        albums_of_own.is_there & ~coalesce(album_keys.is_there, 0) as is_missing
    from albums_of_own
    left join album_keys on albums_of_own.block = album_keys.block
    where albums_of_own.is_there & ~coalesce(album_keys.is_there, 0) <> 0
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
    select sum(bit_count(track_keys.is_there & ~coalesce(tracks_of_pairs.is_there, 0))) as track_count
    from track_keys
    left join tracks_of_pairs on track_keys.block = tracks_of_pairs.block
),

with_features as (
    select count(*) as track_count
    from staging.features
),

pairs as (
    select count(*) as pair_count
    from staging.track_artists
),

-- Where no key is missing, these ask for nothing: a join with no rows on the right reads none on the left.
pairs_without_track as (
    select count(*) as pair_count
    from staging.track_artists as track_artists
    inner join no_tracks on track_artists.track_rowid >> 6 = no_tracks.block
    where (no_tracks.is_missing >> cast(track_artists.track_rowid & 63 as ubigint)) & 1 = 1
),

pairs_without_artist as (
    select count(*) as pair_count
    from staging.track_artists as track_artists
    inner join no_artists on track_artists.artist_rowid >> 6 = no_artists.block
    where (no_artists.is_missing >> cast(track_artists.artist_rowid & 63 as ubigint)) & 1 = 1
),

artists as (
    select
        sum(bit_count(artist_keys.is_there)) as artist_count,
        sum(bit_count(artist_keys.is_there & ~coalesce(artists_of_pairs.is_there, 0))) as artists_without_track
    from artist_keys
    left join artists_of_pairs on artist_keys.block = artists_of_pairs.block
),

albums as (
    select
        sum(bit_count(album_keys.is_there)) as album_count,
        sum(bit_count(album_keys.is_there & ~coalesce(albums_of_tracks.is_there, 0))) as albums_without_track
    from album_keys
    left join albums_of_tracks on album_keys.block = albums_of_tracks.block
),

own as (
    select
        count(*) as own_count,
        count(*) filter (
            where
            (no_albums.is_missing >> cast(artist_albums.album_rowid & 63 as ubigint)) & 1 = 1
            or (no_artists.is_missing >> cast(artist_albums.artist_rowid & 63 as ubigint)) & 1 = 1
        ) as own_without_either
    from staging.artist_albums as artist_albums
    left join no_albums on artist_albums.album_rowid >> 6 = no_albums.block
    left join no_artists on artist_albums.artist_rowid >> 6 = no_artists.block
)

select
    cast(tracks.track_count as bigint) as track_count,
    cast(tracks.tracks_without_markets as bigint) as tracks_without_markets,
    cast(tracks.tracks_without_album as bigint) as tracks_without_album,
    cast(coalesce(without_artist.track_count, 0) as bigint) as tracks_without_artist,
    cast(tracks.track_count - with_features.track_count as bigint) as tracks_without_features,
    cast(pairs.pair_count as bigint) as pair_count,
    cast(pairs_without_track.pair_count as bigint) as pairs_without_track,
    cast(pairs_without_artist.pair_count as bigint) as pairs_without_artist,
    cast(coalesce(artists.artist_count, 0) as bigint) as artist_count,
    cast(coalesce(artists.artists_without_track, 0) as bigint) as artists_without_track,
    cast(coalesce(albums.album_count, 0) as bigint) as album_count,
    cast(coalesce(albums.albums_without_track, 0) as bigint) as albums_without_track,
    cast(own.own_count as bigint) as own_count,
    cast(own.own_without_either as bigint) as own_without_either
from tracks
cross join without_artist
cross join with_features
cross join pairs
cross join pairs_without_track
cross join pairs_without_artist
cross join artists
cross join albums
cross join own
