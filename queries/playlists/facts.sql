-- Facts of playlists, NULL without the optional tables.
--
-- known: published_playlists, published_entries, published_tracks
-- holds: tracks_in_tiers <= tracks, sized_playlists <= playlists, no_playlist_share <= at_most_one_playlist_share
with

tracks as (
    select
        sum(track_count) as track_count,
        coalesce(sum(track_count) filter (where playlists_from = 0), 0) as none_count,
        coalesce(sum(track_count) filter (where playlists_from = 1), 0) as one_count,
        sum(track_count) filter (where popularity_tier is not null) as tier_count,
        coalesce(sum(track_count) filter (where playlists_from = 0 and popularity_tier = 1), 0)
        / nullif(sum(track_count) filter (where popularity_tier = 1), 0) as zero_none_share,
        coalesce(sum(track_count) filter (where playlists_from = 0 and popularity_tier >= 3), 0)
        / nullif(sum(track_count) filter (where popularity_tier >= 3), 0) as ge_10_none_share,
        coalesce(sum(track_count) filter (where playlists_from > 10), 0) as over_10_count,
        coalesce(sum(track_count) filter (where playlists_from = 0 and popularity_tier >= 5), 0)
        / nullif(sum(track_count) filter (where popularity_tier >= 5), 0) as popular_none_share,
        difference_standard_error(
            share_standard_error(
                coalesce(sum(track_count) filter (where playlists_from = 0 and popularity_tier >= 5), 0),
                sum(track_count) filter (where popularity_tier >= 5)
            ),
            share_standard_error(
                coalesce(sum(track_count) filter (where playlists_from = 0 and popularity_tier = 1), 0),
                sum(track_count) filter (where popularity_tier = 1)
            )
        ) as difference_error
    from tracks_by_playlists
),

playlists as (
    select
        sum(playlist_count) as playlist_count,
        sum(playlist_count) filter (where tracks_from is not null) as sized_count,
        coalesce(sum(playlist_count) filter (where tracks_from > 100), 0) as over_100_count,
        coalesce(sum(playlist_count) filter (where tracks_from = 0), 0) as empty_count
    from playlists_by_size
),

published_membership as (
    select
        (max(percent_of_all_tracks) filter (where item = 'in none (remainder)')) / 100 as none_share,
        (max(percent_of_all_tracks) filter (where starts_with(item, 'in at least five'))) / 100 as five_share
    from published.tracks_in_playlists
),

published_totals as (
    select
        max("rows") filter (where "table" = 'playlists') as playlist_count,
        max("rows") filter (where "table" = 'playlist_tracks') as entry_count,
        max("rows") filter (where "table" = 'tracks') as track_count
    from published.totals
)

select
    cast(tracks.track_count as bigint) as tracks,
    cast(tracks.tier_count as bigint) as tracks_in_tiers,
    cast(tracks.track_count - tracks.tier_count as bigint) as tracks_without_popularity,
    tracks.none_count / tracks.track_count as no_playlist_share,
    tracks.one_count / tracks.track_count as one_playlist_share,
    (tracks.none_count + tracks.one_count) / tracks.track_count as at_most_one_playlist_share,
    tracks.over_10_count / tracks.track_count as over_10_playlists_share,
    tracks.zero_none_share as popularity_0_no_playlist_share,
    tracks.ge_10_none_share as ge_10_no_playlist_share,
    tracks.popular_none_share as ge_50_no_playlist_share,
    tracks.popular_none_share - tracks.zero_none_share as no_playlist_share_difference,
    tracks.difference_error as no_playlist_share_difference_standard_error,
    cast(playlists.playlist_count as bigint) as playlists,
    cast(playlists.sized_count as bigint) as sized_playlists,
    cast(playlists.playlist_count - playlists.sized_count as bigint) as playlists_without_size,
    playlists.playlist_count - published_totals.playlist_count as playlists_difference,
    cast(abs(playlists.playlist_count - published_totals.playlist_count) as bigint) as playlists_missing_count,
    playlists.over_100_count / playlists.sized_count as over_100_entries_share,
    playlists.empty_count / playlists.sized_count as empty_playlist_share,
    published_totals.playlist_count as published_playlists,
    published_totals.entry_count as published_entries,
    published_totals.entry_count / nullif(published_totals.playlist_count, 0) as published_entries_per_playlist,
    published_totals.entry_count / nullif(published_totals.track_count, 0) as published_entries_per_track,
    published_totals.track_count as published_tracks,
    published_membership.none_share as published_no_playlist_share,
    published_membership.five_share as published_from_5_playlists_share
from tracks
cross join playlists
cross join published_totals
cross join published_membership
