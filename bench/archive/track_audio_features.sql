-- Sorted by track_id, all text, as in the re-cut. Three tracks in 1,000 have no values, a few ids are of no track.
select
    (place + 1)::varchar as rowid,
    case when pick(place, 100, 20000) = 0 then left(id, 21) || '-' else id end as track_id,
    fetched_at(place, 101)::varchar as fetched_at,
    is_null::varchar as null_response,
    case when is_null = 0 then duration_of(recording)::varchar end as duration_ms,
    case when is_null = 0 then case when signature < 88 then '4' when signature < 97 then '3' else '5' end end
        as time_signature,
    case when is_null = 0 then (70 + tempo // 1000)::varchar || '.' || lpad((tempo % 1000)::varchar, 3, '0') end
        as tempo,
    case when is_null = 0 then pick(recording, 105, 12)::varchar end as key,
    case when is_null = 0 then (pick(recording, 106, 1000) < 619)::integer::varchar end as mode,
    case when is_null = 0 then '0.' || lpad(floor(1000 * (a * b) ** 0.35)::integer::varchar, 3, '0') end as danceability,
    case when is_null = 0 then '0.' || lpad(floor(1000 * sqrt(b))::integer::varchar, 3, '0') end as energy,
    case when is_null = 0
        then '-' || floor(1 + 26 * (1 - sqrt(b)) * c)::integer::varchar || '.' || lpad(pick(recording, 107, 1000)::varchar, 3, '0')
    end as loudness,
    case when is_null = 0 then '0.' || lpad((240 + 9200 * c ** 8)::integer::varchar, 4, '0') end as speechiness,
    case when is_null = 0 then '0.' || lpad(floor(1000 * a ** 2)::integer::varchar, 3, '0') end as acousticness,
    case
        when is_null = 1 then null
        when c < 0.5 then '0.0'
        when c < 0.7 then (1 + pick(recording, 108, 9))::varchar || '.' || pick(recording, 109, 99)::varchar || 'e-05'
        else '0.' || lpad((999 * a)::integer::varchar, 3, '0')
    end as instrumentalness,
    case when is_null = 0 then '0.' || lpad((50 + pick(recording, 110, 400))::varchar, 4, '0') end as liveness,
    case when is_null = 0 then '0.' || lpad((999 * (a + c) / 2)::integer::varchar, 3, '0') end as valence
from (
    select
        place,
        recording,
        track_id(place) as id,
        (pick(place, 111, 1000) < 3)::bigint as is_null,
        pick(recording, 102, 100) as signature,
        case
            when pick(recording, 103, 20) = 0 then 50000 + pick(recording, 104, 200)
            else floor(48000 * (share(recording, 112) + share(recording, 113)))::bigint
        end as tempo,
        share(recording, 114) as a,
        share(recording, 115) as b,
        share(recording, 116) as c
    from (
        select range as place, recording_of(track_at_place(range)) as recording
        from range(getvariable('tracks'))
        where pick(range, 117, 1000) <> 0
    ) as placed
) as dealt
