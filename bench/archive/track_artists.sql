-- 1.36 a track; a pair is there twice now and then.
select
    track + 1 as track_rowid,
    artist_rowid(
        case
            when turn = 0 or chance(track, 70) % 300000 = 0 then main_artist(album)
            else floor(getvariable('artists') * share(track * 4 + turn, 71) ** 2.2)::bigint
        end
    ) as artist_rowid
from (
    select range // 3 as track, range % 3 as turn, (range // 3072) * 234 + in_block as album
    from range(getvariable('tracks') * 3)
    inner join patterns on pick(range // 3072, 0, 64) = pattern and range // 3 % 1024 = position
    where range % 3 = 0 or share(range, 72) < case range % 3 when 1 then 0.26 else 0.0994 end
) as dealt
