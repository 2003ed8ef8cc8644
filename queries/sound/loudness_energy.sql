-- Are loud tracks energetic?
-- One row per bin of loudness (2 dB, the ends folded) and energy (0.05), named by where the bin begins. step is the
-- sixth of the filled bins, by number of tracks, that the bin is in.
-- Denominator: all tracks with features that have both.
--
-- unit: tracks
-- denominator: tracks - tracks_without_loudness_or_energy = tracks_with_loudness_and_energy
-- key: loudness_db, energy
-- rows: 0..660
-- within: loudness_db -60..4, energy 0..0.95, step 1..6
-- sums to 1: track_share
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
