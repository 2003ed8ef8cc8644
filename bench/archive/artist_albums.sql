-- 1.91 an album: its own artist and those who appear on it.
select
    artist_rowid(
        case
            when turn = 0 then main_artist(album)
            else floor(getvariable('artists') * share(album * 4 + turn, 80) ** 2.2)::bigint
        end
    ) as artist_rowid,
    album_rowid(album) as album_rowid,
    (turn = 1 and pick(album, 81, 10) > 0 or turn = 2)::bigint as is_appears_on,
    (turn = 3)::bigint as is_implicit_appears_on
from (
    select range // 4 as album, range % 4 as turn
    from range(getvariable('albums') * 4)
    where range % 4 = 0 or share(range, 82) < case range % 4 when 1 then 0.5 when 2 then 0.25 else 0.158 end
) as dealt
