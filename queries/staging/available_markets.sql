-- One row per list of markets: how many it names, and whether it is empty or says `unavailable`.
select
    rowid as available_markets_rowid,
    available_markets,
    cast(case
        when available_markets is null then null
        when trim(available_markets) in ('', 'unavailable') then 0
        else length(available_markets) - length(replace(available_markets, ',', '')) + 1
    end as integer) as market_count
from source.available_markets
