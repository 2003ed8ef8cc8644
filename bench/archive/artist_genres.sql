-- One artist in ten has genres, one to three of them.
select
    range // 3 + 1 as artist_rowid,
    'genre ' || phrase as genre
from range(getvariable('artists') * 3)
inner join phrases on (floor(256 * share(range, 90) ** 2)::bigint * 3 + range % 3) = number
where pick(range // 3, 91, 1000) < 97 and (range % 3 = 0 or share(range, 92) < 0.245)
