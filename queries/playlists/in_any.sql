-- How many tracks are in a playlist of the archive, as published?
-- One row per number of playlists. Five or more rests on a default of the tool that counted.
-- Denominator: all tracks.
--
-- unit: tracks
-- key: playlist_band
-- rows: 3
-- order: band_order
-- sums to 1 within 0.001: published_share
with

counts as (
    select
        max(tracks_millions) filter (where item = 'in none (remainder)') as none_millions,
        max(tracks_millions) filter (where item = 'in at least one playlist') as any_millions,
        max(tracks_millions) filter (where starts_with(item, 'in at least five')) as five_millions
    from published.tracks_in_playlists
),

bands as (
    select
        unnest(['none', 'one to four', 'five or more']) as playlist_band,
        unnest([0, 1, 5]) as band_order,
        unnest([none_millions, any_millions - five_millions, five_millions]) as millions
    from counts
)

select
    playlist_band,
    band_order,
    cast(millions * 1000000 as bigint) as published_count,
    millions / sum(millions) over () as published_share
from bands
order by band_order
