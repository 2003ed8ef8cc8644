-- One row per release year: albums with a label name and an own artist; those whose label is the name of one of their
-- own artists; those whose label is a distributor's default of the form "1234567 Records DK".
-- Which albums have an own artist is kept as 64 bits a block of 64 albums, as in quality.sql.
with

blocks as (
    select
        album_rowid >> 6 as block,
        bit_or(cast(1 as ubigint) << cast(album_rowid & 63 as ubigint)) as has_artist,
        bit_or(cast(is_self_labelled as ubigint) << cast(album_rowid & 63 as ubigint)) as has_artist_name
    from staging.artist_albums
    where is_own
    group by block
),

labels as (
    select
        album_rowid >> 6 as block,
        cast(album_rowid & 63 as ubigint) as place,
        release_year,
        contains(label, ' Records DK') and regexp_matches(label, '^[0-9]+ Records DK[0-9]*$') as is_default_name
    from staging.albums
    where label is not null
)

select
    labels.release_year,
    cast(count(*) as bigint) as album_count,
    cast(count(*) filter (where (blocks.has_artist_name >> labels.place) & 1 = 1) as bigint) as artist_name_count,
    cast(count(*) filter (where labels.is_default_name) as bigint) as default_name_count
from labels
inner join blocks on labels.block = blocks.block
where (blocks.has_artist >> labels.place) & 1 = 1
group by labels.release_year
