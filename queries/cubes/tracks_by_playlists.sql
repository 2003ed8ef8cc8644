-- One row per popularity tier and number of playlists (where its band begins): tracks. Empty without playlists.
select
    cast(tracks.popularity_tier as integer) as popularity_tier,
    cast(case
        when playlist_tracks.playlist_count is null then 0
        when playlist_tracks.playlist_count < 3 then playlist_tracks.playlist_count
        when playlist_tracks.playlist_count < 6 then 3
        when playlist_tracks.playlist_count < 11 then 6
        when playlist_tracks.playlist_count < 101 then 11
        when playlist_tracks.playlist_count < 1001 then 101
        else 1001
    end as integer) as playlists_from,
    cast(count(*) as bigint) as track_count
from staging.tracks as tracks
left join staging.playlist_tracks as playlist_tracks on tracks.track_rowid = playlist_tracks.track_rowid
where exists (select 1 from staging.playlist_tracks)
group by
    tracks.popularity_tier,
    playlists_from
