-- Which genres have the most tracks, here and as published?
-- One row per genre, the 25 with the most tracks and those of the published twenty. A track counts once in every genre
-- that one of its artists carries: genres belong to artists.
-- Denominator: all tracks.
--
-- unit: tracks
-- denominator: tracks_in
-- key: genre
-- rows: 20..45
-- order: genre_order, published_count desc, genre
-- may be unknown: genre_order, computed_*, published_*
with

ranked as (
    select
        genre,
        track_count,
        row_number() over (order by track_count desc, genre) as genre_rank
    from tracks_by_genre
)

select
    coalesce(ranked.genre, published_genres.genre) as genre,
    ranked.genre_rank as genre_order,
    ranked.track_count as computed_count,
    ranked.track_count / coverage.item_count as computed_share,
    published_genres.track_count_millions * 1000000 as published_count,
    published_genres.track_count_millions * 1000000 / totals.rows as published_share
from ranked
full join published.genres_by_tracks as published_genres on ranked.genre = published_genres.genre
left join genre_coverage as coverage on coverage.unit = 'tracks'
left join published.totals as totals on totals.table = 'tracks'
where
    ranked.genre_rank <= 25
    or published_genres.genre is not null
order by
    coalesce(ranked.genre_rank, 100000),
    published_genres.track_count_millions desc,
    genre
