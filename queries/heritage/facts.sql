-- Facts of heritage. Shares by date are of tracks with a usable release year. What is dated before 2020, and what
-- later, is known where the snapshot reaches beyond 2024.
--
-- within: *_bump 0..
-- holds: tracks + tracks_without_year = tracks_in, tracks_with_markets + tracks_without_market_list = tracks_in,
--   tracks_with_markets_in_decades <= tracks_with_markets, coded_tracks_in_decades <= coded_tracks,
--   albums_in_decades + undated_albums <= albums_in, ge_50_count <= ge_30_count, ge_30_count <= tracks,
--   before_1980_share <= before_2000_share, before_2000_share <= before_2020_share
with

tracks as (
    select
        sum(track_count) as tracks_in,
        sum(track_count) filter (where release_year is not null) as track_count,
        coalesce(sum(track_count) filter (where release_year < 1980), 0) as before_1980_count,
        coalesce(sum(track_count) filter (where release_year < 2000), 0) as before_2000_count,
        case
            when (select snapshot_year from edition.snapshot) > 2024
                then coalesce(sum(track_count) filter (where release_year < 2020), 0)
        end as before_2020_count,
        sum(track_count) filter (where release_year is not null and popularity >= 30) as ge_30_count,
        coalesce(sum(track_count) filter (where release_year < 2000 and popularity >= 30), 0)
            as before_2000_ge_30_count,
        sum(track_count) filter (where release_year is not null and popularity >= 50) as ge_50_count,
        coalesce(sum(track_count) filter (where release_year < 1980 and popularity >= 50), 0)
            as before_1980_ge_50_count,
        coalesce(sum(track_count) filter (where release_year < 2000 and popularity >= 50), 0)
            as before_2000_ge_50_count,
        case
            when (select snapshot_year from edition.snapshot) > 2024
                then coalesce(sum(track_count) filter (where release_year < 2020 and popularity >= 50), 0)
        end as before_2020_ge_50_count
    from tracks_by_popularity
),

markets as (
    select
        sum(track_count) as track_count,
        coalesce(sum(track_count) filter (where market_count = 0), 0) as unavailable_count,
        coalesce(sum(track_count) filter (where market_count = 0 and release_year < 1980), 0)
        / nullif(sum(track_count) filter (where release_year < 1980), 0) as before_1980_unavailable_share,
        coalesce(sum(track_count) filter (where market_count = 0 and release_year >= 2020), 0)
        / nullif(sum(track_count) filter (where release_year >= 2020), 0) as since_2020_unavailable_share
    from tracks_by_market_count
    where market_count is not null
),

market_lists as (
    select sum(track_count) filter (where market_count is null) as track_count
    from tracks_by_market_count
),

drawn as (
    select
        (select sum(track_count) from rows.availability) as tracks_with_markets,
        (select sum(track_count) from rows.reissue_gap) as coded_tracks,
        (select sum(album_count) from rows.date_precision) as albums
),

dates as (
    select
        sum(album_count) as albums_in,
        coalesce(sum(album_count) filter (where release_year is null), 0) as undated_count,
        case
            when (select snapshot_year from edition.snapshot) > 2024
                then
                    coalesce(sum(album_count) filter (where release_year >= 2020), 0)
                    / nullif(sum(album_count) filter (where release_year is not null), 0)
        end as since_2020_share,
        coalesce(sum(album_count) filter (where date_precision = 'year'), 0)
        / nullif(sum(album_count) filter (where date_precision is not null), 0) as year_precision_share,
        coalesce(sum(album_count) filter (where date_precision = 'year' and release_year < 1980), 0)
        / nullif(sum(album_count) filter (where date_precision is not null and release_year < 1980), 0)
            as before_1980_year_precision_share
    from albums_by_date_quality
),

bumps as (
    select
        avg(published_bump order by release_year) as published_round_year_bump,
        sqrt(sum(published_standard_error ** 2)) / count(published_bump) as published_standard_error,
        avg(computed_bump order by release_year) as round_year_bump,
        sqrt(sum(computed_standard_error ** 2)) / count(computed_bump) as standard_error
    from rows.round_years
    where release_year in (1960, 1970, 1980, 1990, 2000)
),

gaps as (
    select
        sum(track_count) as track_count,
        coalesce(sum(track_count) filter (where gap_years >= 10), 0) / nullif(sum(track_count), 0)
            as ten_year_gap_share,
        coalesce(sum(track_count) filter (where gap_years = 0), 0) / nullif(sum(track_count), 0) as same_year_share,
        coalesce(sum(track_count) filter (where gap_years < 0), 0) / nullif(sum(track_count), 0) as later_code_share
    from tracks_by_isrc_gap
),

published_years as (
    select
        sum(album_count) filter (where release_year <= 2025) as album_count,
        sum(album_count) filter (where release_year < 1980) as before_1980_count,
        sum(album_count) filter (where release_year < 2000) as before_2000_count,
        sum(album_count) filter (where release_year < 2020) as before_2020_count
    from published.albums_by_release_year
)

