"""Lists of markets, counted by hand."""

from __future__ import annotations

import pytest
from archives import Archive

LISTS = ["DE,FR,US", "US", "unavailable", "", " de , fr "]


@pytest.fixture(scope="module")
def said(say):
    # Two tracks with three markets, one each with one, none, none and two, one that points to no list.
    points_to = [1, 1, 2, 3, 4, 5, 99]
    popularities = [10, 0, 0, 0, 0, 50, 0]
    tracks = [
        {"available_markets_rowid": list_rowid, "popularity": popularity}
        for list_rowid, popularity in zip(points_to, popularities, strict=True)
    ]
    return say("markets", Archive(tracks=tracks, available_markets=[{"available_markets": text} for text in LISTS]))


def test_shares_are_of_tracks_whose_list_is_known(said) -> None:
    assert said.facts["tracks_in"] == 7
    assert said.facts["tracks_without_list"] == 1
    assert said.facts["no_market_share"] == 2 / 6
    assert said.facts["one_market_share"] == 1 / 6


def test_tracks_by_band_of_markets(said) -> None:
    counts = {row["market_band"]: row["track_count"] for row in said.rows["by_count"]}

    assert counts == {"none": 2, "1": 1, "2–9": 3, "10–49": 0, "50–99": 0, "100–179": 0, "180 or more": 0}


def test_each_market_against_the_available_tracks(said) -> None:
    markets = {row["market"]: row for row in said.rows["by_market"]}

    # Four tracks can be heard somewhere, two of them with popularity 10 or more.
    assert markets["US"]["all_share"] == 3 / 4
    assert markets["DE"]["all_share"] == 3 / 4
    assert markets["US"]["popular_share"] == 1 / 2
    assert markets["FR"]["popular_share"] == 1


def test_a_market_that_a_list_names_twice_counts_once(say) -> None:
    archive = Archive(tracks=[{"available_markets_rowid": 1}], available_markets=[{"available_markets": "US,us,DE"}])
    markets = {row["market"]: row for row in say("markets", archive).rows["by_market"]}
    assert (markets["US"]["track_count"], markets["US"]["all_share"]) == (1, 1)
