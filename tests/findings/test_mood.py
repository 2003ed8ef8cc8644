"""Tracks of known key, mode and danceability, counted by hand."""

from __future__ import annotations

import pytest
from archives import FEATURES, Archive

MAJOR, MINOR = 1, 0


def sounding(*features: dict, tracks: list[dict] | None = None) -> Archive:
    return Archive(tracks=tracks or [{}] * len(features), **{FEATURES: list(features)})


def test_major_and_danceable(say) -> None:
    facts = say(
        "mood",
        sounding(
            {"mode": MAJOR, "danceability": 0.5},
            {"mode": MAJOR, "danceability": 0.499},
            {"mode": MINOR, "danceability": 0.9},
            {"mode": MAJOR, "danceability": 0.9},
        ),
    ).facts

    assert facts["major_share"] == 3 / 4
    assert facts["danceable_share"] == 3 / 4
    assert facts["danceable_major_share"] == 2 / 4
    assert facts["independent_danceable_major_share"] == pytest.approx(9 / 16)


def test_only_music_like_tracks_count_but_for_those_named_all(say) -> None:
    tracks = [{}, {}, {"duration_ms": 29_000}, {"duration_ms": 900_000}, {"duration_ms": 901_000}]
    facts = say(
        "mood",
        sounding({"mode": MAJOR}, {"mode": MINOR, "speechiness": 0.66}, *[{"mode": MINOR}] * 3, tracks=tracks),
    ).facts

    # Left: the first and the fourth. Speech, 29 s and 15:01 fall away.
    assert facts["music_like_count"] == 2
    assert facts["not_music_like_count"] == 3
    assert facts["major_share"] == 1 / 2
    assert facts["major_share_all"] == 1 / 5


def test_a_missing_value_is_in_no_share(say) -> None:
    said = say("mood", sounding({"mode": MAJOR, "danceability": None}, {"mode": None}, {"mode": MINOR}))

    assert said.facts["major_share"] == 1 / 2
    assert said.facts["danceable_share"] == 1
    assert said.facts["danceable_major_share"] == 0
    # The three of danceability 0.5 are those that have one and a mode: the last track alone.
    assert [row["track_count"] for row in said.rows["danceability_by_mode"]] == [1]


def test_keys_add_up_and_stand_beside_the_published(say) -> None:
    rows = say("mood", sounding({"key": 0, "mode": MAJOR}, {"key": -1, "mode": MAJOR}, {"key": 11, "mode": MINOR})).rows
    by_key = {(row["key"], row["mode"]): row for row in rows["key_mode"]}

    assert by_key["C", "major"]["computed_share"] == 1 / 2
    assert by_key["B", "minor"]["computed_share"] == 1 / 2
    assert by_key["C", "major"]["published_share"] == pytest.approx(0.093)
    assert sum(row["computed_share"] for row in rows["key_mode"]) == 1


def test_popular_tracks_against_the_rest(say) -> None:
    tracks = [{"popularity": 50}, {"popularity": 49}, {"popularity": 0}]
    facts = say("mood", sounding({"valence": 0.8}, {"valence": 0.2}, {"valence": 0.4}, tracks=tracks)).facts

    assert facts["popular_valence"] == pytest.approx(0.8)
    assert facts["rest_valence"] == pytest.approx(0.3)
    assert facts["popular_valence_difference"] == pytest.approx(0.5)


def test_features_of_unknown_tracks_and_null_responses_are_left_out(say) -> None:
    facts = say("mood", sounding({}, {"null_response": 1}, {"track_id": "nobody"}, tracks=[{}, {}])).facts

    assert facts["tracks_in"] == 1