select
    cast(tracks.tracks_in as bigint) as tracks_in,
    cast(tracks.tracks_in - tracks.track_count as bigint) as tracks_without_year,
    cast(tracks.track_count as bigint) as tracks,
    tracks.before_1980_count / tracks.track_count as before_1980_share,
    tracks.before_2000_count / tracks.track_count as before_2000_share,
    tracks.before_2020_count / tracks.track_count as before_2020_share,
    1 - tracks.before_2020_count / tracks.track_count as since_2020_share,
    tracks.before_2000_count / tracks.track_count - published_years.before_2000_count / published_years.album_count
        as before_2000_difference,
    cast(tracks.ge_50_count as bigint) as ge_50_count,
    tracks.before_1980_ge_50_count / nullif(tracks.ge_50_count, 0) as before_1980_ge_50_share,
    tracks.before_2000_ge_50_count / nullif(tracks.ge_50_count, 0) as before_2000_ge_50_share,
    tracks.before_2020_ge_50_count / nullif(tracks.ge_50_count, 0) as before_2020_ge_50_share,
    case
        when tracks.ge_50_count >= fewest_in_group()
            then
                tracks.before_1980_ge_50_count / tracks.ge_50_count
                / nullif(tracks.before_1980_count / tracks.track_count, 0)
    end as before_1980_ratio,
    quotient_standard_error(
        tracks.before_1980_ge_50_count / nullif(tracks.ge_50_count, 0),
        share_standard_error(tracks.before_1980_ge_50_count, tracks.ge_50_count),
        tracks.before_1980_count / tracks.track_count,
        share_standard_error(tracks.before_1980_count, tracks.track_count)
    ) as before_1980_ratio_standard_error,
    case
        when tracks.ge_50_count >= fewest_in_group()
            then
                tracks.before_2000_ge_50_count / tracks.ge_50_count
                / nullif(tracks.before_2000_count / tracks.track_count, 0)
    end as before_2000_ratio,
    quotient_standard_error(
        tracks.before_2000_ge_50_count / nullif(tracks.ge_50_count, 0),
        share_standard_error(tracks.before_2000_ge_50_count, tracks.ge_50_count),
        tracks.before_2000_count / tracks.track_count,
        share_standard_error(tracks.before_2000_count, tracks.track_count)
    ) as before_2000_ratio_standard_error,
    cast(tracks.ge_30_count as bigint) as ge_30_count,
    tracks.before_2000_ge_30_count / nullif(tracks.ge_30_count, 0) as before_2000_ge_30_share,
    case
        when tracks.ge_30_count >= fewest_in_group()
            then
                tracks.before_2000_ge_30_count / tracks.ge_30_count
                / nullif(tracks.before_2000_count / tracks.track_count, 0)
    end as before_2000_ge_30_ratio,
    quotient_standard_error(
        tracks.before_2000_ge_30_count / nullif(tracks.ge_30_count, 0),
        share_standard_error(tracks.before_2000_ge_30_count, tracks.ge_30_count),
        tracks.before_2000_count / tracks.track_count,
        share_standard_error(tracks.before_2000_count, tracks.track_count)
    ) as before_2000_ge_30_ratio_standard_error,
    case
        when tracks.ge_50_count >= fewest_in_group()
            then
                tracks.before_2020_ge_50_count / tracks.ge_50_count
                / nullif(tracks.before_2020_count / tracks.track_count, 0)
    end as before_2020_ratio,
    quotient_standard_error(
        tracks.before_2020_ge_50_count / nullif(tracks.ge_50_count, 0),
        share_standard_error(tracks.before_2020_ge_50_count, tracks.ge_50_count),
        tracks.before_2020_count / tracks.track_count,
        share_standard_error(tracks.before_2020_count, tracks.track_count)
    ) as before_2020_ratio_standard_error,
    cast(markets.track_count as bigint) as tracks_with_markets,
    markets.unavailable_count / nullif(markets.track_count, 0) as unavailable_share,
    markets.before_1980_unavailable_share,
    markets.since_2020_unavailable_share,
    cast(coalesce(market_lists.track_count, 0) as bigint) as tracks_without_market_list,
    cast(drawn.tracks_with_markets as bigint) as tracks_with_markets_in_decades,
    cast(markets.track_count - drawn.tracks_with_markets as bigint) as tracks_with_markets_left_out,
    cast(drawn.coded_tracks as bigint) as coded_tracks_in_decades,
    cast(gaps.track_count - drawn.coded_tracks as bigint) as coded_tracks_left_out,
    cast(drawn.albums as bigint) as albums_in_decades,
    cast(dates.albums_in - drawn.albums as bigint) as albums_left_out,
    cast(dates.albums_in as bigint) as albums_in,
    cast(dates.undated_count as bigint) as undated_albums,
    cast(dates.albums_in - dates.undated_count as bigint) as albums_with_year,
    dates.since_2020_share as albums_since_2020_share,
    dates.year_precision_share,
    dates.before_1980_year_precision_share,
    bumps.round_year_bump,
    bumps.standard_error as round_year_bump_standard_error,
    bumps.published_round_year_bump,
    bumps.published_standard_error as published_round_year_bump_standard_error,
    cast(tracks.tracks_in - gaps.track_count as bigint) as tracks_without_code_or_year,
    cast(gaps.track_count as bigint) as coded_tracks,
    gaps.ten_year_gap_share,
    gaps.same_year_share,
    gaps.later_code_share,
    cast(published_years.album_count as bigint) as published_albums,
    published_years.before_1980_count / published_years.album_count as published_albums_before_1980_share,
    published_years.before_2000_count / published_years.album_count as published_albums_before_2000_share,
    published_years.before_2020_count / published_years.album_count as published_albums_before_2020_share,
    1 - published_years.before_2020_count / published_years.album_count as published_albums_since_2020_share
from tracks
cross join markets
cross join market_lists
cross join drawn
cross join dates
cross join bumps
cross join gaps
cross join published_years
