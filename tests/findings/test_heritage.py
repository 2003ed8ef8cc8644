"""Dates, availability and codes of a few tracks, counted by hand. The tiny archives are fetched in July 2025."""

from __future__ import annotations

import pytest
from archives import Archive


def test_shares_before_a_year_and_of_the_popular(say) -> None:
    albums = [{"release_date": date} for date in ("1979-12-31", "1980", "1999", "2020", "0000")]
    tracks = [{"album_rowid": album, "popularity": 50 if album in (1, 4) else 0} for album in range(1, 6)] * 50
    facts = say("heritage", Archive(albums=albums, tracks=tracks)).facts

    assert facts["tracks"] == 200
    assert facts["before_1980_share"] == 1 / 4
    assert facts["before_2000_share"] == 3 / 4
    assert facts["before_2020_share"] == 3 / 4
    assert facts["before_1980_ge_50_share"] == 1 / 2
    assert facts["before_1980_ratio"] == 2
    # Shares of 52 of 104 and 52 of 204, by the rule of Agresti and Coull.
    popular, all_tracks = (1 / 4 / 104) ** 0.5, (52 / 204 * 152 / 204 / 204) ** 0.5
    expected = (popular**2 + (2 * all_tracks) ** 2) ** 0.5 / (1 / 4)
    assert facts["before_1980_ratio_standard_error"] == pytest.approx(expected)


def test_under_100_popular_tracks_have_no_ratio(say) -> None:
    tracks = [{"popularity": 50}] * 99 + [{"popularity": 0}] * 100
    facts = say("heritage", Archive(albums=[{"release_date": "1970"}], tracks=tracks)).facts

    assert facts["ge_50_count"] == 99
    assert facts["before_1980_ge_50_share"] == 1
    assert facts["before_1980_ratio"] is None


def test_unavailable_is_an_empty_list_or_the_word(say) -> None:
    lists = [{"available_markets": text} for text in ("DE", "", "unavailable")]
    tracks = [{"available_markets_rowid": rowid} for rowid in (1, 1, 2, 3, None)]
    facts = say("heritage", Archive(tracks=tracks, available_markets=lists)).facts

    assert facts["tracks_with_markets"] == 4
    assert facts["unavailable_share"] == 2 / 4


@pytest.mark.parametrize(
    ("isrc", "released", "gap"),
    [
        ("QZABC2500001", "2025", "same year"),
        ("QZABC2400001", "2025", "1 year"),
        ("QZABC9900001", "2010", "10 years or more"),
        ("QZABC8600001", "1970", "code is later"),
        ("QZABC2600001", "2025", "10 years or more"),
    ],
)
def test_the_gap_between_code_and_release(say, isrc: str, released: str, gap: str) -> None:
    # 26 lies after the snapshot, so it is 1926.
    archive = Archive(albums=[{"release_date": released}], tracks=[{"external_id_isrc": isrc}] * 100)
    rows = say("heritage", archive).rows["reissue_gap"]

    assert [row["gap_band"] for row in rows if row["track_count"]] == [gap]
    assert sum(row["gap_share"] for row in rows) == 1


def test_precision_of_dates(say) -> None:
    albums = [{"release_date_precision": precision} for precision in ["day"] * 60 + ["year"] * 40]
    rows = say("heritage", Archive(albums=albums)).rows["date_precision"]

    assert {row["date_precision"]: row["precision_share"] for row in rows} == {"day": 0.6, "month": 0, "year": 0.4}


def test_a_round_year_stands_above_its_neighbours(say) -> None:
    dates = [str(year) for year in (1988, 1989, 1991, 1992) for _ in range(25)] + ["1990"] * 50
    said = say("heritage", Archive(albums=[{"release_date": date} for date in dates]))

    assert {row["release_year"]: row["computed_bump"] for row in said.rows["round_years"] if row["computed_bump"]} == {
        1990: 2
    }
    assert said.facts["round_year_bump"] == 2
    # Four hundredths of the root of 50 + 50² / 100.
    assert said.facts["round_year_bump_standard_error"] == pytest.approx(0.04 * 75**0.5)


def test_a_round_year_among_few_albums_is_not_stated(say) -> None:
    dates = [str(year) for year in (1988, 1989, 1991, 1992) for _ in range(24)] + ["1990"] * 50
    facts = say("heritage", Archive(albums=[{"release_date": date} for date in dates])).facts

    assert (facts["round_year_bump"], facts["round_year_bump_standard_error"]) == (None, None)
