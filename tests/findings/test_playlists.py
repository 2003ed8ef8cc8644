"""Tracks on playlists, counted by hand."""

from __future__ import annotations

from archives import Archive


def test_tracks_by_number_of_playlists(say) -> None:
    archive = Archive(
        tracks=[{"popularity": 0}, {"popularity": 0}, {"popularity": 60}],
        playlists=[{"tracks_total": 0}, {"tracks_total": 30}, {"tracks_total": 31}],
        playlist_tracks=[
            {"playlist_rowid": 1, "track_rowid": 1},
            {"playlist_rowid": 2, "track_rowid": 1},
            {"playlist_rowid": 2, "track_rowid": 1},
            {"playlist_rowid": 3, "track_rowid": 3},
            {"playlist_rowid": 3, "track_rowid": None},
            {"playlist_rowid": 3, "track_rowid": 2, "is_episode": 1},
        ],
    )
    said = say("playlists", archive)

    assert {row["playlist_band"]: row["track_count"] for row in said.rows["by_playlists"]} == {
        "none": 1,
        "1": 1,
        "2": 1,
    }
    assert said.facts["no_playlist_share"] == 1 / 3
    assert said.facts["popularity_0_no_playlist_share"] == 1 / 2
    assert said.facts["ge_10_no_playlist_share"] == 0
    assert said.facts["ge_50_no_playlist_share"] == 0
    assert said.facts["at_most_one_playlist_share"] == 2 / 3
    assert said.facts["over_10_playlists_share"] == 0
    assert said.facts["empty_playlist_share"] == 1 / 3
    assert {row["size_band"]: row["playlist_count"] for row in said.rows["sizes"]} == {"empty": 1, "11–50": 2}


def test_without_playlists_only_the_published_is_known(say) -> None:
    said = say("playlists", Archive())

    assert said.facts["no_playlist_share"] is None
    assert said.facts["published_playlists"] == 6_608_769
    assert said.facts["published_tracks"] == 256_039_007
    assert said.rows["by_playlists"] == []
