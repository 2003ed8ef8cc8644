select
    range + 1 as rowid,
    first.phrase || ' ' || second.phrase as name,
    case
        when total_tracks <= 3 then 'single'
        when total_tracks <= 6 and pick(album, 40, 10) < 7 then 'single'
        when pick(album, 40, 100) < 8 then 'compilation'
        else 'album'
    end as album_type,
    case when pick(album, 41, 1000) < 995 then (190000000000 + album * 37)::varchar end as external_id_upc,
    case
        when pick(album, 42, 100) < 30
            then artist_first.phrase || case when artist % 3 = 0 then ' ' || artist_second.phrase else '' end
        when pick(album, 42, 100) < 40 then (100000 + pick(artist, 43, 9000000))::varchar || ' Records DK'
        when pick(album, 42, 1000) < 998 then label_first.phrase || ' ' || label_second.phrase || ' Records'
    end as label,
    popularity_at(share(album, 44) ** 0.7)::bigint as popularity,
    case
        when pick(album, 45, 10000) = 0 then '0000'
        when dated = 'year' then year::varchar
        when dated = 'month' then year::varchar || '-' || lpad((1 + pick(album, 46, 12))::varchar, 2, '0')
        else
            year::varchar || '-' || lpad((1 + pick(album, 46, 12))::varchar, 2, '0')
            || '-' || lpad((1 + pick(album, 47, 28))::varchar, 2, '0')
    end as release_date,
    dated as release_date_precision,
    total_tracks
from (
    select
        range,
        album,
        total_tracks,
        main_artist(album) as artist,
        2025 - least(105, floor(-ln(1 - share(album, 48)) * 4.1)::bigint) as year,
        case when pick(album, 49, 100) < 93 then 'day' when pick(album, 49, 100) < 99 then 'year' else 'month' end
            as dated,
        floor(getvariable('labels') * share(album, 50) ** 3)::bigint as label_number
    from (
        select range, gathered(range, getvariable('album_back'), getvariable('albums')) as album
        from range(getvariable('albums'))
    ) as placed
    inner join sizes on pick(album // 234, 0, 64) = pattern and album % 234 = in_block
) as dealt
inner join phrases as first on pick(album, 51, 65536) = first.number
inner join phrases as second on pick(album, 52, 65536) = second.number
inner join phrases as label_first on label_number % 65536 = label_first.number
inner join phrases as label_second on label_number // 65536 = label_second.number
inner join phrases as artist_first on pick(artist, 60, 65536) = artist_first.number
inner join phrases as artist_second on pick(artist, 61, 65536) = artist_second.number
