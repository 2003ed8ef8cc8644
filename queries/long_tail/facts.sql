-- Facts of the long tail. Gini coefficient: 2 * sum(rank * value) / (n * sum(value)) - (n + 1) / n, ranks from the
-- least. Its standard error is by the jackknife: the root of (n - 1) / n times the sum of the squares by which it
-- changes as each of n holders is left out in turn; artists of a thousandth are taken to have as many followers each.
-- Bands are those of bands.sql; is_…_falling: no band holds more tracks than the band below it.
--
-- published: is_published_falling
-- within: gini_popularity* 0..1, gini_followers 0..1, gini_*_difference -1..1, published_gini_popularity 0..1
-- holds: tracks + tracks_without_popularity = tracks_in, nonzero_tracks <= tracks, zero_share <= below_10_share,
--   artists_with_popularity + artists_without_popularity = artists_in, ge_70_count <= ge_50_count,
--   artists_with_followers_known + artists_without_followers = artists_in,
--   albums_with_popularity + albums_without_popularity = albums_in,
--   ge_50_count <= nonzero_tracks, top_01_percent_followers_share <= top_1_percent_followers_share
with

by_popularity as (
    select
        popularity,
        sum(track_count) as track_count
    from tracks_by_popularity
    where popularity is not null
    group by popularity
),

-- Ranks of a value held by c tracks after b others sum to c * b + c * (c + 1) / 2.
track_ranks as (
    select
        popularity,
        track_count,
        track_count * (sum(track_count) over (order by popularity) - track_count)
        + track_count * (track_count + 1) // 2 as rank_sum
    from by_popularity
),

tracks as (
    select
        sum(track_count) as track_count,
        sum(track_count) filter (where popularity = 0) as zero_count,
        sum(track_count) filter (where popularity < 10) as below_10_count,
        sum(case when popularity >= 50 then track_count else 0 end) as ge_50_count,
        sum(case when popularity >= 70 then track_count else 0 end) as ge_70_count,
        2 * sum(rank_sum * popularity) / nullif(sum(track_count) * sum(track_count * popularity), 0)
        - (sum(track_count) + 1) / sum(track_count) as gini
    from track_ranks
),

nonzero_ranks as (
    select
        popularity,
        track_count,
        track_count * (sum(track_count) over (order by popularity) - track_count)
        + track_count * (track_count + 1) // 2 as rank_sum
    from by_popularity
    where popularity > 0
),

nonzero as (
    select
        sum(track_count) as track_count,
        coalesce(sum(track_count) filter (where popularity < 10), 0) as below_10_count,
        coalesce(sum(track_count) filter (where popularity >= 50), 0) as ge_50_count,
        2 * sum(rank_sum * popularity) / (sum(track_count) * sum(track_count * popularity))
        - (sum(track_count) + 1) / sum(track_count) as gini
    from nonzero_ranks
),

recording_ranks as (
    select
        popularity,
        recording_count,
        recording_count * (sum(recording_count) over (order by popularity) - recording_count)
        + recording_count * (recording_count + 1) // 2 as rank_sum
    from recordings_by_popularity
    where popularity is not null
),

recordings as (
    select
        sum(recording_count) as recording_count,
        coalesce(sum(recording_count) filter (where popularity = 0), 0) as zero_count,
        coalesce(sum(recording_count) filter (where popularity < 10), 0) as below_10_count,
        coalesce(sum(recording_count) filter (where popularity >= 50), 0) as ge_50_count,
        2 * sum(rank_sum * popularity) / nullif(sum(recording_count) * sum(recording_count * popularity), 0)
        - (sum(recording_count) + 1) / sum(recording_count) as gini
    from recording_ranks
),

followers as (
    select
        sum(artist_count) as artist_count,
        sum(followers_sum) as followers_sum,
        sum(followers_sum) filter (where thousandth >= 990) as top_1_percent_sum,
        sum(followers_sum) filter (where thousandth >= 999) as top_01_percent_sum,
        2 * cast(sum(rank_followers_sum) as double)
        / nullif(cast(sum(artist_count) as double) * cast(sum(followers_sum) as double), 0)
        - (sum(artist_count) + 1) / sum(artist_count) as gini
    from artists_by_followers
),

