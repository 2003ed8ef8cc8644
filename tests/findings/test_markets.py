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


def test_a_list_is_a_set(say) -> None:
    lists = ["us,us,us", ",", "US, GB", "US,,GB", "GB,us,gb,"]
    archive = Archive(
        tracks=[{"available_markets_rowid": number} for number in range(1, 6)],
        available_markets=[{"available_markets": text} for text in lists],
    )
    said = say("markets", archive)
    assert {row["market"]: row["track_count"] for row in said.rows["by_market"]} == {"US": 4, "GB": 3}
    assert (said.facts["no_market_share"], said.facts["one_market_share"]) == (1 / 5, 1 / 5)
    assert said.facts["available_tracks"] == 4
    assert said.tables["available_markets"]["unusable"]["available_markets"] == {
        "a market named twice": 1,
        "an empty item": 2,
        "a market named twice and an empty item": 1,
    }


def test_more_than_three_hundred_codes_are_counted_as_many_as_they_are(say) -> None:
    codes = ",".join(f"{a}{b}" for a in "ABCDEFGHIJKLMNOPQRST" for b in "ABCDEFGHIJKLMNOPQRST")
    said = say("markets", Archive(available_markets=[{"available_markets": codes}]))
    assert (said.facts["market_count"], len(said.rows["by_market"])) == (400, 300)


def test_without_the_table_no_list_is_missing(say) -> None:
    said = say("markets", Archive(tracks=[{}] * 3, available_markets=None))
    assert said.tables["tracks"]["unusable"] == {}
    assert said.facts["no_market_share"] is None


def test_a_market_counts_for_the_popular_only_beyond_chance(say) -> None:
    # Of 100 popular tracks all are in FR and 50 in US; of 300 others 200 are in FR and 148 in US.
    lists = [{"available_markets": text} for text in ("FR", "FR,US", "GB", "US")]
    counts = {(50, 1): 50, (50, 2): 50, (0, 1): 52, (0, 2): 148, (0, 3): 100}
    tracks = [
        {"popularity": popularity, "available_markets_rowid": number}
        for (popularity, number), count in counts.items()
        for _ in range(count)
    ]
    facts = say("markets", Archive(tracks=tracks, available_markets=lists)).facts

    assert facts["popular_higher_market_count"] == 1
