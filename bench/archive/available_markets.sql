-- The first list is of all 184 markets, the second says `unavailable`, the third is empty.
select
    list + 1 as rowid,
    case list
        when 1 then 'unavailable'
        when 2 then ''
        else coalesce(string_agg(market, ',' order by market) filter (where is_served), 'US')
    end as available_markets
from (
    select
        lists.range as list,
        chr((65 + turns.range // 26)::integer) || chr((65 + turns.range % 26)::integer) as market,
        list = 0 or share(list * 256 + turns.range, 95) < case
            when pick(list, 96, 10) < 2 then 0.01
            when pick(list, 96, 10) < 8 then 0.95
            else share(list, 97)
        end as is_served
    from range(getvariable('lists')) as lists
    cross join range(184) as turns
) as served
group by list
order by list
