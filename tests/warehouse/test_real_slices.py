"""Real data and parts of it, in every layout, give the facts of a count apart: rows, tables and years may be gone."""

from __future__ import annotations

import csv
import gzip
import random
import re
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from archives import DECLARED, FEATURES, OPTIONAL, PARTS, Archive, Row
from building import facts_of
from recount import FELT, is_same, recount

# Columns that nobody filled in this data, and the tables that it lacks. What rests on them is not known.
BLANK = {
    "tracks": ("external_id_isrc", "explicit"),
    "albums": ("album_type", "label", "external_id_upc", "popularity"),
    "artists": ("followers_total", "popularity"),
    "available_markets": ("available_markets",),
}
RESTS_ON_THEM = re.compile(
    r"(explicit|labels|markets|preservation|versions)\.|data\.(recordings|tracks_with_isrc|tracks_without_markets)"
    r"|heritage\..*(coded|gap|same_year|later_code|unavailable|market)|genres\..*(followers|median|first_ten)"
    r"|long_tail\..*(recording|artist|album|followers)|popularity\..*(recording|spread|same_popularity)"
    r"|releases\..*(type|single|full)"
)
PAIRS = ("track_artists", "artist_albums", "artist_genres")
SNAPSHOT = 2020


@pytest.fixture(scope="module")
def real(real_sqlite: Path, real_small: Path) -> dict[str, list[Row]]:
    """The rows of each table as SQLite has them, and the playlists of the table that they come from."""
    tables: dict[str, list[Row]] = {}
    for table, columns in DECLARED.items():
        if table in OPTIONAL:
            continue
        with closing(sqlite3.connect(real_sqlite / f"spotify_clean{PARTS.get(table, '')}.sqlite3")) as con:
            rows = con.execute(f"select {', '.join(columns)} from {table} order by 1, 2").fetchall()
        tables[table] = [dict(zip(columns, row, strict=True)) for row in rows]
    numbers = {row["id"]: row["rowid"] for row in tables["tracks"]}
    with gzip.open(real_small / "spotify_songs.csv.gz", "rt", encoding="utf-8", newline="") as file:
        entries = sorted({(row["playlist_id"], numbers[row["track_id"]]) for row in csv.DictReader(file)})
    lists = {name: number for number, name in enumerate(sorted({name for name, _ in entries}), 1)}
    tables["playlist_tracks"] = [
        {"playlist_rowid": lists[name], "is_episode": 0, "track_rowid": track} for name, track in entries
    ]
    sizes = Counter(name for name, _ in entries)
    tables["playlists"] = [{"rowid": number, "tracks_total": sizes[name]} for name, number in lists.items()]
    return tables


def rows_gone(tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Three rows in ten of tracks, artists, albums and playlists; what points to them stays."""
    rng = random.Random(5)
    gone = ("tracks", "artists", "albums", "playlists")
    return tables | {table: [row for row in tables[table] if rng.random() > 0.3] for table in gone}


def without(*gone: str) -> Callable[[dict], dict]:
    """No row of these tables, or no such table where an archive may lack it."""
    may_lack = (*OPTIONAL, FEATURES, *PAIRS[2:])
    return lambda tables: {
        table: [] if table in gone else rows
        for table, rows in tables.items()
        if table not in gone or table not in may_lack
    }


def years(first: int, last: int) -> Callable[[dict], dict]:
    """Only what is dated to some years: albums, and the tracks on them."""

    def cut(tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
        albums = [row for row in tables["albums"] if first <= int(row["release_date"][:4]) <= last]
        there = {row["rowid"] for row in albums}
        return tables | {"albums": albums, "tracks": [row for row in tables["tracks"] if row["album_rowid"] in there]}

    return cut


# How a part is made, in which layout it is written, and what rests on what is gone.
SLICES: dict[str, tuple[str, Callable[[dict], dict], str]] = {
    "whole": ("sqlite", without(), "-"),
    "whole, other layout": ("parquet", without(), "-"),
    "whole, side by side": ("flat", without(), "-"),
    "rows gone": ("parquet", rows_gone, "-"),
    "no albums": ("sqlite", without("albums"), r"(releases|heritage)\.|popularity\.(?!fetch|busiest|tracks_with)"),
    "no artists": ("parquet", without("artists"), r"genres\.|releases\.|data\..*genres"),
    "no pairs": ("sqlite", without(*PAIRS), r"genres\.|releases\.|data\..*genres"),
    "no features": ("flat", without(FEATURES), r"(mood|sound|similarity)\.|data\.(features|null)"),
    "no playlists": ("sqlite", without("playlists", "playlist_tracks"), r"playlists\."),
    "until 1999": ("sqlite", years(1900, 1999), "-"),
    "from 2010": ("parquet", years(2010, 2020), "-"),
}


def filled(tables: dict[str, list[Row]]) -> Archive:
    """The rows to count apart, with something in what is blank or gone: what rests on it is not compared."""
    rows = {
        table: [{name: value for name, value in row.items() if name not in BLANK.get(table, ())} for row in listed]
        for table, listed in tables.items()
    }
    first = {"track_id": tables["tracks"][0]["id"]}
    given = {
        "playlists": [{}],
        "playlist_tracks": [{}],
        "track_files": [first],
        FEATURES: [first | dict.fromkeys(FELT, number) for number in (0.1, 0.2)],
    }
    return Archive(**given | rows)


@pytest.mark.parametrize("name", SLICES)
def test_facts_of_a_part_are_those_of_a_count_apart(real: dict[str, list[Row]], tmp_path: Path, name: str) -> None:
    layout, cut, gone = SLICES[name]
    unknown = re.compile(f"{RESTS_ON_THEM.pattern}|{gone}")
    tables = cut(real)
    archive = Archive(**{table: tables.get(table) for table in DECLARED})
    folder = tmp_path / "archive"
    source = archive.sqlite(folder) if layout == "sqlite" else archive.parquet(folder, is_flat=layout == "flat")
    found, expected = facts_of(source, tmp_path), recount(filled(tables), SNAPSHOT)
    wrong = {
        fact: (found[fact], value)
        for fact, value in expected.items()
        if not is_same(found[fact], value)
        and not (unknown.match(fact) and (found[fact] in (None, 0) or "_without_" in fact or "_in" in fact))
    }
    assert wrong == {}
    same = [fact for fact, value in expected.items() if value is not None and is_same(found[fact], value)]
    assert len(expected) > 280 and len(same) > (120 if gone == "-" else 60)


def test_a_table_has_the_facts_of_its_tracks(real: dict[str, list[Row]], real_small: Path, tmp_path: Path) -> None:
    found = facts_of(real_small / "spotify_songs.csv.gz", tmp_path)
    expected = recount(filled(real), SNAPSHOT)
    # A table has neither days of fetching nor links of artists to albums.
    unknown = re.compile(rf"{RESTS_ON_THEM.pattern}|popularity\..*fetch|genres\.|data\..*artist")
    wrong = {
        fact: (found[fact], value)
        for fact, value in expected.items()
        if found[fact] is not None
        and not is_same(found[fact], value)
        and not (unknown.match(fact) and (found[fact] == 0 or "_without_" in fact or "_in" in fact))
    }
    assert wrong == {}
