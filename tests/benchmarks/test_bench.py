"""The archive that bench/ writes: the same each time, its parts fitting together."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from bench.archive import word_tables, write_archive, write_databases, write_table
from report.sources.layouts import open_source
from report.sources.partfiles import find_tables

TRACKS = 3000


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    write_archive(folder, TRACKS)
    return folder


def ask(archive: Path, question: str) -> tuple:
    with duckdb.connect() as con:
        for table, files in find_tables(archive).items():
            file = files.place
            con.execute(f"create view {table} as select * from '{file}'")
        return con.execute(question).fetchone()


def test_the_same_numbers_give_the_same_bytes_and_others_do_not(archive: Path, tmp_path: Path) -> None:
    write_archive(tmp_path / "again", TRACKS)
    write_table(tmp_path / "other", "artists", TRACKS, 1, word_tables(random.Random(1)))

    def contents(folder: Path) -> dict[str, bytes]:
        return {table: files.place.read_bytes() for table, files in find_tables(folder).items()}

    assert contents(tmp_path / "again") == contents(archive)
    assert contents(tmp_path / "other")["artists"] != contents(archive)["artists"]


def test_every_track_has_an_id_of_its_own_and_is_on_an_album_that_says_how_many_it_has(archive: Path) -> None:
    assert ask(
        archive,
        "select count(*), count(distinct id), min(length(id)), max(length(id)), "
        "count(*) filter (where track_number <= total_tracks) "
        "from tracks join albums on album_rowid = albums.rowid",
    ) == (TRACKS, TRACKS, 22, 22, TRACKS)


def test_features_are_text_in_order_of_ids_that_are_those_of_tracks(archive: Path) -> None:
    rows, in_order, matched = ask(
        archive,
        "select count(*), count(*) filter (where coalesce(before < track_id, true)), count(*) filter (where is_track) "
        "from (select track_id, lag(track_id) over (order by rowid::bigint) as before, "
        "track_id in (select id from tracks) as is_track from track_audio_features)",
    )
    assert rows == in_order
    assert 0.99 * TRACKS < matched <= rows < TRACKS
    assert open_source(archive).kind == "archive"


def test_recordings_have_the_published_share_and_some_have_many_tracks(archive: Path) -> None:
    distinct, most = ask(
        archive, "select count(*), max(n) from (select count(*) as n from tracks group by external_id_isrc)"
    )
    assert distinct / TRACKS == pytest.approx(186 / 256, abs=0.05)
    assert most >= 10


def test_databases_hold_the_same_rows(archive: Path) -> None:
    write_databases(archive)
    with closing(sqlite3.connect(archive / "spotify_clean.sqlite3")) as con:
        copied = con.execute("select count(*), sum(duration_ms), sum(length(name)), min(id) from tracks").fetchone()
    assert copied == ask(archive, "select count(*), sum(duration_ms), sum(length(name)), min(id) from tracks")
    assert open_source(archive).layout == "sqlite"
