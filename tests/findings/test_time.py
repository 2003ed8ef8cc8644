"""What a finding says of years: only those that the snapshot reaches, and the end of the data as the edition has it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from archives import Archive

from report.core.settings import Settings
from report.pages.placed import site_facts
from report.warehouse.edition import last_full_year

SCALED = ("danceability", "energy", "loudness", "speechiness", "acousticness", "instrumentalness", "valence")


def snapshot(year: int, *dates: str, month: int = 7, day: int = 8, tracks: int = 1, **tables: object) -> Archive:
    """An archive fetched in that year, with an album of so many tracks for each of the dates."""
    fetched = int(datetime(year, month, day, tzinfo=UTC).timestamp() * 1000)
    albums = [{"release_date": date} for date in dates]
    rows = [{"fetched_at": fetched, "album_rowid": n} for n in range(1, len(dates) + 1) for _ in range(tracks)]
    return Archive(albums=albums, tracks=rows, **tables)


DATES = ("2014-01-01", "2015-01-01", "2019-01-01", "2021-01-01", "2024-01-01", "2024-02-01")


@pytest.mark.parametrize(("year", "recent", "growth"), [(2025, 3 / 6, 2), (2030, 3 / 6, 2), (2024, None, None)])
def test_recent_years_are_known_where_the_snapshot_is_beyond_them(
    say, year: int, recent: float | None, growth: int | None
) -> None:
    facts = say("releases", snapshot(year, *DATES)).facts

    assert (facts["since_2020_share"], facts["tracks_since_2020_share"]) == (recent, recent)
    assert facts["growth_2015_2024"] == growth


@pytest.mark.parametrize("year", [2015, 2019])
def test_an_older_snapshot_knows_nothing_of_them(say, year: int) -> None:
    archive = snapshot(year, "2010-01-01", "2014-01-01", "2015-01-01")
    releases, heritage = say("releases", archive).facts, say("heritage", archive).facts

    assert releases["since_2020_share"] is None
    assert releases["albums_2015"] == (1 if year > 2015 else None)
    assert (heritage["before_2020_share"], heritage["before_2020_ratio"]) == (None, None)
    assert heritage["before_2000_share"] == 0


@pytest.mark.parametrize(
    ("year", "month", "before", "after"),
    [
        (2025, 7, ("2025-04-01", 0.18), ("2025-09-01", 0.28)),
        (2025, 4, ("2025-04-01", 0.18), ("2025-09-01", 0.28)),
        (2019, 2, (None, None), ("2025-01-01", 0.10)),
        (2030, 1, ("2026-04-01", 0.44), (None, None)),
    ],
)
def test_deezers_statements_around_the_end_of_the_data(say, year: int, month: int, before: tuple, after: tuple) -> None:
    said = say("ai_flood", snapshot(year, "2010-01-01", month=month))

    assert (said.facts["before_end_month"], said.facts["before_end_share"]) == before
    assert (said.facts["after_end_month"], said.facts["after_end_share"]) == after
    assert {row["end_month"] for row in said.rows["deezer"]} == {f"{year}-{month:02}"}


@pytest.mark.parametrize(("day", "last", "partial"), [(30, 2023, [2024]), (31, 2024, [])])
def test_a_year_is_over_on_its_last_day(say, day: int, last: int, partial: list[int]) -> None:
    dates = [f"{year}-05-01" for year in (2014, 2015, 2023, 2024) for _ in range(100)]
    own = [{"artist_rowid": 1, "album_rowid": n} for n in range(1, len(dates) + 1)]
    archive = snapshot(2024, *dates, month=12, day=day, tracks=10, artist_albums=own)
    releases, flood = say("releases", archive), say("ai_flood", archive)

    assert releases.facts["latest_year"] == last
    assert releases.facts["albums_2024"] == (100 if last == 2024 else None)
    assert flood.facts["latest_growth_year"] == (2015 if last == 2023 else 2024)
    zero = flood.facts["latest_zero_share"], flood.facts["ten_years_before_zero_share"]
    assert zero == (0, 0 if last == 2024 else None)
    for figure in ("albums_by_year", "albums_by_year_linear"):
        rows = releases.rows[figure]
        assert [row["release_year"] for row in rows if row["is_partial"]] == partial
        assert [row["release_year"] for row in rows if row["is_published_partial"]] == [2025]


def test_each_series_has_a_last_year_of_its_own(say) -> None:
    rows = say("releases", snapshot(2027, "2025-01-01", "2027-01-01")).rows["albums_by_year"]

    assert [row["release_year"] for row in rows if row["is_partial"]] == [2027]
    assert [row["release_year"] for row in rows if row["is_published_partial"]] == [2025]


@pytest.mark.parametrize(("year", "late"), [(2024, 0), (2025, 5)])
def test_periods_end_before_the_snapshots_year(say, year: int, late: int) -> None:
    dates = [f"{one}-01-01" for one in (*range(2000, 2005), *range(2020, 2025))]
    values = [dict.fromkeys(SCALED, n % 7 / 10) | {"tempo": 100 + n % 7} for n in range(1000 * len(dates))]
    archive = snapshot(year, *dates, tracks=1000, track_audio_features=values)

    assert say("similarity", archive).facts["late_years"] == late


@pytest.mark.parametrize(
    ("as_of", "year", "decade"),
    [("2025-07-14", 2025, 2020), ("2019-12-30", 2019, 2010), ("2024-12-31", None, 2020), ("2029-12-31", None, None)],
)
def test_what_is_not_over_is_the_editions(settings: Settings, as_of: str, year: int | None, decade: int | None) -> None:
    manifest = {"name": "a", "kind": "archive", "source": {}, "as_of": as_of, "snapshot_year": int(as_of[:4])}
    facts = site_facts(settings, manifest | {"last_full_year": last_full_year(manifest)}, {})

    assert (facts["partial_year"], facts["partial_decade"]) == (year, decade)


def test_no_words_say_by_themselves_that_a_year_is_not_over(root: Path) -> None:
    typed = re.compile(r"\b(last|newest|snapshot’s year)\b[^.;]*\bis (partial|not complete|not over)\b(?!\s+is marked)")
    found = [
        f"{path.name}: {line.strip()}"
        for path in sorted((root / "content/en").rglob("*.md"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if typed.search(line) and "not over is" not in line and "{{" not in line
    ]
    # What was published is what it is.
    assert found == ["heritage.md: The last decade is partial."]
