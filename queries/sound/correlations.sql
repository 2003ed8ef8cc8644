-- Which audio features go together?
-- One row per ordered pair of nine features: Pearson's correlation, from sums, squares and products.
-- Denominator: all tracks with all nine features.
--
-- unit: tracks
-- denominator: tracks - tracks_without_all_features = tracks_with_all_features
-- key: feature_a, feature_b
-- rows: 0..81
-- order: a_order, b_order
-- within: correlation -1..1
with

long as (
    unpivot (
        select
            track_count,
            cast(columns(* exclude (track_count)) as hugeint)
        from feature_products
    )
    on columns(* exclude (track_count))
    into
    name measure
    value total
),

features as (
    select
        unnest([
            'danceability', 'energy', 'loudness', 'speechiness', 'acousticness', 'instrumentalness', 'liveness',
            'valence', 'tempo'
        ]) as feature,
        unnest([1, 2, 3, 4, 5, 6, 7, 8, 9]) as feature_order
),

-- n * sum(ab) - sum(a) * sum(b) is n squared times the covariance, exact in whole numbers.
products as (
    select
        first.feature as feature_a,
        second.feature as feature_b,
        first.feature_order as a_order,
        second.feature_order as b_order,
        cast(product.track_count * product.total - first_sum.total * second_sum.total as double) as covariance
    from features as first
    cross join features as second
    inner join long as first_sum on first.feature = first_sum.measure
    inner join long as second_sum on second.feature = second_sum.measure
    inner join long as product
        on product.measure = case
            when first.feature_order <= second.feature_order then first.feature || '_' || second.feature
            else second.feature || '_' || first.feature
        end
)

select
    products.feature_a,
    products.feature_b,
    products.a_order,
    products.b_order,
    products.covariance / (sqrt(first_variance.covariance) * sqrt(second_variance.covariance)) as correlation
from products
inner join products as first_variance
    on
        products.a_order = first_variance.a_order
        and first_variance.a_order = first_variance.b_order
inner join products as second_variance
    on
        products.b_order = second_variance.a_order
        and second_variance.a_order = second_variance.b_order
where
    first_variance.covariance > 0
    and second_variance.covariance > 0
order by
    products.a_order,
    products.b_order
