"""A column that nobody filled is absent: it is listed as such, and no fact rests on it."""

from __future__ import annotations

from pathlib import Path

import pytest
from archives import FEATURES, Archive
from building import ROOT, aggregated, settings_below

from report.cache.store import Store
from report.results.results import Results
from report.sources.schema import TABLES
from report.warehouse.edition import Edition
from report.warehouse.published import read_published

# Column -> what stands in all its rows, and a fact that it would be asked for.
BLANK = {
    "tracks.name": ("", None),
    "tracks.external_id_isrc": (None, "versions.recordings"),
    "tracks.explicit": (0, "explicit.explicit_share"),
    "albums.album_type": ("album", "releases.full_album_share"),
    "albums.label": ("  ", "labels.label_count"),
    "albums.external_id_upc": ("", "versions.albums_per_upc"),
    "albums.popularity": (0, "long_tail.album_zero_share"),
    "albums.release_date": ("", "releases.since_2020_share"),
    "artists.followers_total": (0, "long_tail.gini_followers"),
    "artists.popularity": (None, "long_tail.artist_zero_share"),
    "available_markets.available_markets": ("", "markets.no_market_share"),
    f"{FEATURES}.mode": (0, "mood.major_share"),
    "playlists.tracks_total": (0, "playlists.empty_playlist_share"),
}


def made(folder: Path, archive: Archive) -> tuple[Edition, dict[str, object]]:
    edition = aggregated(archive.sqlite(folder / "archive"), "made", settings_below(folder))
    with Results(edition, read_published(ROOT / "content/published"), ROOT / "queries", Store(folder)) as answers:
        return edition, {
            f"{stem}.{name}": value for stem, facts in answers.facts().items() for name, value in facts.items()
        }


def archive_of(values: dict[str, object], rows: int = 30) -> Archive:
    """Rows of every table, with these values in all of them."""
    tables = ("tracks", "albums", "artists", "available_markets", FEATURES, "playlists")
    return Archive(
        **{
            table: [{name.split(".")[1]: value for name, value in values.items() if name.startswith(f"{table}.")}]
            * rows
            for table in tables
        }
    )


def test_all_that_nobody_filled_is_absent(tmp_path: Path) -> None:
    edition, facts = made(tmp_path, archive_of({name: value for name, (value, _) in BLANK.items()}))
    lacking = edition.manifest["absent"]["columns"]
    assert {f"{table}.{name}" for table, names in lacking.items() for name in names} >= BLANK.keys()
    assert {fact: facts[fact] for _, fact in BLANK.values() if fact} == {
        fact: None for _, fact in BLANK.values() if fact
    }
    # What is absent is said once, and not of every row as well.
    assert [table["unusable"] for table in edition.manifest["tables"].values() if table["unusable"]] == []


def test_one_row_that_is_filled_makes_a_column(tmp_path: Path) -> None:
    filled = {
        "tracks.name": "A", "tracks.external_id_isrc": "x", "tracks.explicit": 1, "albums.album_type": "single",
        "albums.label": "A", "albums.external_id_upc": "1", "albums.popularity": 1, "albums.release_date": "soon",
        "artists.followers_total": 1, "artists.popularity": "lots", "available_markets.available_markets": "US",
        f"{FEATURES}.mode": 1, "playlists.tracks_total": 1,
    }  # fmt: skip
    assert filled.keys() == BLANK.keys()
    archive = archive_of({name: value for name, (value, _) in BLANK.items()})
    for name, value in filled.items():
        table, column = name.split(".")
        archive.tables[table][-1][column] = value
    edition, facts = made(tmp_path, archive)
    lacking = edition.manifest["absent"]["columns"]
    assert {f"{table}.{name}" for table, names in lacking.items() for name in names} & BLANK.keys() == set()
    assert facts["explicit.explicit_share"] == pytest.approx(1 / 30)
    assert facts["long_tail.album_zero_share"] == pytest.approx(29 / 30)


def test_what_rows_are_known_by_is_never_absent() -> None:
    keys = [
        column
        for table in TABLES.values()
        for name, column in table.columns.items()
        if column.is_id or name == table.key or (name.endswith("_rowid") and column.is_required)
    ]
    assert len(keys) > 15
    assert not any(column.blanks for column in keys)
