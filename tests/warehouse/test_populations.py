"""A part of an archive, its pairs and lists left whole, gives the facts of that part, whichever rows are gone."""

from __future__ import annotations

import random
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from archives import FEATURES, PARTS, Archive
from building import ROOT, aggregated, facts_of, settings_below
from partial_archives import POINTERS, clean, made_archive, partial
from recount import is_same, recount

from report.cache.store import Store
from report.results.results import Results
from report.warehouse.published import read_published

POINTED_TO = tuple(dict.fromkeys(target for _, _, target, _ in POINTERS))


def differences(one: dict[str, object], other: dict[str, object]) -> dict[str, tuple]:
    return {name: (one.get(name), other.get(name)) for name in one | other if one.get(name) != other.get(name)}


@pytest.mark.parametrize(
    "tables", [*((table,) for table in POINTED_TO), (*POINTED_TO, "available_markets")], ids="-".join
)
def test_rows_that_point_nowhere_change_no_fact(tmp_path: Path, tables: tuple[str, ...]) -> None:
    rest = partial(made_archive(14), random.Random("-".join(tables)), *tables)
    cleaned = clean(rest)
    assert any(len(rest.tables[table]) > len(cleaned.tables[table]) for table in rest.tables)
    left_whole = facts_of(rest.sqlite(tmp_path / "left-whole"), tmp_path / "one")
    assert differences(left_whole, facts_of(cleaned.sqlite(tmp_path / "cleaned"), tmp_path / "other")) == {}
    assert sum(value is not None for value in left_whole.values()) > 300


def test_pairs_of_nothing_that_is_there_make_no_table(tmp_path: Path) -> None:
    """An archive whose pairs, files and entries are all of unknown tracks is one without them."""
    archive = made_archive(15, tracks=40)
    for row in archive.tables["tracks"]:
        row["rowid"], row["id"] = row["rowid"] + 1000, f"other{row['rowid']:017}"
    left_whole = facts_of(archive.sqlite(tmp_path / "left-whole"), tmp_path / "one")
    assert differences(left_whole, facts_of(clean(archive).sqlite(tmp_path / "cleaned"), tmp_path / "other")) == {}


def test_what_points_nowhere_is_counted(tmp_path: Path) -> None:
    archive = Archive(
        tracks=[{}] * 3,
        artists=[{}] * 2,
        albums=[{}] * 2,
        track_artists=[
            {"track_rowid": track, "artist_rowid": artist}
            for track, artist in [(1, 1), (9, 1), (8, 2), (2, 9), (9, 9), (9, 9), (3, 2), (3, 2)]
        ],
        artist_albums=[
            {"artist_rowid": artist, "album_rowid": album} for artist, album in [(1, 1), (9, 2), (1, 9), (8, 8)]
        ],
        artist_genres=[{"artist_rowid": 1}, {"artist_rowid": 7}],
        playlists=[{}],
        playlist_tracks=[{"track_rowid": 1}, {"track_rowid": 9}, {"track_rowid": 2, "playlist_rowid": 5}],
        track_files=[{}, {}, {}, {}],
        track_audio_features=[{}, {}, {}, {}],
    )
    edition = aggregated(archive.sqlite(tmp_path / "archive"), "made", settings_below(tmp_path))
    tables = edition.manifest["tables"]
    assert {name: tables[name]["dropped"] for name in tables if tables[name]["dropped"]} == {
        "track_artists": {
            "no such track": 2, "no such artist": 1, "no such track and no such artist": 2, "repeats another row": 1,
        },
        "artist_albums": {"no such artist": 1, "no such album": 1, "no such artist and no such album": 1},
        "artist_genres": {"no such artist": 1},
        "playlist_tracks": {"no such track": 1, "no such playlist": 1},
        "track_files": {"no such track": 1},
        FEATURES: {"no such track": 1},
    }  # fmt: skip
    assert tables["track_artists"]["rows_kept"] == 2
    with Results(edition, read_published(ROOT / "content/published"), ROOT / "queries", Store(tmp_path)) as answers:
        facts = answers.facts_of("data")
    assert (facts["pairs_without_track"], facts["pairs_without_artist"]) == (4, 3)
    assert (facts["artist_albums_without_either"], facts["files_without_track"]) == (3, 1)
    # An artist whose only pair is of an unknown track has no track; the track whose artist is unknown has no artist.
    assert (facts["artists_without_track"], facts["tracks_without_artist"]) == (0, 1)


def test_real_data_with_rows_gone(real_sqlite: Path, tmp_path: Path) -> None:
    folders = [shutil.copytree(real_sqlite, tmp_path / name) for name in ("left-whole", "cleaned")]
    for folder in folders:
        with closing(sqlite3.connect(folder / "spotify_clean.sqlite3")) as con, con:
            for number, table in enumerate(("tracks", "artists", "albums")):
                con.execute(f"delete from {table} where (rowid + {number}) * 7919 % 10 < 3")
    names = {part: folders[1] / f"spotify_clean{part}.sqlite3" for part in ("", "_audio_features")}
    for owner, column, target, key in POINTERS:
        with closing(sqlite3.connect(names[""])) as con:
            there = con.execute(f"select {key} from {target}").fetchall() if target != "playlists" else []
        if (file := names.get(PARTS.get(owner, ""))) is None:
            continue
        with closing(sqlite3.connect(file)) as con, con:
            con.execute("create temp table there (key primary key)")
            con.executemany("insert into there values (?)", there)
            con.execute(f"delete from {owner} where {column} not in (select key from there)")
    one, other = (facts_of(folder, tmp_path / f"made-{folder.name}") for folder in folders)
    assert differences(one, other) == {}


@pytest.mark.parametrize(
    "gone", [(), (*POINTED_TO, "available_markets"), tuple(PARTS), ("track_artists", "artist_genres")]
)
def test_facts_are_those_of_a_count_apart(tmp_path: Path, gone: tuple[str, ...]) -> None:
    rest = partial(made_archive(len(gone)), random.Random(7), *gone)
    found, expected = facts_of(rest.sqlite(tmp_path / "archive"), tmp_path), recount(rest)
    wrong = {name: (found[name], value) for name, value in expected.items() if not is_same(found[name], value)}
    assert wrong == {}
    assert len(expected) > 280


@pytest.mark.parametrize(
    ("tables", "about"),
    [
        (("playlists", "playlist_tracks"), r"playlists\."),
        (("track_files",), r"preservation\."),
        ((FEATURES,), r"(mood|sound|similarity)\.|data\.(features|null)"),
        (("artist_genres",), r"genres\.|data\..*genres"),
        (("available_markets",), r"markets\.|.*market|.*unavailable"),
    ],
)
def test_what_a_table_tells_is_unknown_without_it_and_all_else_as_it_was(
    tmp_path: Path, tables: tuple[str, ...], about: str
) -> None:
    archive = made_archive(21, tracks=200)
    expected = recount(archive)
    for table in tables:
        del archive.tables[table]
    found = facts_of(archive.sqlite(tmp_path / "archive"), tmp_path)
    for name, value in expected.items():
        if re.match(about, name) and (found[name] in (None, 0) or "_without_" in name):
            continue
        assert is_same(found[name], value), name
