-- Facts of genres. Genres belong to artists.
--
-- within: *_median_popularity 0..100, opera_rank_* 1.., opera_first_ten_count 0..3, ranking_count 2..3
-- holds: artists_with_genre + artists_without_genre = artists_in, tracks_with_genre <= tracks_in,
--   first_ten_by_any_count + genres_in_no_first_ten = genre_count
with

genres as (
    select
        coalesce(sum(genre_count), 0) as genre_count,
        max(total) filter (where genre is not null) as largest_genre_artists
    from (
        select
            genre,
            any_value(genre_count) as genre_count,
            sum(artist_count) as total
        from artists_by_genre
        group by genre
    ) as totals
),

coverage as (
    select
        max(item_count) filter (where unit = 'artists') as artist_count,
        max(item_count - with_genre_count) filter (where unit = 'artists') as artists_without_count,
        max(1 - with_genre_count / item_count) filter (where unit = 'artists' and item_count > 0)
            as artists_without_share,
        max(1 - with_genre_count / item_count) filter (where unit = 'tracks' and item_count > 0)
            as tracks_without_share,
        max(1 - with_genre_count / item_count) filter (where unit = 'followers' and item_count > 0)
            as followers_without_share,
        max(item_count) filter (where unit = 'tracks') as track_count,
        max(with_genre_count) filter (where unit = 'tracks') as tracks_with_count,
        max(item_count) filter (where unit = 'followers') as followers_count
    from genre_coverage
),

opera as (
    select
        max(genre_rank) filter (where counted = 'artists') as by_artists,
        max(genre_rank) filter (where counted = 'tracks') as by_tracks,
        max(genre_rank) filter (where counted = 'followers') as by_followers,
        count(*) filter (where genre_rank <= 10) as first_ten_count
    from rows.ranks
    where genre = 'opera'
),

firsts as (
    select
        only_arg_max(artists.genre, artists.artist_count) as by_artists,
        only_arg_max(artists.genre, coalesce(tracks_by_genre.track_count, 0)) as by_tracks,
        case
            when sum(artists.followers_count) > 0 then only_arg_max(artists.genre, artists.followers_count)
        end as by_followers,
        length(list_filter(
            list(artists.artist_count), lambda number: number = list_max(list(artists.artist_count))
        )) as first_by_artists_count
    from (
        select
            genre,
            sum(artist_count) as artist_count,
            sum(followers_sum) as followers_count
        from artists_by_genre
        where genre is not null
        group by genre
    ) as artists
    left join tracks_by_genre on artists.genre = tracks_by_genre.genre
),

agreement as (
    select
        count(*) as any_count,
        count(*) filter (where is_in_all) as all_count,
        max(ranking_count) as ranking_count
    from (
        select
            max(genre_rank) <= 10 as is_in_all,
            count(*) as ranking_count
        from rows.ranks
        group by genre
    ) as ranked
),

medians as (
    select
        only_arg_max(genre, median_popularity) as first_genre,
        max(median_popularity) as first_popularity,
        only_arg_min(genre, median_popularity) as last_genre,
        min(median_popularity) as last_popularity,
        count(*) as genre_count
    from rows.popularity
),

published_groups as (
    select
        arg_min(genre_group, group_order) as first_group,
        max(published_count) as first_count,
        count(*) as group_count
    from rows.groups
),

published_means as (
    select
        arg_min(genre, genre_order) as first_genre,
        max(published_mean_popularity) as first_popularity,
        count(*) as genre_count
    from rows.mean_popularity
),

published_genres as (
    select
        arg_max(genre, artist_count) as first_by_artists,
        max(artist_count) as first_artist_count
    from published.genres_by_artists
),

published_tracks as (
    select
        arg_max(genre, track_count_millions) as first_by_tracks,
        max(track_count_millions) as first_track_millions
    from published.genres_by_tracks
),

