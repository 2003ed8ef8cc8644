-- One row per list of markets: which it names and how many; none where it is empty or says `unavailable`.
-- A list is a set, in upper case and without blanks: what it names twice counts once, an empty item not at all.
with

split as (
    select
        rowid as available_markets_rowid,
        case
            when trim(available_markets) in ('', 'unavailable') then []
            else string_split(upper(replace(available_markets, ' ', '')), ',')
        end as items
    from source.available_markets
),

named as (
    select
        available_markets_rowid,
        items,
        list_distinct(list_filter(items, lambda item: item <> '')) as markets
    from split
)

select
    available_markets_rowid,
    markets,
    cast(len(markets) as integer) as market_count,
    case
        when items is null or len(items) = len(markets) then null
        when not list_contains(items, '') then 'a market named twice'
        when len(list_filter(items, lambda item: item <> '')) = len(markets) then 'an empty item'
        else 'a market named twice and an empty item'
    end as unusable_available_markets
from named
