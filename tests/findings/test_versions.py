"""Recordings, duplicates and malformed codes, counted by hand."""

from __future__ import annotations

import pytest
from archives import Archive

ONE, TWO, THREE = "QZABC2500001", "QZABC2500002", "USRC17607839"


@pytest.fixture(scope="module")
def said(say):
    codes = [ONE, " qz-abc-25-00001 ", ONE.lower(), TWO, TWO, THREE, "", None, "12345", "QZABC250000"]
    lengths = [180, 180, 184, 200, 200, 100, 100, 100, 100, 100]
    tracks = [
        {"external_id_isrc": code, "duration_ms": length * 1000} for code, length in zip(codes, lengths, strict=True)
    ]
    albums = [{"external_id_upc": upc} for upc in ("1", "1", "2", "", None)]
    return say("versions", Archive(tracks=tracks, albums=albums))


def test_recordings_are_normalised_codes(said) -> None:
    # Six of ten tracks have a valid code, of three recordings with 3, 2 and 1 tracks.
    assert said.facts["recordings"] == 3
    assert said.facts["tracks"] == 6
    assert said.facts["tracks_per_recording"] == 2
    assert said.facts["tracks_without_isrc"] == 4


def test_duplicates_are_tracks_whose_code_another_has(said) -> None:
    assert said.facts["duplicate_track_share"] == 5 / 6


def test_malformed_and_empty_codes_are_counted_apart(said) -> None:
    assert said.facts["malformed_isrcs"] == 2
    assert said.facts["empty_isrcs"] == 1


def test_rows_by_number_of_tracks(said) -> None:
    assert {row["tracks_band"]: row["recording_count"] for row in said.rows["recordings_by_tracks"]} == {
        "1": 1,
        "2": 1,
        "3": 1,
    }
    assert {row["tracks_band"]: row["track_count"] for row in said.rows["tracks_by_tracks"]} == {"1": 1, "2": 2, "3": 3}


def test_differences_of_duration_within_a_recording(said) -> None:
    # The first recording's tracks lie 4 s apart, the second's are of one length.
    assert {row["difference_band"]: row["recording_count"] for row in said.rows["duration_differences"]} == {
        "none": 1,
        "3–5 s": 1,
    }


def test_albums_per_product_code(said) -> None:
    assert {row["albums_band"]: row["upc_count"] for row in said.rows["albums_per_upc"]} == {"1": 1, "2": 1}


def test_a_length_that_is_not_known_agrees_with_none(say) -> None:
    # One recording on 4 tracks of which two are 180 s and two unknown, one on 2 of which one is unknown, one alone.
    lengths = {ONE: (180, 180, 0, 0), TWO: (200, 0), THREE: (100,)}
    tracks = [{"external_id_isrc": code, "duration_ms": length * 1000} for code, of in lengths.items() for length in of]
    facts = say("versions", Archive(tracks=tracks)).facts
    assert (facts["timed_recordings"], facts["untimed_recordings"], facts["same_duration_share"]) == (1, 1, 1)
    # Four further tracks: one agrees, and of three nobody knows.
    assert facts["surplus_track_share"] == pytest.approx(4 / 7)
    assert (facts["same_duration_surplus_share"], facts["untimed_surplus_share"]) == (1 / 7, 3 / 7)
