-- Facts of the explicit flag. false means no or unknown to the service.
with

tracks as (
    select
        sum(track_count) as tracks_in,
        sum(track_count) filter (where is_explicit is not null) as track_count,
        coalesce(sum(track_count) filter (where is_explicit), 0) as explicit_count,
        coalesce(sum(track_count) filter (where is_explicit and popularity_tier >= 5), 0)
        / nullif(sum(track_count) filter (where is_explicit is not null and popularity_tier >= 5), 0) as popular_share,
        coalesce(sum(track_count) filter (where is_explicit and popularity_tier = 1), 0)
        / nullif(sum(track_count) filter (where is_explicit is not null and popularity_tier = 1), 0) as zero_share
    from tracks_by_explicit
),

published_flags as (
    select
        sum(track_count) as track_count,
        sum(track_count) filter (where explicit) as explicit_count
    from published.tracks_by_explicit
),

published_years as (
    select
        max(explicit_percent) filter (where release_year = 2000) / 100 as in_2000_share,
        max(explicit_percent) filter (where release_year = 2015) / 100 as in_2015_share,
        max(explicit_percent) filter (where release_year = 2024) / 100 as in_2024_share,
        max(explicit_percent) / 100 as highest_share,
        arg_max(release_year, explicit_percent) as highest_year
    from published.explicit_share_by_release_year
)

select
    cast(tracks.tracks_in as bigint) as tracks_in,
    cast(tracks.tracks_in - tracks.track_count as bigint) as tracks_without_flag,
    cast(tracks.track_count as bigint) as tracks,
    cast(tracks.explicit_count as bigint) as explicit_tracks,
    tracks.explicit_count / tracks.track_count as explicit_share,
    tracks.popular_share,
    tracks.zero_share,
    cast(published_flags.track_count as bigint) as published_tracks,
    cast(published_flags.explicit_count as bigint) as published_explicit_tracks,
    published_flags.explicit_count / published_flags.track_count as published_explicit_share,
    tracks.explicit_count / tracks.track_count - published_flags.explicit_count / published_flags.track_count
        as difference_to_published,
    published_years.in_2000_share as published_2000_share,
    published_years.in_2015_share as published_2015_share,
    published_years.in_2024_share as published_2024_share,
    published_years.highest_share as published_highest_share,
    published_years.highest_year as published_highest_year
from tracks
cross join published_flags
cross join published_years
