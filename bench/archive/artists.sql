select
    range + 1 as rowid,
    first.phrase || case when artist % 3 = 0 then ' ' || second.phrase else '' end as name,
    greatest(0, 60 * ((getvariable('artists') / (artist + 0.6)) ** 1.2 - 1.1))::bigint as followers_total,
    popularity_at(1 - (artist + 0.5) / getvariable('artists'))::bigint as popularity
from (
    select range, gathered(range, getvariable('artist_back'), getvariable('artists')) as artist
    from range(getvariable('artists'))
) as placed
inner join phrases as first on pick(artist, 60, 65536) = first.number
inner join phrases as second on pick(artist, 61, 65536) = second.number
