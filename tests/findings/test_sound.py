"""Tempo, loudness and energy of a few tracks, worked out by hand."""

from __future__ import annotations

from statistics import correlation, mean, stdev

import pytest
from archives import FEATURES, Archive

# 120 tracks, as a correlation is of 100 or more.
TEMPI = [0, 60.004, 120, 119.5, 122.49, 180.25] * 20
LOUDNESS = [-5.5, -12.25, -30, -7, -60, -3.125] * 20
ENERGY = [0.9, 0.5, 0.2, 0.25, 0.01, 1.0] * 20


@pytest.fixture(scope="module")
def said(say):
    features = [
        {"tempo": tempo, "loudness": loudness, "energy": energy}
        for tempo, loudness, energy in zip(TEMPI, LOUDNESS, ENERGY, strict=True)
    ]
    return say("sound", Archive(tracks=[{}] * len(features), **{FEATURES: features}))


def test_mean_and_standard_deviation_of_tempo(said) -> None:
    assert said.facts["tempo_mean"] == pytest.approx(mean(TEMPI))
    assert said.facts["tempo_sd"] == pytest.approx(stdev(TEMPI))
    assert said.facts["tempo_mean_standard_error"] == pytest.approx(stdev(TEMPI) / 120**0.5)
    assert said.facts["tempo_none_found_count"] == 20
    assert said.facts["tempo_mean_found"] == pytest.approx(mean(tempo for tempo in TEMPI if tempo))


def test_tempi_near_120_are_those_that_round_to_118_to_122(said) -> None:
    assert said.facts["tempo_118_to_122_share"] == 3 / 6


def test_the_correlation_of_loudness_and_energy(said) -> None:
    expected = correlation(LOUDNESS, ENERGY)

    assert said.facts["loudness_energy_correlation"] == pytest.approx(expected)
    assert said.facts["loudness_energy_correlation_standard_error"] == pytest.approx((1 - expected**2) / 118**0.5)
    (pair,) = [
        row for row in said.rows["correlations"] if (row["feature_a"], row["feature_b"]) == ("energy", "loudness")
    ]
    assert pair["correlation"] == pytest.approx(expected)


def test_correlations_are_symmetric_with_ones_on_the_diagonal(said) -> None:
    values = {(row["feature_a"], row["feature_b"]): row["correlation"] for row in said.rows["correlations"]}

    assert values
    for (one, other), value in values.items():
        assert values[other, one] == pytest.approx(value)
        assert -1 - 1e-9 <= value <= 1 + 1e-9
        assert one != other or value == pytest.approx(1)


def test_the_fold_stands_beside_half_the_tempo(said) -> None:
    by_tempo = {row["tempo_bpm"]: row for row in said.rows["tempo"]}

    # Five tracks have a tempo; 119.5 and 120 both round to 120, twice 60.
    assert by_tempo[60]["track_share"] == 1 / 5
    assert by_tempo[60]["double_share"] == 2 / 5


def test_each_distribution_adds_up(said) -> None:
    totals: dict[str, float] = {}
    for row in said.rows["distributions"]:
        totals[row["feature"]] = totals.get(row["feature"], 0) + row["feature_share"]

    assert len(totals) == 9
    assert all(total == pytest.approx(1) for total in totals.values())


def test_a_published_mean_stands_beside_its_distribution(said) -> None:
    means = {row["feature"]: row["published_mean"] for row in said.rows["distributions"]}

    assert (means["danceability"], means["tempo"], means["loudness"]) == (0.57, 118, None)


def test_a_missing_feature_is_in_no_bin(say) -> None:
    features = [{"danceability": None, "loudness": None}, {}]
    rows = say("sound", Archive(tracks=[{}, {}], **{FEATURES: features})).rows["distributions"]

    assert {row["feature"]: row["track_count"] for row in rows if row["feature"] in ("danceability", "loudness")} == {
        "danceability": 1,
        "loudness": 1,
    }


def test_a_mean_that_is_not_known_is_compared_with_none(say) -> None:
    facts = say("sound", Archive(tracks=[{}], **{FEATURES: [{"danceability": 0.57, "energy": None}]})).facts

    assert (facts["means_compared_count"], facts["means_agreeing_count"] >= 1) == (6, True)
