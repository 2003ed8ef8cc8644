-- Facts of mood. Over music-like tracks but for those named _all, which are over every track with features.
--
-- within: mean_* 0..1, *_valence 0..1, *_difference -1..1, published_key_sum 0.99..1.01
-- holds: music_like_count + not_music_like_count = tracks_in,
--   with_mode_and_danceability_count + without_mode_or_danceability_count = music_like_count,
--   with_key_and_mode_count + without_key_or_mode_count = music_like_count,
--   popular_count + rest_count + without_popularity_count = music_like_count
with

moods as (
    select
        sum(track_count) as track_count,
        sum(track_count) filter (where is_music_like) as music_like_count,
        sum(track_count) filter (where mode is not null) as with_mode_all_count,
        coalesce(sum(track_count) filter (where mode = 1), 0) as major_all_count,
        sum(track_count) filter (where is_music_like and mode is not null) as with_mode_count,
        coalesce(sum(track_count) filter (where is_music_like and mode = 1), 0) as major_count,
        sum(track_count) filter (where mode is not null and is_danceable is not null) as with_both_all_count,
        coalesce(sum(track_count) filter (where mode = 1 and is_danceable), 0) as both_all_count,
        sum(track_count) filter (where is_music_like and mode is not null and is_danceable is not null)
            as with_both_count,
        coalesce(sum(track_count) filter (where is_music_like and mode = 1 and is_danceable), 0) as both_count,
        sum(track_count) filter (where is_music_like and is_danceable is not null) as with_danceability_count,
        coalesce(sum(track_count) filter (where is_music_like and is_danceable), 0) as danceable_count
    from tracks_by_mood
),

keys as (
    select
        sum(track_count) filter (where pitch_class is not null and mode is not null) as with_key_count,
        coalesce(sum(track_count) filter (where is_danceable and mode = 1), 0)
        / sum(track_count) filter (where is_danceable is not null and mode = 1) as major_danceable_share,
        difference_standard_error(
            share_standard_error(
                coalesce(sum(track_count) filter (where is_danceable and mode = 1), 0),
                sum(track_count) filter (where is_danceable is not null and mode = 1)
            ),
            share_standard_error(
                coalesce(sum(track_count) filter (where is_danceable and mode = 0), 0),
                sum(track_count) filter (where is_danceable is not null and mode = 0)
            )
        ) as danceable_difference_error,
        coalesce(sum(track_count) filter (where is_danceable and mode = 0), 0)
        / sum(track_count) filter (where is_danceable is not null and mode = 0) as minor_danceable_share,
        coalesce(sum(track_count) filter (where mode = 1 and popularity_tier >= 5), 0)
        / sum(track_count) filter (where mode is not null and popularity_tier >= 5) as popular_major_share,
        coalesce(sum(track_count) filter (where mode = 1 and popularity_tier < 5), 0)
        / sum(track_count) filter (where mode is not null and popularity_tier < 5) as rest_major_share,
        sum(track_count) filter (where popularity_tier < 5) as rest_count,
        sum(track_count) filter (where popularity_tier is not null) as grouped_count
    from tracks_by_mood
    where is_music_like
),

keys_compared as (
    select
        only_arg_max(key || ' ' || mode, computed_share) as top_key,
        max(computed_share) as top_share,
        only_arg_max(key || ' ' || mode, published_share) as published_top_key,
        max(published_share) as published_top_share,
        max(abs(computed_share - published_share)) as largest_difference,
        only_arg_max(key || ' ' || mode, abs(computed_share - published_share)) as largest_difference_key,
        sum(published_share) as published_sum
    from rows.key_mode
),

tiers as (
    select
        count(*) as tier_count,
        sum(track_count) as track_count,
        count(*) filter (where danceable_major_share > 0.5) as over_half_count,
        arg_min(popularity_tier, tier_order) as lowest_tier,
        arg_max(popularity_tier, tier_order) as highest_tier,
        arg_min(danceable_major_share, tier_order) as lowest_share,
        arg_max(danceable_major_share, tier_order) as highest_share,
        max(abs(danceable_major_share - expected_share)) as largest_gap
    from rows.danceable_major_by_tier
),

