"""Ages and spreads of popularity, counted by hand. The tiny archives are fetched in July 2025."""

from __future__ import annotations

import pytest
from archives import Archive


def aged(*years_and_popularities: tuple[int, int]) -> Archive:
    return Archive(
        albums=[{"release_date": str(year)} for year, _ in years_and_popularities],
        tracks=[
            {"album_rowid": number, "popularity": popularity}
            for number, (_, popularity) in enumerate(years_and_popularities, 1)
        ],
    )


def test_median_ages(say) -> None:
    facts = say("popularity", aged(*[(2025, 80), (2024, 55), (2020, 50), (2000, 10), (1990, 0)] * 100)).facts

    # Ages 0, 1, 5, 25 and 35, a hundred each; at 50 or more 0, 1 and 5; at 70 or more 0.
    assert facts["median_age_years"] == 5
    assert facts["median_age_ge_50_years"] == 1
    assert facts["median_age_ge_70_years"] == 0


def test_a_median_age_tells_within_a_year(say) -> None:
    # Of 4,001 tracks, 1,000 of them popular, 1,990 and 500 are three years old, one is 55 and the rest four.
    years = [(2022, 60)] * 500 + [(2021, 60)] * 500 + [(2022, 10)] * 1490 + [(2021, 10)] * 1510 + [(1970, 10)]
    facts = say("popularity", aged(*years)).facts

    assert (facts["median_age_ge_50_years"], facts["median_age_years"]) == (3, 4)
    assert facts["grouped_median_age_ge_50_years"] == pytest.approx(3.5)
    assert facts["grouped_median_age_years"] == pytest.approx(3.5 + 10.5 / 2010)
    ratio = 3.5 / (3.5 + 10.5 / 2010)
    assert facts["ge_50_age_ratio"] == pytest.approx(ratio)
    # Half the root of 1,000 and of 4,000 places, 500 of them a year in the one group and about 2,000 in the other.
    error = ((1000**0.5 / 2 / 500 / 3.5) ** 2 + (4000**0.5 / 2 / 2000 / 3.5) ** 2) ** 0.5
    assert facts["ge_50_age_ratio_standard_error"] == pytest.approx(error, rel=0.02)


def test_ages_of_too_few_tracks_are_not_compared(say) -> None:
    facts = say("popularity", aged(*[(2024, 60)] * 999, *[(2000, 10)] * 2000)).facts

    assert facts["median_age_ge_50_years"] == 1
    assert facts["ge_50_age_ratio"] is None
    assert facts["ge_50_count"] == 999


def test_no_popular_track_has_no_median_age(say) -> None:
    facts = say("popularity", aged((2020, 10), (2010, 0))).facts

    assert facts["median_age_ge_50_years"] is None


def test_the_spread_is_between_tracks_of_one_recording(say) -> None:
    one, two, alone = "QZABC2500001", "QZABC2500002", "QZABC2500003"
    tracks = [
        {"external_id_isrc": isrc, "popularity": popularity}
        for isrc, popularity in ((one, 0), (one, 30), (one, 5), (two, 40), (two, 49), (alone, 90))
    ]
    said = say("popularity", Archive(tracks=tracks))

    assert {row["popularity_spread"]: row["recording_count"] for row in said.rows["spread"]} == {9: 1, 30: 1}
    assert said.facts["multi_track_recordings"] == 2
    assert said.facts["spread_ge_10_share"] == 1 / 2
    assert said.facts["spread_ge_20_share"] == 1 / 2


def test_tier_ages_add_up(say) -> None:
    tracks = [{"popularity": 0, "album_rowid": 1 + number % 2} for number in range(20)]
    albums = [{"release_date": "2025"}, {"release_date": "1999"}]
    rows = say("popularity", Archive(tracks=tracks, albums=albums)).rows["tier_ages"]

    assert {row["age_band"]: row["tier_share"] for row in rows} == {
        "0–1": 0.5,
        "2–4": 0,
        "5–9": 0,
        "10–19": 0,
        "20+": 0.5,
    }


def test_fetch_days(say) -> None:
    day = 86_400_000
    tracks = [{"fetched_at": 20_000 * day}, {"fetched_at": 20_000 * day + 1}, {"fetched_at": 20_010 * day}]
    said = say("popularity", Archive(tracks=tracks))

    assert [(row["fetched_day"], row["track_count"]) for row in said.rows["fetch_days"]] == [
        ("2024-10-04", 2),
        ("2024-10-14", 1),
    ]
    assert said.facts["fetch_span_days"] == 10
