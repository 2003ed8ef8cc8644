-- How are tempi spread in a part of the archive?
-- One row per bin, named by its middle. Read off a chart of a part that is no random sample.
-- Denominator: tracks of that part in the bins that were read off.
--
-- unit: tracks
-- key: tempo_bpm
-- rows: 1..200
-- sums to 1: track_share
select
    tempo_bpm_middle_of_bin as tempo_bpm,
    track_count,
    track_count / sum(track_count) over () as track_share
from published.tempo_histogram_subset
order by tempo_bpm
