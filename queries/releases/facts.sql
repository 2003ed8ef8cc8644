-- Facts of releases. Doubling time: nine years of growth from 2015 to 2024, at a steady rate. Types are those of
-- types_by_year.sql; latest_ is of the last full year, earlier_ of ten years before it.
-- What is dated 2020 or later is known where the snapshot reaches beyond 2024, a year where it reaches beyond it.
--
-- known: published_albums_in, published_albums
-- holds: albums + albums_without_year = albums_in, tracks + tracks_without_year = tracks_in,
--   albums_with_size <= albums_in, albums_with_type <= albums_in, albums_in_typed_years <= albums_with_type,
--   artist_years <= artist_years_in, albums_in_prolific_years <= albums_with_own_artist,
--   albums_with_own_artist <= albums,
--   published_albums + published_albums_without_year + published_albums_after_2025 = published_albums_in
with

albums as (
    select
        sum(album_count) as album_count,
        sum(album_count) filter (where release_year is not null) as dated_count,
        case
            when (select snapshot_year from edition.snapshot) > 2024
                then coalesce(sum(album_count) filter (where release_year >= 2020), 0)
        end as since_2020_count,
        sum(album_count) filter (where release_year = 2015 and (select last_full_year from edition.snapshot) >= 2015)
            as in_2015_count,
        sum(album_count) filter (where release_year = 2024 and (select last_full_year from edition.snapshot) >= 2024)
            as in_2024_count
    from albums_by_year
),

sizes as (
    select
        sum(album_count) as album_count,
        coalesce(sum(album_count) filter (where total_tracks = 1), 0) as one_track_count
    from albums_by_year
    where total_tracks is not null
),

album_types as (
    select
        sum(album_count) as album_count,
        coalesce(sum(album_count) filter (where album_type = 'single'), 0) as single_count,
        coalesce(sum(album_count) filter (where album_type = 'album'), 0) as full_count
    from albums_by_year
    where album_type is not null
),

tracks as (
    select
        sum(track_count) as track_count,
        sum(track_count) filter (where release_year is not null) as dated_count,
        case
            when (select snapshot_year from edition.snapshot) > 2024
                then coalesce(sum(track_count) filter (where release_year >= 2020), 0)
        end as since_2020_count,
        sum(track_count) filter (where release_year = 2015 and (select last_full_year from edition.snapshot) >= 2015)
            as in_2015_count,
        sum(track_count) filter (where release_year = 2024 and (select last_full_year from edition.snapshot) >= 2024)
            as in_2024_count
    from tracks_by_popularity
),

track_types as (
    select
        sum(track_count) as track_count,
        coalesce(sum(track_count) filter (where album_type = 'single'), 0) as single_count,
        coalesce(sum(track_count) filter (where album_type = 'album'), 0) as full_count
    from tracks_by_album_type
    where album_type is not null
),

busiest as (
    select max(release_year) filter (where release_year <= (select last_full_year from edition.snapshot)) as latest_year
    from albums_by_busiest_artist
),

prolific as (
    select
        coalesce(
            sum(albums_by_busiest_artist.album_count) filter (where albums_by_busiest_artist.releases_from >= 50), 0
        )
        / sum(albums_by_busiest_artist.album_count) as album_share
    from albums_by_busiest_artist
    inner join busiest on albums_by_busiest_artist.release_year = busiest.latest_year
),

earlier_prolific as (
    select max(rows.prolific.prolific_share) as album_share
    from rows.prolific
    inner join busiest on rows.prolific.release_year = busiest.latest_year - 10
),

prolific_rows as (
    select sum(album_count) as album_count
    from rows.prolific
),

typed_rows as (
    select
        sum(counted_count) filter (where counted = 'albums') as album_count,
        sum(counted_count) filter (where counted = 'tracks') as track_count,
        max(release_year) filter (where release_year <= (select last_full_year from edition.snapshot)) as latest_year
    from rows.types_by_year
),

single_years as (
    select
        max(type_share) filter (where counted = 'albums' and types_by_year.release_year = typed_rows.latest_year)
            as latest_album_share,
        max(type_share) filter (where counted = 'albums' and types_by_year.release_year = typed_rows.latest_year - 10)
            as earlier_album_share,
        max(type_share) filter (where counted = 'tracks' and types_by_year.release_year = typed_rows.latest_year)
            as latest_track_share,
        max(type_share) filter (where counted = 'tracks' and types_by_year.release_year = typed_rows.latest_year - 10)
            as earlier_track_share
    from rows.types_by_year
    cross join typed_rows
    where album_type = 'single'
),

largest_size as (
    select
        only_arg_max(size_band, album_count) as size_band,
        max(album_share) as album_share
    from rows.albums_by_size
),

own_albums as (
    select sum(album_count) as album_count
    from albums_by_busiest_artist
),

artist_years as (
    select
        sum(artist_count) filter (where release_year >= 1950) as artist_count,
        sum(artist_count) as artists_in
    from artists_by_releases
),

one_release as (
    select
        coalesce(sum(artists_by_releases.artist_count) filter (where artists_by_releases.releases_from = 1), 0)
        / sum(artists_by_releases.artist_count) as artist_share,
        sum(case when artists_by_releases.releases_from >= 50 then artists_by_releases.artist_count else 0 end)
            as prolific_artist_count,
        sum(artists_by_releases.artist_count) as artist_count
    from artists_by_releases
    inner join busiest on artists_by_releases.release_year = busiest.latest_year
),

