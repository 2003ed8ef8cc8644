"""Dispersion of a year of 1,000 tracks, against the distances of all their pairs."""

from __future__ import annotations

from itertools import combinations
from math import sqrt
from random import Random
from statistics import stdev

import pytest
from archives import FEATURES, Archive

EIGHT = (
    "danceability",
    "energy",
    "loudness",
    "speechiness",
    "acousticness",
    "instrumentalness",
    "valence",
    "tempo",
)  # fmt: skip


def drawn(count: int, seed: int = 1) -> list[dict]:
    chance = Random(seed)
    return [
        {name: round(chance.random() * 0.5, 3) for name in EIGHT[:2] + EIGHT[3:7]}
        | {"loudness": -round(chance.random() * 20, 2), "tempo": round(60 + chance.random() * 100, 2)}
        for _ in range(count)
    ]


def dispersions(said) -> dict[int, float]:
    """By release year, of all music-like tracks."""
    return {row["release_year"]: row["dispersion"] for row in said.rows["dispersion"] if row["population"] == "all"}


def test_dispersion_is_the_root_mean_squared_distance_of_pairs(say) -> None:
    features = drawn(1000)
    (year,) = dispersions(say("similarity", Archive(tracks=[{}] * 1000, **{FEATURES: features}))).values()

    scales = {name: stdev(row[name] for row in features) for name in EIGHT}
    points = [[row[name] / scales[name] for name in EIGHT] for row in features]
    squares = [sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) for one, other in combinations(points, 2)]
    assert year == pytest.approx(sqrt(sum(squares) / len(squares)))
    # Of a single year each feature's variance is that of all years, so the dispersion is sqrt(2 * 8).
    assert year == pytest.approx(4)


def test_a_shift_does_not_change_dispersion(say) -> None:
    early, late = drawn(1000, 1), drawn(1000, 1)
    for row in late:
        row["loudness"] = round(row["loudness"] - 10, 2)
        row["valence"] = round(row["valence"] + 0.25, 3)
    tracks = [{"album_rowid": 1}] * 1000 + [{"album_rowid": 2}] * 1000
    albums = [{"release_date": "2000"}, {"release_date": "2020"}]
    years = dispersions(say("similarity", Archive(tracks=tracks, albums=albums, **{FEATURES: early + late})))

    assert years[2000] == pytest.approx(years[2020])


def test_a_narrower_year_is_less_dispersed(say) -> None:
    early, late = drawn(1000, 1), drawn(1000, 2)
    for row in late:
        row["tempo"] = 110.0
    tracks = [{"album_rowid": 1}] * 1000 + [{"album_rowid": 2}] * 1000
    albums = [{"release_date": "2000"}, {"release_date": "2020"}]
    said = say("similarity", Archive(tracks=tracks, albums=albums, **{FEATURES: early + late}))

    years = dispersions(said)
    assert years[2020] < years[2000]
    # One year of each period is not the test, which takes all five of both.
    assert said.facts["dispersion_ratio"] == pytest.approx(years[2020] / years[2000])
    assert (said.facts["early_years"], said.facts["late_years"], said.facts["tested_ratio"]) == (1, 1, None)
    assert said.facts["narrowest_feature"] == "tempo"


def test_years_under_a_thousand_tracks_are_left_out(say) -> None:
    said = say("similarity", Archive(tracks=[{}] * 999, **{FEATURES: drawn(999)}))

    assert said.rows["dispersion"] == []


def test_loudness_of_a_year(say) -> None:
    features = drawn(1000)
    (year,) = say("similarity", Archive(tracks=[{}] * 1000, **{FEATURES: features})).rows["loudness"]
    loudness = [row["loudness"] for row in features]

    assert year["mean_db"] == pytest.approx(sum(loudness) / 1000)
    assert year["sd_db"] == pytest.approx(stdev(loudness))


def test_one_mix_of_durations_takes_away_a_change_of_mix(say) -> None:
    # Two kinds of tracks, told apart by their length; the second year has more of the second kind.
    bands_s = (45, 90, 150, 210, 270, 400)
    chance = Random(7)

    def year(album: int, second_kind: int) -> tuple[list[dict], list[dict]]:
        tracks, features = [], []
        for number in range(1200):
            band = number % 6 if number < 1200 - second_kind else 5
            base = 0.1 if band < 3 else 0.6
            tracks.append({"album_rowid": album, "duration_ms": bands_s[band] * 1000})
            features.append({name: round(base + chance.random() * 0.2, 3) for name in EIGHT[:2] + EIGHT[4:7]})
        return tracks, features

    early, late = year(1, 0), year(2, 600)
    archive = Archive(
        tracks=early[0] + late[0],
        albums=[{"release_date": "2000"}, {"release_date": "2020"}],
        **{FEATURES: early[1] + late[1]},
    )
    rows = say("similarity", archive).rows["composition"]
    values = {(row["release_year"], row["measure"]): row["dispersion"] for row in rows}

    as_released = abs(values[2020, "as released"] - values[2000, "as released"])
    same_mix = abs(values[2020, "same mix of durations"] - values[2000, "same mix of durations"])
    assert as_released > 5 * same_mix
