"""Explicit flags, counted by hand."""

from __future__ import annotations

import pytest
from archives import Archive


@pytest.fixture(scope="module")
def said(say):
    flags = [1, 0, 0, 0, "yes"]
    popularities = [60, 60, 0, 0, 0]
    tracks = [
        {"explicit": flag, "popularity": popularity} for flag, popularity in zip(flags, popularities, strict=True)
    ]
    return say("explicit", Archive(tracks=tracks))


def test_the_share_is_of_tracks_with_a_flag(said) -> None:
    assert said.facts["explicit_share"] == 1 / 4
    assert said.facts["tracks_without_flag"] == 1


def test_the_published_share_stands_beside_it(said) -> None:
    assert said.facts["published_explicit_share"] == pytest.approx(34_590_297 / 256_039_007)


def test_popular_tracks_by_themselves(said) -> None:
    assert said.facts["popular_share"] == 1 / 2
    assert said.facts["zero_share"] == 0


def test_published_years_stand_where_nothing_is_computed(said) -> None:
    years = {row["release_year"]: row for row in said.rows["by_year"]}

    assert years[2024]["published_share"] == pytest.approx(0.1784)
    assert years[2024]["computed_share"] is None


def test_the_published_share_of_all_stands_beside_each_tier(say) -> None:
    rows = say("explicit", Archive(tracks=[{"explicit": 1, "popularity": 0}] * 20)).rows["by_tier"]

    assert [(row["popularity_tier"], row["explicit_share"]) for row in rows] == [("0", 1)]
    assert rows[0]["published_all_share"] == pytest.approx(34_590_297 / 256_039_007)
