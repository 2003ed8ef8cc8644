"""Five tracks of popularity 0, 0, 5, 50 and 95; three artists with 0, 1 and 9 followers."""

from __future__ import annotations

import random
from math import sqrt

import pytest
from archives import Archive
from recount import gini

ARCHIVE = Archive(
    tracks=[{"popularity": popularity} for popularity in (0, 0, 5, 50, 95)],
    artists=[{"followers_total": 0, "popularity": 0}, {"followers_total": 1}, {"followers_total": 9}],
)


@pytest.fixture(scope="module")
def said(say):
    return say("long_tail", ARCHIVE)


def test_shares_and_counts(said) -> None:
    assert said.facts["zero_share"] == 2 / 5
    assert said.facts["below_10_share"] == 3 / 5
    assert said.facts["ge_50_count"] == 2
    assert said.facts["ge_70_count"] == 1
    assert said.facts["tracks_per_ge_50_track"] == 5 / 2


def test_gini_of_popularity(said) -> None:
    # Ranks 1 to 5: 2 * (1*0 + 2*0 + 3*5 + 4*50 + 5*95) / (5 * 150) - 6/5
    assert said.facts["gini_popularity"] == pytest.approx(2 * 690 / 750 - 6 / 5)
    # Without the zeros: 2 * (1*5 + 2*50 + 3*95) / (3 * 150) - 4/3
    assert said.facts["gini_popularity_nonzero"] == pytest.approx(2 * 390 / 450 - 4 / 3)


def test_gini_of_followers(said) -> None:
    # 2 * (1*0 + 2*1 + 3*9) / (3 * 10) - 4/3
    assert said.facts["gini_followers"] == pytest.approx(2 * 29 / 30 - 4 / 3)


def jackknife(values: list[int]) -> float:
    """The standard error of a Gini coefficient: each value is left out in turn."""
    n, whole = len(values), gini(values)
    changes = (gini(values[:at] + values[at + 1 :]) - whole for at in range(n))
    return sqrt((n - 1) / n * sum(change**2 for change in changes))


def test_gini_coefficients_are_compared_beyond_chance(say) -> None:
    chance = random.Random(3)
    scores = [int(100 * chance.random() ** 4) for _ in range(150)]
    followers = [int(chance.random() ** -1.5) for _ in range(60)]
    facts = say(
        "long_tail",
        Archive(
            tracks=[{"popularity": score} for score in scores],
            artists=[{"followers_total": count} for count in followers],
        ),
    ).facts

    assert facts["gini_followers_difference"] == pytest.approx(gini(followers) - gini(scores))
    error = sqrt(jackknife(followers) ** 2 + jackknife(scores) ** 2)
    assert facts["gini_followers_difference_standard_error"] == pytest.approx(error)
    # The tracks at 0 are a share p of all, and the others lack 1 - gini.
    above = [score for score in scores if score]
    share, p = 1 - gini(above), 1 - len(above) / len(scores)
    assert facts["gini_nonzero_difference"] == pytest.approx(p * share)
    zeros = (len(scores) - len(above) + 2) / (len(scores) + 4)
    error_of_p = sqrt(zeros * (1 - zeros) / (len(scores) + 4))
    error = sqrt((share * error_of_p) ** 2 + (p * jackknife(above)) ** 2)
    assert facts["gini_nonzero_difference_standard_error"] == pytest.approx(error)


def test_a_gini_coefficient_of_one_holder_has_no_standard_error(say) -> None:
    facts = say("long_tail", Archive(tracks=[{"popularity": 0}, {"popularity": 9}])).facts

    assert facts["gini_popularity"] == 1 / 2
    assert facts["gini_followers_difference_standard_error"] is None


def test_recordings_take_their_most_popular_track(say) -> None:
    shared = {"external_id_isrc": "QZABC2500001"}
    tracks = [{"popularity": 0, **shared}, {"popularity": 60, "external_id_isrc": "qz-abc-25-00001"}, {"popularity": 0}]
    facts = say("long_tail", Archive(tracks=tracks)).facts

    assert facts["recordings"] == 2
    assert facts["recording_zero_share"] == 1 / 2
    assert facts["recording_ge_50_share"] == 1 / 2
    assert facts["recording_below_10_share_difference"] == pytest.approx(1 / 2 - 2 / 3)


def test_bands_hold_every_track(said) -> None:
    bands = {row["popularity_band"]: row["computed_count"] for row in said.rows["bands"]}

    assert bands["0–9"] == 3
    assert bands["50–59"] == 1
    assert bands["90–99"] == 1
    assert sum(bands.values()) == 5
    assert sum(row["computed_share"] for row in said.rows["bands"]) == pytest.approx(1)
    assert sum(row["published_share"] for row in said.rows["bands"]) == pytest.approx(1)


def test_lorenz_curves_run_from_nothing_to_everything(said) -> None:
    for measure in ("popularity of tracks", "followers of artists"):
        curve = [
            (row["population_share"], row["total_share"]) for row in said.rows["lorenz"] if row["measure"] == measure
        ]
        assert curve[0] == (0, 0)
        assert curve[-1] == (1, 1)
        assert all(total <= population for population, total in curve)


def test_an_unusable_popularity_is_in_no_share(say) -> None:
    facts = say("long_tail", Archive(tracks=[{"popularity": 0}, {"popularity": "many"}, {"popularity": 101}])).facts

    assert facts["tracks"] == 1
    assert facts["tracks_without_popularity"] == 2
    assert facts["zero_share"] == 1
