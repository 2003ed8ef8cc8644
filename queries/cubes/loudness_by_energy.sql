-- One row per bin of loudness (2 dB from -60, the ends folded) and of energy (0.05): tracks with both.
with

binned as (
    select
        cast(least(greatest((loudness + 60000000) // 2000000, 0), 32) * 2 - 60 as integer) as loudness_db,
        cast(least(energy // 50000, 19) as integer) as energy_bin
    from staging.features
    where
        loudness is not null
        and energy is not null
)

select
    loudness_db,
    energy_bin,
    cast(count(*) as bigint) as track_count
from binned
group by
    loudness_db,
    energy_bin
