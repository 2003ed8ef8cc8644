-- Tracks of an album stand together; albums are in no order.
select
    track + 1 as rowid,
    track_id(place_of_track(track)) as id,
    fetched_at(track, 20) as fetched_at,
    first.phrase || case when pick(track, 21, 100) < 45 then ' ' || second.phrase else '' end || ending as name,
    album_rowid(album) as album_rowid,
    track_number,
    case
        when quirk < 100 then null
        when quirk < 110 then lower(isrc)
        when quirk < 120 then left(isrc, 2) || '-' || substr(isrc, 3, 3) || '-' || substr(isrc, 6)
        when quirk < 125 then left(isrc, 9)
        when quirk < 130 then ''
        else isrc
    end as external_id_isrc,
    popularity_at(share(track, 22))::bigint as popularity,
    market_list as available_markets_rowid,
    1::bigint as disc_number,
    duration_of(recording) as duration_ms,
    (pick(recording, 23, 1000) < 135)::bigint as explicit
from (
    select
        laid.*,
        code || lpad(year_digits::varchar, 2, '0') || lpad((recording // 4096)::varchar, 5, '0') as isrc
    from (
        select
            range as track,
            (range // 1024) * 234 + in_block as album,
            track_number,
            recording_of(range) as recording,
            (2025 - least(60, floor(-ln(1 - share(recording_of(range), 24)) * 5)::bigint)) % 100 as year_digits,
            pick(range, 25, 10000) as quirk,
            case
                when pick(range // 6, 26, 100) < 55 then 1
                else 1 + floor(getvariable('lists') * share(range // 6, 27) ** 3)::bigint
            end as market_list,
            floor(65536 * share(recording_of(range), 28) ** 1.5)::bigint as first_phrase,
            pick(recording_of(range), 29, 65536) as second_phrase,
            pick(range, 30, 1024) as ending_number
        from range(getvariable('tracks'))
        inner join patterns on pick(range // 1024, 0, 64) = pattern and range % 1024 = position
    ) as laid
    inner join codes on recording % 4096 = codes.number
) as coded
inner join phrases as first on first_phrase = first.number
inner join phrases as second on second_phrase = second.number
inner join endings on ending_number = endings.number