published_years as (
    select
        sum(album_count) filter (where release_year <= 2025) as dated_count,
        sum(album_count) filter (where release_year between 2020 and 2025) as since_2020_count,
        max(album_count) filter (where release_year = 2015) as in_2015_count,
        max(album_count) filter (where release_year = 2019) as in_2019_count,
        max(album_count) filter (where release_year = 2024) as in_2024_count,
        sum(album_count) filter (where release_year > 2025) as after_2025_count
    from published.albums_by_release_year
),

published_totals as (
    select max("rows") as album_count
    from published.totals
    where "table" = 'albums'
),

published_singles as (
    select least(max(albums_by_type.album_count) / max(totals."rows"), 1) as least_track_share
    from published.albums_by_type
    cross join published.totals
    where albums_by_type.album_type = 'single' and totals."table" = 'tracks'
),

published_types as (
    select
        max(published_share) filter (where album_type = 'single') as single_share,
        max(published_share) filter (where album_type = 'album') as full_share
    from rows.by_type
)

select
    cast(albums.album_count as bigint) as albums_in,
    cast(albums.album_count - albums.dated_count as bigint) as albums_without_year,
    cast(albums.dated_count as bigint) as albums,
    albums.since_2020_count / nullif(albums.dated_count, 0) as since_2020_share,
    albums.since_2020_count / nullif(albums.dated_count, 0)
    - published_years.since_2020_count / published_years.dated_count as since_2020_share_difference,
    9 / nullif(log2(albums.in_2024_count / albums.in_2015_count), 0) as doubling_years,
    albums.in_2024_count / albums.in_2015_count as growth_2015_2024,
    cast(albums.in_2015_count as bigint) as albums_2015,
    cast(albums.in_2024_count as bigint) as albums_2024,
    sizes.one_track_count / sizes.album_count as one_track_album_share,
    cast(sizes.album_count as bigint) as albums_with_size,
    cast(albums.album_count - sizes.album_count as bigint) as albums_without_size,
    album_types.single_count / album_types.album_count as single_album_share,
    album_types.full_count / album_types.album_count as full_album_share,
    cast(album_types.album_count as bigint) as albums_with_type,
    largest_size.size_band as largest_size_band,
    largest_size.album_share as largest_size_share,
    cast(typed_rows.album_count as bigint) as albums_in_typed_years,
    cast(typed_rows.track_count as bigint) as tracks_in_typed_years,
    cast(albums.album_count - typed_rows.album_count as bigint) as albums_without_typed_year,
    cast(tracks.track_count - typed_rows.track_count as bigint) as tracks_without_typed_year,
    typed_rows.latest_year as latest_typed_year,
    single_years.latest_album_share as latest_single_album_share,
    single_years.earlier_album_share as earlier_single_album_share,
    single_years.latest_track_share as latest_single_track_share,
    single_years.earlier_track_share as earlier_single_track_share,
    cast(tracks.track_count as bigint) as tracks_in,
    cast(tracks.track_count - tracks.dated_count as bigint) as tracks_without_year,
    cast(tracks.dated_count as bigint) as tracks,
    tracks.since_2020_count / nullif(tracks.dated_count, 0) as tracks_since_2020_share,
    9 / nullif(log2(tracks.in_2024_count / tracks.in_2015_count), 0) as tracks_doubling_years,
    track_types.single_count / track_types.track_count as single_track_share,
    track_types.full_count / track_types.track_count as full_track_share,
    cast(track_types.track_count as bigint) as tracks_with_type,
    busiest.latest_year,
    prolific.album_share as latest_prolific_share,
    earlier_prolific.album_share as earlier_prolific_share,
    cast(own_albums.album_count as bigint) as albums_with_own_artist,
    cast(prolific_rows.album_count as bigint) as albums_in_prolific_years,
    cast(albums.dated_count - own_albums.album_count as bigint) as albums_without_own_artist,
    cast(own_albums.album_count - prolific_rows.album_count as bigint) as albums_of_small_years,
    cast(artist_years.artist_count as bigint) as artist_years,
    cast(artist_years.artists_in as bigint) as artist_years_in,
    cast(artist_years.artists_in - artist_years.artist_count as bigint) as artist_years_before_1950,
    cast(one_release.artist_count as bigint) as latest_artists,
    one_release.artist_share as latest_one_release_share,
    cast(one_release.prolific_artist_count as bigint) as latest_prolific_artists,
    cast(published_totals.album_count as bigint) as published_albums_in,
    cast(published_years.dated_count as bigint) as published_albums,
    cast(published_totals.album_count - published_years.dated_count - published_years.after_2025_count as bigint)
        as published_albums_without_year,
    (published_totals.album_count - published_years.dated_count - published_years.after_2025_count)
    / published_totals.album_count as published_albums_without_year_share,
    cast(published_years.after_2025_count as bigint) as published_albums_after_2025,
    published_types.single_share as published_single_share,
    published_types.full_share as published_full_album_share,
    -- A single has one track or more, so that this is the least that the announced share of songs can be.
    published_singles.least_track_share as published_least_single_track_share,
    published_years.since_2020_count / published_years.dated_count as published_since_2020_share,
    9 / log2(published_years.in_2024_count / published_years.in_2015_count) as published_doubling_years,
    published_years.in_2015_count as published_albums_2015,
    published_years.in_2024_count as published_albums_2024,
    published_years.in_2024_count / published_years.in_2015_count as published_growth_2015_2024,
    published_years.in_2024_count / published_years.in_2019_count as published_growth_2019_2024
from albums
cross join sizes
cross join album_types
cross join tracks
cross join track_types
cross join busiest
cross join prolific
cross join earlier_prolific
cross join prolific_rows
cross join typed_rows
cross join single_years
cross join largest_size
cross join own_albums
cross join artist_years
cross join one_release
cross join published_years
cross join published_totals
cross join published_types
cross join published_singles
