-- What share of the tracks of each key is in the major mode, as published?
-- One row per key, the largest share first; read off a chart.
-- Denominator: tracks of the key.
--
-- unit: tracks
-- key: key
-- rows: 12
-- order: key_order
-- within: published_share 0..1
with

by_key as (
    select
        key,
        sum(track_percent) filter (where mode = 'major') / sum(track_percent) as published_share,
        sum(track_percent) / 100 as published_key_share
    from published.key_and_mode
    group by key
)

select
    key,
    row_number() over (order by published_share desc, key) as key_order,
    published_share,
    published_key_share
from by_key
order by key_order
