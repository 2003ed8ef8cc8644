-- Everything is a function of a number and a salt: the same seed gives the same archive, in any order and any part.
-- hash(i, salt) would not do: its values for two salts differ by a constant.
create macro chance(i, salt) as hash(i * 128 + salt + getvariable('seed') * 1000000000000);
create macro pick(i, salt, n) as (chance(i, salt) % n)::bigint;
create macro share(i, salt) as chance(i, salt) / 18446744073709551616.0::double;
-- A permutation of 0 to n - 1, so that neighbours in one table are strangers in another; step and n share no factor.
create macro scattered(i, step, n) as (i * step + 7) % n;
create macro gathered(i, back, n) as ((i + n - 7 % n) % n) * back % n;

create macro album_rowid(album) as scattered(album, getvariable('album_step'), getvariable('albums')) + 1;
create macro artist_rowid(artist) as scattered(artist, getvariable('artist_step'), getvariable('artists')) + 1;

-- 22 characters of base62 in the order of `place`: six that rise with it, sixteen of chance.
create macro track_id(place) as
    to_base(place * getvariable('id_step') + pick(place, 1, getvariable('id_step')), 36, 6)
    || replace(replace(left(base64(unhex(md5((place + getvariable('seed') * 1000000000000)::varchar))), 16), '+', 'a'), '/', 'b');
create macro place_of_track(track) as scattered(track, getvariable('track_step'), getvariable('tracks'));
create macro track_at_place(place) as gathered(place, getvariable('track_back'), getvariable('tracks'));

-- Which recording a track is: most are their own, the rest share, few of them widely.
create macro recording_of(track) as scattered(
    case
        when share(track, 2) < 0.605 then track
        else floor(getvariable('tracks') * share(track, 3) ** 2)::bigint
    end,
    getvariable('track_step'), getvariable('tracks')
);

create macro duration_of(recording) as case
    when pick(recording, 4, 100) < 2 then 60000 * (2 + pick(recording, 5, 3))
    else exp(12.1 + 0.9 * (share(recording, 6) + share(recording, 7) + share(recording, 8) - 1.5))::bigint
end;

create macro main_artist(album) as floor(getvariable('artists') * share(album, 9) ** 2.2)::bigint;

-- The published bands: 95.1% below 10, 0.084% from 50, 0.0045% from 70.
create macro popularity_at(u) as case
    when u < 0.70 then 0
    when u < 0.9514 then least(9, 1 + floor(ln(0.30 / (1 - u)) / 0.2023)::integer)
    when u < 0.99916 then 10 + floor(ln(0.0486 / (1 - u)) / 0.1015)::integer
    else least(100, 50 + floor(ln(0.00084 / (1 - u)) / 0.1463)::integer)
end;
create macro fetched_at(i, salt) as 1740787200000 + 86400000 * floor(135 * share(i, salt) ** 0.7)::bigint;
