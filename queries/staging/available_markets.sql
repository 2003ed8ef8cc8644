-- One row per list of markets: how many it names, and whether it is empty or says `unavailable`.
select
    rowid as available_markets_rowid,
    available_markets,
    case
        when trim(available_markets) in ('', 'unavailable') then 0
        else cast(least(length(available_markets) - length(replace(available_markets, ',', '')) + 1, 250) as integer)
    end as market_count
from source.available_markets