major_years as (
    select
        arg_min(major_share, release_year) as first_share,
        arg_max(major_share, release_year) as last_share,
        count(*) as year_count
    from rows.by_year
    where
        release_year >= 1960
        and release_year <= (select last_full_year from edition.snapshot)
),

shown_years as (
    select sum(track_count) as track_count
    from rows.by_year
),

means_all as (
    select
        sum(valence_sum) / nullif(sum(valence_count), 0) / 1000000 as valence,
        sum(danceability_sum) / nullif(sum(danceability_count), 0) / 1000000 as danceability
    from features_by_year
),

means as (
    select
        sum(valence_sum) / nullif(sum(valence_count), 0) / 1000000 as valence,
        sum(danceability_sum) / nullif(sum(danceability_count), 0) / 1000000 as danceability,
        sum(valence_sum) filter (where popularity_tier >= 5)
        / nullif(sum(valence_count) filter (where popularity_tier >= 5), 0) / 1000000 as popular_valence,
        sum(valence_sum) filter (where popularity_tier < 5)
        / nullif(sum(valence_count) filter (where popularity_tier < 5), 0) / 1000000 as rest_valence,
        sum(danceability_sum) filter (where popularity_tier >= 5)
        / nullif(sum(danceability_count) filter (where popularity_tier >= 5), 0) / 1000000 as popular_danceability,
        sum(danceability_sum) filter (where popularity_tier < 5)
        / nullif(sum(danceability_count) filter (where popularity_tier < 5), 0) / 1000000 as rest_danceability,
        mean_standard_error(
            sum(valence_count) filter (where popularity_tier >= 5),
            sum(valence_sum) filter (where popularity_tier >= 5),
            sum(valence_square_sum) filter (where popularity_tier >= 5)
        ) / 1000000 as popular_valence_error,
        mean_standard_error(
            sum(valence_count) filter (where popularity_tier < 5),
            sum(valence_sum) filter (where popularity_tier < 5),
            sum(valence_square_sum) filter (where popularity_tier < 5)
        ) / 1000000 as rest_valence_error,
        sum(track_count) filter (where popularity_tier >= 5) as popular_count
    from features_by_year
    where is_music_like
),

valence_errors as (
    select
        release_year,
        mean_standard_error(sum(valence_count), sum(valence_sum), sum(valence_square_sum)) / 1000000 as standard_error
    from features_by_year
    where is_music_like
    group by release_year
),

valence_years as (
    select
        min(years.release_year) as first_year,
        max(years.release_year) as last_year,
        arg_min(mean_valence, years.release_year) as first_valence,
        arg_max(mean_valence, years.release_year) as last_valence,
        max(mean_valence) filter (where years.release_year = 2015) as valence_2015,
        arg_max(standard_error, years.release_year) as last_error,
        max(standard_error) filter (where years.release_year = 2015) as error_2015
    from rows.by_year as years
    inner join valence_errors on years.release_year = valence_errors.release_year
    where
        years.release_year >= 1960
        and years.release_year <= (select last_full_year from edition.snapshot)
),

published_keys as (
    select sum(track_percent) filter (where mode = 'major') / 100 as major_share
    from published.key_and_mode
),

published_means as (
    select
        max(mean) filter (where feature = 'danceability') as danceability,
        max(mean) filter (where feature = 'valence') as valence
    from published.audio_feature_means
)