held as (
    select
        what,
        amount,
        cast(sum(holder_count) as double) as holder_count
    from (
        select
            'tracks' as what,
            cast(popularity as double) as amount,
            track_count as holder_count
        from by_popularity
        union all
        select
            'nonzero' as what,
            cast(popularity as double) as amount,
            track_count as holder_count
        from by_popularity
        where popularity > 0
        union all
        select
            'followers' as what,
            followers_sum / artist_count as amount,
            artist_count as holder_count
        from artists_by_followers
    ) as populations
    group by
        what,
        amount
),

up_to as (
    select
        what,
        amount,
        holder_count,
        sum(holder_count) over (partition by what order by amount) as holders_up_to,
        sum(holder_count * amount) over (partition by what order by amount) as amount_up_to,
        sum(holder_count) over (partition by what) as n,
        sum(holder_count * amount) over (partition by what) as total
    from held
),

ranks as (
    select
        *,
        sum(amount * holder_count * (holders_up_to - (holder_count - 1) / 2)) over (partition by what) as rank_sum
    from up_to
),

left_out as (
    select
        what,
        n,
        amount,
        holder_count,
        2 * rank_sum / nullif(n * total, 0) - (n + 1) / n as gini,
        2 * (rank_sum - holders_up_to * amount - (total - amount_up_to)) / nullif((n - 1) * (total - amount), 0)
        - n / nullif(n - 1, 0) as gini_without
    from ranks
),

gini_errors as (
    select
        max(standard_error) filter (where what = 'tracks') as tracks,
        max(standard_error) filter (where what = 'nonzero') as nonzero,
        max(standard_error) filter (where what = 'followers') as followers
    from (
        select
            what,
            case
                when count(gini_without) = count(*)
                    then sqrt((n - 1) / n * sum(holder_count * (gini_without - gini) ** 2 order by amount))
            end as standard_error
        from left_out
        group by
            what,
            n
    ) as errors
),

artists as (
    select
        sum(artist_count) as artist_count,
        sum(artist_count) filter (where popularity is not null) as rated_count,
        sum(case when popularity = 0 then artist_count else 0 end) as zero_count,
        sum(case when popularity < 10 then artist_count else 0 end) as below_10_count
    from artists_by_popularity
),

albums as (
    select
        sum(album_count) as album_count,
        sum(album_count) filter (where popularity is not null) as rated_count,
        sum(case when popularity = 0 then album_count else 0 end) as zero_count,
        sum(case when popularity < 10 then album_count else 0 end) as below_10_count
    from albums_by_popularity
),

neighbours as (
    select
        computed_share - published_share as share_difference,
        computed_count <= lag(computed_count) over (order by band_order) as is_computed_no_more,
        published_count <= lag(published_count) over (order by band_order) as is_published_no_more
    from rows.bands
),

band_checks as (
    select
        max(abs(share_difference)) as largest_difference,
        coalesce(bool_and(is_computed_no_more), false) as is_computed_falling,
        coalesce(bool_and(is_published_no_more), false) as is_published_falling
    from neighbours
),

unusable as (
    select coalesce(sum(track_count), 0) as track_count
    from tracks_by_popularity
    where popularity is null
),

point_ranks as (
    select
        popularity,
        track_count,
        track_count * (sum(track_count) over (order by popularity) - track_count)
        + track_count * (track_count + 1) // 2 as rank_sum
    from published.tracks_by_popularity_point
),

published_points as (
    select
        sum(track_count) filter (where popularity = 0) / sum(track_count) as zero_share,
        2 * sum(rank_sum * popularity) / nullif(sum(track_count) * sum(track_count * popularity), 0)
        - (sum(track_count) + 1) / sum(track_count) as gini
    from point_ranks
),

published_bands as (
    select
        sum(track_count) as track_count,
        sum(track_count) filter (where popularity_band = '0-9') as below_10_count,
        sum(track_count) filter (where popularity_band in ('50-59', '60-69', '70-79', '80-89', '90-99', '100'))
            as ge_50_count,
        sum(track_count) filter (where popularity_band in ('70-79', '80-89', '90-99', '100')) as ge_70_count,
        sum(track_count) filter (where popularity_band = '10-19') as from_10_to_19_count,
        sum(track_count) filter (where popularity_band = '100') as at_100_count
    from published.tracks_by_popularity_band
)

