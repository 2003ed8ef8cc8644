-- How many tracks have each tempo?
-- One row per whole BPM, 1 to 250, nearest. double_share is the share of tracks at twice this tempo: a beat heard at
-- half or double speed shows as one curve repeating the other.
-- Denominator: all tracks with features in which a tempo was found (tempo above 0).
--
-- unit: tracks
-- denominator: tracks - tracks_without_tempo - tempo_none_found_count = tempo_found_count
-- key: tempo_bpm
-- rows: 0 or 250
-- within: tempo_bpm 1..250
-- sums to at most 1: track_share, double_share
with

scale as (
    select cast(range as integer) as tempo_bpm
    from range(1, 251)
),

counted as (
    select
        bin as tempo_bpm,
        sum(track_count) as track_count
    from feature_histograms
    where
        feature = 'tempo'
        and bin > 0
    group by bin
),

totals as (
    select sum(track_count) as track_count
    from counted
)

select
    scale.tempo_bpm,
    cast(coalesce(counted.track_count, 0) as bigint) as track_count,
    coalesce(counted.track_count, 0) / totals.track_count as track_share,
    coalesce(doubled.track_count, 0) / totals.track_count as double_share
from scale
cross join totals
left join counted on scale.tempo_bpm = counted.tempo_bpm
left join counted as doubled on scale.tempo_bpm * 2 = doubled.tempo_bpm
where totals.track_count > 0
order by scale.tempo_bpm
