-- Are loud tracks energetic?
-- One row per bin of loudness (2 dB, the ends folded) and energy (0.05), named by where the bin begins. step is the
-- sixth of the filled bins, by number of tracks, that the bin is in.
-- Denominator: all tracks with features that have both.
select
    loudness_db,
    energy_bin / 20 as energy,
    track_count,
    track_count / sum(track_count) over () as track_share,
    cast(ntile(6) over (order by track_count, loudness_db, energy_bin) as integer) as step
from loudness_by_energy
where track_count > 0
order by
    loudness_db,
    energy