select
    cast(moods.track_count as bigint) as tracks_in,
    cast(moods.track_count - moods.music_like_count as bigint) as not_music_like_count,
    1 - moods.music_like_count / moods.track_count as not_music_like_share,
    cast(moods.music_like_count as bigint) as music_like_count,
    moods.major_count / moods.with_mode_count as major_share,
    moods.major_all_count / moods.with_mode_all_count as major_share_all,
    moods.major_count / moods.with_mode_count - published_keys.major_share as major_share_difference,
    moods.major_count / moods.with_mode_count - moods.major_all_count / moods.with_mode_all_count
        as major_definition_change,
    moods.danceable_count / moods.with_danceability_count as danceable_share,
    moods.both_count / moods.with_both_count as danceable_major_share,
    share_standard_error(moods.major_count, moods.with_mode_count) as major_share_standard_error,
    share_standard_error(moods.danceable_count, moods.with_danceability_count) as danceable_share_standard_error,
    share_standard_error(moods.both_count, moods.with_both_count) as danceable_major_share_standard_error,
    moods.both_all_count / moods.with_both_all_count as danceable_major_share_all,
    moods.both_count / moods.with_both_count - moods.both_all_count / moods.with_both_all_count
        as joint_definition_change,
    share_standard_error(moods.both_all_count, moods.with_both_all_count) as danceable_major_share_all_standard_error,
    moods.major_count / moods.with_mode_count * (moods.danceable_count / moods.with_danceability_count)
        as independent_danceable_major_share,
    moods.both_count / moods.with_both_count
    - moods.major_count / moods.with_mode_count * (moods.danceable_count / moods.with_danceability_count)
        as danceable_major_difference,
    cast(moods.with_both_count as bigint) as with_mode_and_danceability_count,
    cast(moods.music_like_count - moods.with_both_count as bigint) as without_mode_or_danceability_count,
    cast(keys.with_key_count as bigint) as with_key_and_mode_count,
    cast(moods.music_like_count - keys.with_key_count as bigint) as without_key_or_mode_count,
    keys_compared.top_key,
    keys_compared.top_share as top_key_share,
    keys_compared.largest_difference as largest_key_difference,
    keys_compared.largest_difference_key,
    keys.major_danceable_share,
    keys.minor_danceable_share,
    keys.major_danceable_share - keys.minor_danceable_share as danceable_by_mode_difference,
    keys.danceable_difference_error as danceable_by_mode_difference_standard_error,
    keys.popular_major_share,
    keys.rest_major_share,
    cast(keys.rest_count as bigint) as rest_count,
    cast(keys.grouped_count as bigint) as grouped_count,
    cast(moods.music_like_count - keys.grouped_count as bigint) as without_popularity_count,
    cast(tiers.tier_count as bigint) as tier_count,
    cast(tiers.over_half_count as bigint) as tiers_over_half_count,
    cast(tiers.track_count as bigint) as tracks_in_tiers,
    cast(moods.music_like_count - tiers.track_count as bigint) as not_in_tiers_count,
    tiers.lowest_tier,
    tiers.highest_tier,
    tiers.lowest_share as lowest_tier_share,
    tiers.highest_share as highest_tier_share,
    tiers.largest_gap as largest_tier_gap,
    cast(major_years.year_count as bigint) as year_count,
    major_years.first_share as first_major_share,
    major_years.last_share as last_major_share,
    cast(shown_years.track_count as bigint) as tracks_in_years,
    cast(moods.music_like_count - shown_years.track_count as bigint) as not_in_years_count,
    means_all.valence as mean_valence_all,
    means_all.danceability as mean_danceability_all,
    means.valence as mean_valence,
    means.danceability as mean_danceability,
    means.popular_valence,
    means.rest_valence,
    means.popular_valence - means.rest_valence as popular_valence_difference,
    difference_standard_error(means.popular_valence_error, means.rest_valence_error)
        as popular_valence_difference_standard_error,
    means.popular_danceability,
    means.rest_danceability,
    means.popular_danceability - means.rest_danceability as popular_danceability_difference,
    cast(means.popular_count as bigint) as popular_count,
    valence_years.first_year as first_valence_year,
    valence_years.last_year as last_valence_year,
    valence_years.first_valence,
    valence_years.last_valence,
    case when valence_years.last_year > 2015 then valence_years.last_valence - valence_years.valence_2015 end
        as valence_change_since_2015,
    difference_standard_error(valence_years.last_error, valence_years.error_2015)
        as valence_change_since_2015_standard_error,
    published_keys.major_share as published_major_share,
    keys_compared.published_sum as published_key_sum,
    keys_compared.published_top_key,
    keys_compared.published_top_share as published_top_key_share,
    published_means.danceability as published_mean_danceability,
    published_means.valence as published_mean_valence
from moods
cross join keys
cross join keys_compared
cross join tiers
cross join major_years
cross join shown_years
cross join means_all
cross join means
cross join valence_years
cross join published_keys
cross join published_means
