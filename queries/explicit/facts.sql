-- Facts of the explicit flag. false means no or unknown to the service.
--
-- known: published_tracks, published_explicit_tracks
-- within: difference_to_published -1..1, largest_year_difference 0..1
-- holds: tracks + tracks_without_flag = tracks_in, explicit_tracks <= tracks, tracks_in_cells <= tracks_in_tiers,
--   tracks_in_years + tracks_without_year <= tracks, tracks_in_tiers + tracks_without_popularity <= tracks
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
),

years as (
    select
        sum(track_count) as track_count,
        max(computed_share) filter (
            where release_year = 2000 and (select last_full_year from edition.snapshot) >= 2000
        ) as in_2000_share,
        max(computed_share) filter (
            where release_year = 2015 and (select last_full_year from edition.snapshot) >= 2015
        ) as in_2015_share,
        max(computed_share) filter (
            where release_year = 2024 and (select last_full_year from edition.snapshot) >= 2024
        ) as in_2024_share,
        count(computed_share - published_share) as compared_count,
        max(abs(computed_share - published_share)) filter (where track_count >= fewest_in_year()) as largest_difference,
        arg_max(release_year, (abs(computed_share - published_share), release_year)) filter (
            where
            track_count >= fewest_in_year()
            and published_share is not null
        ) as largest_difference_year
    from rows.by_year
    where computed_share is not null
),

tiers as (
    select
        sum(track_count) as track_count,
        count(*) as tier_count,
        arg_min(popularity_tier, tier_order) as lowest_tier,
        arg_max(popularity_tier, tier_order) as highest_tier,
        arg_min(explicit_share, tier_order) as lowest_tier_share,
        arg_max(explicit_share, tier_order) as highest_tier_share
    from rows.by_tier
),

cells as (
    select
        sum(track_count) as track_count,
        count(*) as cell_count
    from rows.by_decade_and_tier
),

by_decade as (
    select
        release_year // 10 * 10 as release_decade,
        coalesce(sum(track_count) filter (where is_explicit and popularity_tier >= 5), 0)
        / sum(track_count) filter (where popularity_tier >= 5) as popular_share,
        coalesce(sum(track_count) filter (where is_explicit and popularity_tier < 5), 0)
        / sum(track_count) filter (where popularity_tier < 5) as rest_share,
        difference_standard_error(
            share_standard_error(
                coalesce(sum(track_count) filter (where is_explicit and popularity_tier >= 5), 0),
                sum(track_count) filter (where popularity_tier >= 5)
            ),
            share_standard_error(
                coalesce(sum(track_count) filter (where is_explicit and popularity_tier < 5), 0),
                sum(track_count) filter (where popularity_tier < 5)
            )
        ) as difference_error
    from tracks_by_explicit
    where
        is_explicit is not null
        and release_year >= 1960
    group by release_year // 10 * 10
    having
        sum(track_count) filter (where popularity_tier >= 5) >= 50
        and sum(track_count) filter (where popularity_tier < 5) >= 50
),

decades as (
    select
        count(*) as decade_count,
        count(*) filter (where is_above(popular_share - rest_share, difference_error, 0)) as popular_higher_count,
        max(release_decade) as last_decade,
        arg_max(popular_share, release_decade) as last_popular_share,
        arg_max(rest_share, release_decade) as last_rest_share
    from by_decade
),

groups as (
    select
        coalesce(sum(track_count) filter (where release_year is null), 0) as undated_count,
        coalesce(sum(track_count) filter (where popularity_tier is null), 0) as unscored_count,
        coalesce(sum(track_count) filter (where is_explicit and popularity_tier < 5), 0)
        / nullif(sum(track_count) filter (where popularity_tier < 5), 0) as rest_share,
        difference_standard_error(
            share_standard_error(
                coalesce(sum(track_count) filter (where is_explicit and popularity_tier >= 5), 0),
                sum(track_count) filter (where popularity_tier >= 5)
            ),
            share_standard_error(
                coalesce(sum(track_count) filter (where is_explicit and popularity_tier < 5), 0),
                sum(track_count) filter (where popularity_tier < 5)
            )
        ) as difference_error,
        coalesce(sum(track_count) filter (where is_explicit and popularity_tier > 1), 0)
        / nullif(sum(track_count) filter (where popularity_tier > 1), 0) as above_zero_share,
        coalesce(sum(track_count) filter (where is_explicit and release_year is not null), 0)
        / nullif(sum(track_count) filter (where release_year is not null), 0) as dated_share
    from tracks_by_explicit
    where is_explicit is not null
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
    published_years.highest_year as published_highest_year,
    years.in_2000_share,
    years.in_2015_share,
    years.in_2024_share,
    years.compared_count as compared_year_count,
    years.largest_difference as largest_year_difference,
    years.largest_difference_year,
    cast(count_in(years.track_count, tracks.track_count) as bigint) as tracks_in_years,
    cast(groups.undated_count as bigint) as tracks_without_year,
    cast(tiers.track_count as bigint) as tracks_in_tiers,
    cast(groups.unscored_count as bigint) as tracks_without_popularity,
    case when tiers.tier_count > 0 then tiers.tier_count end as tier_count,
    tiers.lowest_tier,
    tiers.highest_tier,
    tiers.lowest_tier_share,
    tiers.highest_tier_share,
    cast(cells.track_count as bigint) as tracks_in_cells,
    case when decades.decade_count > 0 then decades.decade_count end as decade_count,
    case when decades.decade_count > 0 then decades.popular_higher_count end as decades_popular_higher_count,
    decades.last_decade,
    decades.last_popular_share,
    decades.last_rest_share,
    groups.rest_share,
    tracks.popular_share - groups.rest_share as popular_share_difference,
    groups.difference_error as popular_share_difference_standard_error,
    groups.above_zero_share,
    groups.above_zero_share - tracks.explicit_count / tracks.track_count as above_zero_difference,
    cast(
        tracks.track_count - groups.undated_count - count_in(years.track_count, tracks.track_count) as bigint
    ) as tracks_of_small_years,
    cast(tracks.track_count - tiers.track_count as bigint) as not_in_tiers_count,
    cast(tracks.track_count - cells.track_count as bigint) as not_in_cells_count,
    groups.dated_share
from tracks
cross join published_flags
cross join published_years
cross join years
cross join tiers
cross join cells
cross join decades
cross join groups