select
    cast(tracks.track_count as bigint) as tracks,
    cast(unusable.track_count as bigint) as tracks_without_popularity,
    cast(tracks.track_count + unusable.track_count as bigint) as tracks_in,
    coalesce(tracks.zero_count, 0) / tracks.track_count as zero_share,
    coalesce(tracks.below_10_count, 0) / tracks.track_count as below_10_share,
    cast(tracks.ge_50_count as bigint) as ge_50_count,
    tracks.ge_50_count / tracks.track_count as ge_50_share,
    tracks.track_count / nullif(tracks.ge_50_count, 0) as tracks_per_ge_50_track,
    tracks.ge_50_count / 210000 - 1 as ge_50_to_announced_change,
    cast(tracks.ge_70_count as bigint) as ge_70_count,
    tracks.gini as gini_popularity,
    cast(nonzero.track_count as bigint) as nonzero_tracks,
    nonzero.below_10_count / nonzero.track_count as nonzero_below_10_share,
    share_standard_error(nonzero.below_10_count, nonzero.track_count) as nonzero_below_10_share_standard_error,
    nonzero.ge_50_count / nonzero.track_count as nonzero_ge_50_share,
    nonzero.gini as gini_popularity_nonzero,
    -- All that the tracks at 0 add is their share of what the others lack to a coefficient of 1.
    tracks.gini - nonzero.gini as gini_nonzero_difference,
    difference_standard_error(
        (1 - nonzero.gini) * share_standard_error(coalesce(tracks.zero_count, 0), tracks.track_count),
        coalesce(tracks.zero_count, 0) / tracks.track_count * gini_errors.nonzero
    ) as gini_nonzero_difference_standard_error,
    cast(recordings.recording_count as bigint) as recordings,
    recordings.zero_count / recordings.recording_count as recording_zero_share,
    recordings.below_10_count / recordings.recording_count as recording_below_10_share,
    recordings.below_10_count / recordings.recording_count
    - coalesce(tracks.below_10_count, 0) / tracks.track_count as recording_below_10_share_difference,
    recordings.ge_50_count / recordings.recording_count as recording_ge_50_share,
    recordings.gini as gini_popularity_recordings,
    cast(followers.artist_count as bigint) as artists_with_followers_known,
    followers.gini as gini_followers,
    followers.gini - tracks.gini as gini_followers_difference,
    difference_standard_error(gini_errors.followers, gini_errors.tracks) as gini_followers_difference_standard_error,
    followers.top_1_percent_sum / nullif(followers.followers_sum, 0) as top_1_percent_followers_share,
    followers.top_01_percent_sum / nullif(followers.followers_sum, 0) as top_01_percent_followers_share,
    cast(artists.rated_count as bigint) as artists_with_popularity,
    cast(artists.artist_count - artists.rated_count as bigint) as artists_without_popularity,
    cast(artists.artist_count as bigint) as artists_in,
    cast(artists.artist_count - coalesce(followers.artist_count, 0) as bigint) as artists_without_followers,
    artists.zero_count / nullif(artists.rated_count, 0) as artist_zero_share,
    artists.below_10_count / nullif(artists.rated_count, 0) as artist_below_10_share,
    cast(albums.rated_count as bigint) as albums_with_popularity,
    cast(albums.album_count - albums.rated_count as bigint) as albums_without_popularity,
    cast(albums.album_count as bigint) as albums_in,
    albums.zero_count / nullif(albums.rated_count, 0) as album_zero_share,
    albums.below_10_count / nullif(albums.rated_count, 0) as album_below_10_share,
    band_checks.largest_difference as largest_band_difference,
    band_checks.is_computed_falling,
    band_checks.is_published_falling,
    cast(published_bands.track_count as bigint) as published_tracks,
    published_bands.below_10_count / published_bands.track_count as published_below_10_share,
    cast(published_bands.below_10_count as bigint) as published_below_10_count,
    cast(published_bands.ge_50_count as bigint) as published_ge_50_count,
    published_bands.ge_50_count / published_bands.track_count as published_ge_50_share,
    published_bands.ge_50_count / 210000 - 1 as published_ge_50_to_announced_change,
    published_bands.track_count / nullif(published_bands.ge_50_count, 0) as published_tracks_per_ge_50_track,
    cast(published_bands.ge_70_count as bigint) as published_ge_70_count,
    published_bands.from_10_to_19_count / published_bands.below_10_count as published_second_to_first_ratio,
    cast(published_bands.at_100_count as bigint) as published_at_100_count,
    published_points.zero_share as published_zero_share,
    published_points.gini as published_gini_popularity
from tracks
cross join unusable
cross join nonzero
cross join recordings
cross join followers
cross join gini_errors
cross join artists
cross join albums
cross join band_checks
cross join published_bands
cross join published_points
