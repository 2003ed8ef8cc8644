-- How long are playlists?
-- One row per band of entries, by the number the service gives.
-- Denominator: playlists with a usable number of entries.
--
-- unit: playlists
-- denominator: playlists - playlists_without_size = sized_playlists
-- key: size_band
-- rows: 0..7
-- order: band_order
-- sums to 1: playlist_share
select
    case tracks_from
        when 0 then 'empty'
        when 1 then '1–10'
        when 11 then '11–50'
        when 51 then '51–100'
        when 101 then '101–500'
        when 501 then '501–1,000'
        else 'over 1,000'
    end as size_band,
    tracks_from as band_order,
    playlist_count,
    playlist_count / sum(playlist_count) over () as playlist_share
from playlists_by_size
where tracks_from is not null
order by tracks_from
