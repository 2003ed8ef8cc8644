-- One row per thousandth of the artists, from the least to the most followed: artists, their followers and the sum of
-- rank times followers, from which the Gini coefficient follows exactly. Artists without a usable count are left out.
with

ranked as (
    select
        followers_total,
        row_number() over (order by followers_total, artist_rowid) as artist_rank,
        count(*) over () as artist_count
    from staging.artists
    where followers_total is not null
)

select
    cast((artist_rank - 1) * 1000 // artist_count as integer) as thousandth,
    cast(count(*) as bigint) as artist_count,
    cast(sum(followers_total) as bigint) as followers_sum,
    cast(sum(cast(artist_rank as decimal(18, 0)) * cast(followers_total as decimal(18, 0))) as decimal(38, 0))
        as rank_followers_sum
from ranked
group by (artist_rank - 1) * 1000 // artist_count
