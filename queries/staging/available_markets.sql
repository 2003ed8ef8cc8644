-- One row per list of markets.
select
    rowid as available_markets_rowid,
    available_markets
from source.available_markets
