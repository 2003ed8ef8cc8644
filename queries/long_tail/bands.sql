-- How many tracks are in each band of popularity, here and as published?
-- One row per published band.
-- Denominator: all tracks with a usable popularity.
--
-- unit: tracks
-- denominator: tracks_in - tracks_without_popularity = tracks
-- key: popularity_band
-- rows: 11
-- order: band_order
-- may be unknown: computed_*
-- sums to 1: computed_share, published_share
with

computed as (
    select
        case when popularity = 100 then 10 else popularity // 10 end as band_order,
        sum(track_count) as track_count
    from tracks_by_popularity
    where popularity is not null
    group by band_order
),

published_bands as (
    select
        popularity_band,
        track_count,
        cast(split_part(popularity_band, '-', 1) as integer) // 10 as band_order
    from published.tracks_by_popularity_band
)

select
    replace(published_bands.popularity_band, '-', '–') as popularity_band,
    published_bands.band_order,
    cast(case
        when (select sum(track_count) from computed) > 0 then coalesce(computed.track_count, 0)
    end as bigint) as computed_count,
    coalesce(computed.track_count, 0) / (select sum(track_count) from computed) as computed_share,
    published_bands.track_count as published_count,
    published_bands.track_count / sum(published_bands.track_count) over () as published_share
from published_bands
left join computed on published_bands.band_order = computed.band_order
order by published_bands.band_order
