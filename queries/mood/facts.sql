-- Facts of mood. Over music-like tracks but for those named _all, which are over every track with features.
with

moods as (
    select
        sum(track_count) as track_count,
        sum(track_count) filter (where is_music_like) as music_like_count,
        sum(track_count) filter (where mode is not null) as with_mode_all_count,
        sum(track_count) filter (where mode = 1) as major_all_count,
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
        sum(track_count) filter (where popularity_tier >= 5) as popular_count
    from features_by_year
    where is_music_like
),

valence_years as (
    select
        min(release_year) as first_year,
        max(release_year) as last_year,
        arg_min(mean_valence, release_year) as first_valence,
        arg_max(mean_valence, release_year) as last_valence,
        max(mean_valence) filter (where release_year = 2015) as valence_2015
    from rows.by_year
    where
        release_year >= 1960
        and release_year < (select snapshot_year from edition.snapshot)
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
    moods.danceable_count / moods.with_danceability_count as danceable_share,
    moods.both_count / moods.with_both_count as danceable_major_share,
    moods.both_all_count / moods.with_both_all_count as danceable_major_share_all,
    moods.major_count / moods.with_mode_count * (moods.danceable_count / moods.with_danceability_count)
        as independent_danceable_major_share,
    means.valence as mean_valence,
    means.danceability as mean_danceability,
    means.popular_valence,
    means.rest_valence,
    means.popular_valence - means.rest_valence as popular_valence_difference,
    means.popular_danceability,
    means.rest_danceability,
    means.popular_danceability - means.rest_danceability as popular_danceability_difference,
    cast(means.popular_count as bigint) as popular_count,
    valence_years.first_year as first_valence_year,
    valence_years.last_year as last_valence_year,
    valence_years.first_valence,
    valence_years.last_valence,
    valence_years.last_valence - valence_years.valence_2015 as valence_change_since_2015,
    published_keys.major_share as published_major_share,
    published_means.danceability as published_mean_danceability,
    published_means.valence as published_mean_valence
from moods
cross join means
cross join valence_years
cross join published_keys
cross join published_means
