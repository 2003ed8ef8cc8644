-- One row per number of entries (where its band begins): playlists, by the number the service gives.
select
    cast(case
        when tracks_total = 0 then 0
        when tracks_total < 11 then 1
        when tracks_total < 51 then 11
        when tracks_total < 101 then 51
        when tracks_total < 501 then 101
        when tracks_total < 1001 then 501
        when tracks_total is not null then 1001
    end as integer) as tracks_from,
    cast(count(*) as bigint) as playlist_count
from staging.playlists
group by tracks_from
