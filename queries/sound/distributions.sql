-- How are the audio features distributed?
-- One row per feature and bin (0.02 for those from 0 to 1, 1 dB, 2 BPM), named by where the bin begins.
-- Denominator: all tracks with features, for each feature those that have it. The published mean, where there is one,
-- is the same on each row of a feature.
--
-- unit: tracks
-- denominator: tracks
-- key: feature, value
-- rows: 0..600
-- order: feature_order, value
-- may be unknown: published_mean
-- within: value -60..300, bin_width 0.02..2
-- sums to 1 per feature: feature_share
with

features as (
    select
        unnest([
            'danceability', 'energy', 'valence', 'acousticness', 'instrumentalness', 'speechiness', 'liveness',
            'loudness', 'tempo'
        ]) as feature,
        unnest([1, 2, 3, 4, 5, 6, 7, 8, 9]) as feature_order
),

binned as (
    select
        feature,
        case feature
            when 'loudness' then bin - 60
            when 'tempo' then bin // 2 * 2
            else bin / 50
        end as value,
        case feature when 'loudness' then 1 when 'tempo' then 2 else 0.02 end as bin_width,
        track_count
    from feature_histograms
)

select
    features.feature,
    features.feature_order,
    cast(binned.value as double) as value,
    cast(any_value(binned.bin_width) as double) as bin_width,
    cast(sum(binned.track_count) as bigint) as track_count,
    sum(binned.track_count) / sum(sum(binned.track_count)) over (partition by features.feature) as feature_share,
    any_value(published_means.mean) as published_mean
from features
inner join binned on features.feature = binned.feature
left join published.audio_feature_means as published_means on features.feature = published_means.feature
group by
    features.feature,
    features.feature_order,
    binned.value
order by
    features.feature_order,
    value
