"""Title markers, same lengths and growth, counted by hand."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from archives import Archive

from report.core.limits import STANDARD_ERRORS
from report.warehouse.markers import macros, read_markers

TITLES = [
    ("Song (Sped Up)", {"sped up"}),
    ("song - sped-up version", {"sped up"}),
    ("Slowed + Reverb", {"slowed"}),
    ("NIGHTCORE", {"nightcore"}),
    ("Lo-Fi Rain", {"lofi", "rain"}),
    ("Kapitel 37", {"chapter"}),
    ("Capítulo 2", {"chapter"}),
    ("ГЛАВА 5", {"chapter"}),
    ("Live at Home (Remastered)", {"live", "remaster"}),
    ("Brown Noise for Sleep", {"white noise", "sleep"}),
    ("8D Audio", {"8D"}),
    ("Song_remix_", {"remix"}),
    ("Delivered", set()),
    ("Olive Oil", set()),
    ("Trainspotting", set()),
    ("Élivé", set()),
    ("Живелive", set()),
    ("Discovery", set()),
    ("88d8", set()),
    ("Sleepless", set()),
    ("", set()),
]


@pytest.fixture(scope="module")
def listed(root: Path) -> dict[str, set[str]]:
    """The markers of each title, asked for at once: to plan the question takes longer than to answer it."""
    with duckdb.connect() as con:
        con.execute(macros(read_markers(root / "queries/markers.csv")))
        marked = "case when has_title_marker(title) then marker_names(title_markers(title, folded_title(title))) end"
        asked = f"select title, {marked} from (select unnest(cast(? as varchar[])) as title)"
        rows = con.execute(asked, [[title for title, _ in TITLES]]).fetchall()
    return {title: set(found or ()) for title, found in rows}


def titled(*names: str) -> Archive:
    return Archive(tracks=[{"name": name} for name in names])


def markers(said) -> dict[str, int]:
    return {row["marker"]: row["track_count"] for row in said.rows["marker_counts"] if row["track_count"]}


@pytest.mark.parametrize(("title", "found"), TITLES)
def test_markers_are_words_in_any_case_and_script(listed: dict[str, set[str]], title: str, found: set[str]) -> None:
    assert listed[title] == found


def test_a_title_counts_once_a_marker(say) -> None:
    assert markers(say("ai_flood", titled("Live live LIVE", "Remix (live)"))) == {"live": 2, "remix": 1}


def test_albums_of_one_length(say) -> None:
    # One album of eight with four tracks of a length, one of eight with three, one of seven with seven.
    lengths = [*[100] * 4, 1, 2, 3, 4, *[100] * 3, 1, 2, 3, 4, 5, *[100] * 7]
    albums = [1] * 8 + [2] * 8 + [3] * 7
    tracks = [
        {"album_rowid": album, "duration_ms": length * 1000} for album, length in zip(albums, lengths, strict=True)
    ]
    facts = say("ai_flood", Archive(albums=[{}] * 3, tracks=tracks)).facts

    assert facts["albums_of_8_and_more"] == 2
    assert facts["same_length_album_share"] == 1 / 2


def test_growth_from_year_to_year(say) -> None:
    albums = [{"release_date": "2010"}] * 100 + [{"release_date": "2011"}] * 150
    rows = {row["release_year"]: row for row in say("ai_flood", Archive(albums=albums)).rows["growth"]}

    assert rows[2011]["computed_growth"] == pytest.approx(0.5)
    assert rows[2012]["computed_growth"] is None
    assert rows[2011]["published_growth"] == pytest.approx(517_312 / 426_598 - 1)


def test_deezers_series_is_external_and_whole(say) -> None:
    said = say("ai_flood", titled("A song"))

    assert said.facts["in_november_2025_share"] == pytest.approx(0.34)
    assert len(said.rows["deezer"]) == said.facts["statement_count"] == 6


@pytest.mark.parametrize(("zeros", "is_less"), [(480, False), (400, True)])
def test_fewer_at_popularity_0_is_said_beyond_chance_only(say, zeros: int, is_less: bool) -> None:
    tracks = [
        {"album_rowid": album, "popularity": int(n >= count)}
        for album, count in ((1, 500), (2, zeros))
        for n in range(1000)
    ]
    albums = [{"release_date": "2014"}, {"release_date": "2024"}]
    facts = say("ai_flood", Archive(tracks=tracks, albums=albums)).facts
    difference, error = facts["zero_share_difference"], facts["zero_share_difference_standard_error"]

    assert difference == pytest.approx(zeros / 1000 - 0.5)
    assert (difference < -STANDARD_ERRORS * error) == is_less