published_opera as (
    select
        max(genre_rank) filter (where counted = 'artists') as by_artists,
        max(genre_rank) filter (where counted = 'tracks') as by_tracks
    from (
        select
            'artists' as counted,
            genre,
            rank() over (order by artist_count desc) as genre_rank
        from published.genres_by_artists
        union all
        select
            'tracks' as counted,
            genre,
            rank() over (order by track_count_millions desc) as genre_rank
        from published.genres_by_tracks
    ) as ranked
    where genre = 'opera'
),

published_totals as (
    select
        max("rows") filter (where "table" = 'distinct_genres') as genre_count,
        max("rows") filter (where "table" = 'artists') as artist_count,
        max("rows") filter (where "table" = 'artist_genres') as pair_count,
        max("rows") filter (where "table" = 'tracks') as track_count
    from published.totals
)

select
    case when genres.genre_count > 0 then cast(genres.genre_count as bigint) end as genre_count,
    cast(genres.largest_genre_artists as bigint) as largest_genre_artists,
    cast(coverage.artist_count as bigint) as artists_in,
    case when genres.genre_count > 0 then cast(coverage.artists_without_count as bigint) end as artists_without_genre,
    case when genres.genre_count > 0 then cast(coverage.artist_count - coverage.artists_without_count as bigint) end
        as artists_with_genre,
    case when genres.genre_count > 0 then coverage.artists_without_share end as artists_without_genre_share,
    case when genres.genre_count > 0 then coverage.tracks_without_share end as tracks_without_genre_share,
    case when genres.genre_count > 0 then coverage.followers_without_share end as followers_without_genre_share,
    cast(coverage.track_count as bigint) as tracks_in,
    case when genres.genre_count > 0 then cast(coverage.tracks_with_count as bigint) end as tracks_with_genre,
    case when genres.genre_count > 0 then cast(coverage.followers_count as bigint) end as followers_in,
    case when genres.genre_count > 0 then agreement.any_count end as first_ten_by_any_count,
    case when genres.genre_count > 0 then agreement.all_count end as first_ten_by_all_count,
    case when genres.genre_count > 0 then cast(genres.genre_count - agreement.any_count as bigint) end
        as genres_in_no_first_ten,
    case when genres.genre_count > 0 then agreement.ranking_count end as ranking_count,
    case when medians.genre_count > 0 then medians.genre_count end as median_genre_count,
    medians.first_genre as highest_median_genre,
    medians.first_popularity as highest_median_popularity,
    medians.last_genre as lowest_median_genre,
    medians.last_popularity as lowest_median_popularity,
    opera.by_artists as opera_rank_by_artists,
    opera.by_tracks as opera_rank_by_tracks,
    opera.by_followers as opera_rank_by_followers,
    case when genres.genre_count > 0 then opera.first_ten_count end as opera_first_ten_count,
    firsts.by_artists as first_by_artists,
    case when genres.genre_count > 0 then firsts.first_by_artists_count end as first_by_artists_count,
    firsts.by_tracks as first_by_tracks,
    firsts.by_followers as first_by_followers,
    published_genres.first_by_artists as published_first_by_artists,
    published_genres.first_artist_count as published_first_artist_count,
    published_tracks.first_by_tracks as published_first_by_tracks,
    cast(published_tracks.first_track_millions * 1000000 as bigint) as published_first_track_count,
    published_opera.by_artists as published_opera_rank_by_artists,
    published_opera.by_tracks as published_opera_rank_by_tracks,
    published_totals.genre_count as published_genre_count,
    published_totals.artist_count as published_artists,
    published_totals.pair_count as published_pairs,
    published_totals.track_count as published_tracks,
    case
        when published_totals.pair_count < published_totals.artist_count
            then 1 - published_totals.pair_count / published_totals.artist_count
    end as published_artists_without_least_share,
    published_groups.first_group as published_first_group,
    published_groups.first_count as published_first_group_artists,
    published_groups.group_count as published_group_count,
    published_means.first_genre as published_highest_mean_genre,
    published_means.first_popularity as published_highest_mean_popularity,
    published_means.genre_count as published_mean_genre_count
from genres
cross join coverage
cross join opera
cross join firsts
cross join agreement
cross join medians
cross join published_groups
cross join published_means
cross join published_genres
cross join published_tracks
cross join published_opera
cross join published_totals
