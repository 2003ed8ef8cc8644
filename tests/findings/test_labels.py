"""Label names, counted by hand."""

from __future__ import annotations

import pytest
from archives import Archive


@pytest.fixture(scope="module")
def said(say):
    return say(
        "labels",
        Archive(
            albums=[
                {"label": "Big"},
                {"label": " big band "},
                {"label": "1234567 Records DK"},
                {"label": ""},
            ],
            artists=[{"name": "Big Band"}, {"name": "Someone"}],
            artist_albums=[
                {"artist_rowid": 1, "album_rowid": 1},
                {"artist_rowid": 1, "album_rowid": 2},
                {"artist_rowid": 2, "album_rowid": 3},
                {"artist_rowid": 1, "album_rowid": 3, "is_appears_on": 1},
                {"artist_rowid": 1, "album_rowid": 4},
            ],
            tracks=[{"album_rowid": album} for album in (1, 1, 1, 2, 3, 4, 4)],
        ),
    )


def test_names_and_their_tracks(said) -> None:
    # Seven tracks, two without a name.
    assert said.facts["tracks"] == 5
    assert said.facts["tracks_without_label"] == 2
    assert said.facts["label_count"] == 3
    assert {row["label"]: row["track_count"] for row in said.rows["largest"]} == {
        "Big": 3,
        "big band": 1,
        "1234567 Records DK": 1,
    }


def test_albums_named_after_their_artist_or_by_a_distributor(said) -> None:
    # Three albums have a name and an own artist; one bears the artist's, one the default.
    assert said.facts["albums_with_label"] == 3
    assert said.facts["artist_name_album_share"] == 1 / 3
    assert said.facts["default_name_album_share"] == 1 / 3


def test_concentration_of_a_year(say) -> None:
    albums = [{"label": "One"}, {"label": "Two"}]
    tracks = [{"album_rowid": 1}] * 750 + [{"album_rowid": 2}] * 250
    (year,) = say("labels", Archive(albums=albums, tracks=tracks)).rows["hhi"]

    assert year["concentration_index"] == pytest.approx(0.75**2 + 0.25**2)


def test_of_labels_that_tie_the_first_by_name_are_shown(say) -> None:
    # 201 names with one track each, and one with two: of the ties the last is left out.
    names = [f"Label {number:03}" for number in range(201)]
    albums = [{"label": name} for name in ["Most", *reversed(names)]]
    tracks = [{"album_rowid": 1}] + [{"album_rowid": album} for album in range(1, 203)]
    said = say("labels", Archive(albums=albums, tracks=tracks))

    assert said.facts["label_count"] == 202
    assert said.facts["tracks"] == 203
    assert [row["label"] for row in said.rows["largest"]][:3] == ["Most", "Label 000", "Label 001"]
