-- Do popular tracks differ from the rest in danceability and valence?
-- One row per feature, group and bin of the feature (0.02, named by where it begins).
-- Denominator: music-like tracks with the feature and a popularity, each group by itself.
--
-- unit: tracks
-- denominator: tracks_in - not_music_like_count - without_popularity_count = grouped_count
-- key: feature, popularity_group, value
-- rows: 0..200
-- within: value 0..0.98
-- one of: feature danceability | valence; popularity_group 50 or more | below 50
-- sums to 1 per feature, popularity_group: group_share
with

counted as (
    select
        feature,
        case when is_popular then '50 or more' else 'below 50' end as popularity_group,
        bin,
        sum(track_count) as track_count
    from feature_histograms
    where
        feature in ('danceability', 'valence')
        and is_music_like
        and is_popular is not null
    group by
        feature,
        is_popular,
        bin
)

select
    feature,
    popularity_group,
    bin / 50 as value,
    cast(track_count as bigint) as track_count,
    track_count / sum(track_count) over (partition by feature, popularity_group) as group_share
from counted
order by
    feature,
    popularity_group,
    value
