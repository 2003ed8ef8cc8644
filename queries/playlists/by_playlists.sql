-- On how many playlists is a track?
-- One row per band of playlists. Only playlists in the source count: it does not hold all.
-- Denominator: all tracks.
--
-- unit: tracks
-- denominator: tracks
-- key: playlist_band
-- rows: 0..8
-- order: band_order
-- sums to 1: track_share
with

banded as (
    select
        playlists_from,
        sum(track_count) as track_count
    from tracks_by_playlists
    group by playlists_from
)

select
    case playlists_from
        when 0 then 'none'
        when 1 then '1'
        when 2 then '2'
        when 3 then '3–5'
        when 6 then '6–10'
        when 11 then '11–100'
        when 101 then '101–1,000'
        else 'over 1,000'
    end as playlist_band,
    playlists_from as band_order,
    cast(track_count as bigint) as track_count,
    track_count / sum(track_count) over () as track_share
from banded
order by playlists_from
