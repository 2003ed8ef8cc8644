"""The SQLite dump is imported range by range: whole, exact, and on from where it was after an interruption."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from archives import Archive
from building import Aggregate, aggregated, settings_below

from report.cache.store import Store, StoreError
from report.core.errors import SourceError
from report.core.progress import Progress
from report.engines.duckdb import connect
from report.run import Run
from report.sources.layouts import open_source
from report.sources.sqlite import database, parts, ranges
from report.sources.sqlite.parts import Parts
from report.sources.sqlite.ranges import Span, spans

SPARSE = [-(2**63), -5_000_000, -3, -2, -1, 0, 1, 2, 7, 8, 9, 10, 4_000_000_000, 2**63 - 1]


def bare(**tables: object) -> Archive:
    """An archive of the required tables alone."""
    optional = ("artist_albums", "artist_genres", "available_markets", "track_audio_features")
    return Archive(**dict.fromkeys(optional), **tables)


@pytest.fixture
def short_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "RANGE", 10)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def imported(folder: Path, store: Store, table: str = "tracks", columns: str = "rowid, popularity") -> list[tuple]:
    with connect("1GB", 2, store.folder / "spill") as engine:
        raw = open_source(folder).raw_tables(engine, Run(settings_below(store.folder), store, Progress()))[table]
        rows = engine.rows(f"select {columns} from {raw.relation} order by all", folder)
        assert len(rows) == raw.row_count
        return rows


def kept_parts(store: Store) -> dict[Path, int]:
    return {path: path.stat().st_ino for path in store.folder.glob("*/*.parquet")}


class TestRanges:
    @pytest.mark.parametrize(
        "rowids", [[1], [0], range(1, 12), range(-25, 4), [3, 5, 90, 91, 5000], SPARSE, range(0, 10_000, 11)]
    )
    def test_they_cover_every_rowid_once(self, monkeypatch: pytest.MonkeyPatch, rowids: list[int]) -> None:
        monkeypatch.setattr(ranges, "RANGE", 10)
        monkeypatch.setattr(ranges, "MOST", 20)
        with closing(sqlite3.connect(":memory:")) as con:
            con.execute("create table t (rowid integer primary key)")
            con.executemany("insert into t values (?)", [(rowid,) for rowid in rowids])
            found = spans(con, "t")
        assert [sum(span.first <= rowid <= span.last for span in found) for rowid in rowids] == [1] * len(rowids)
        assert all(one.last < other.first for one, other in pairwise(found))
        assert len(found) <= 20

    def test_many_ranges_give_the_rows_of_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = bare(tracks=[{"popularity": n % 101} for n in range(95)]).sqlite(tmp_path / "archive")
        whole = imported(folder, Store(tmp_path / "one"))
        monkeypatch.setattr(ranges, "RANGE", 10)
        assert imported(folder, Store(tmp_path / "many")) == whole
        assert len(whole) == 95

    @pytest.mark.parametrize("rowids", [[-7, -1, 0, 3], [5], [10, 11, 500, 90_001]])
    def test_rowids_anywhere(self, tmp_path: Path, short_ranges: None, store: Store, rowids: list[int]) -> None:
        folder = bare(tracks=[{"rowid": rowid} for rowid in rowids]).sqlite(tmp_path / "archive")
        assert [row[0] for row in imported(folder, store)] == rowids

    def test_rowids_from_one_end_of_63_bits_to_the_other(self, tmp_path: Path, aggregate: Aggregate) -> None:
        archive = Archive(tracks=[{"rowid": rowid} for rowid in SPARSE], track_artists=[{"track_rowid": SPARSE[0]}])
        account = aggregate(archive.sqlite(tmp_path / "archive")).manifest["tables"]["tracks"]
        assert account["rows_kept"] == len(SPARSE)

    def test_a_value_may_be_loose_in_one_range_and_not_in_others(
        self, tmp_path: Path, short_ranges: None, store: Store
    ) -> None:
        rows = [{"popularity": "x" if n == 15 else n, "explicit": None} for n in range(30)]
        folder = bare(tracks=rows).sqlite(tmp_path / "archive")
        values = [bytes(row[0]) for row in imported(folder, store, columns="popularity")]
        assert sorted(values) == sorted(str(row["popularity"]).encode() for row in rows)

    def test_only_a_range_with_a_loose_value_is_read_twice(
        self, tmp_path: Path, short_ranges: None, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rows = [{"tempo": "fast" if n == 47 else 100.5, "key": "C" if n == 81 else 1} for n in range(100)]
        folder = Archive(tracks=[{}] * 100, track_audio_features=rows).sqlite(tmp_path / "archive")
        again: list[tuple[str, Span]] = []

        def count_and_say(path: Path, table: str, columns: dict, span: Span) -> ranges.Counted:
            again.append((table, span))
            return ranges.count_loose(path, table, columns, span)

        monkeypatch.setattr(parts, "count_loose", count_and_say)
        found = imported(folder, store, "track_audio_features", "decode(tempo), decode(key)")
        # Rows have the rowids from 1001.
        assert sorted(span.first for _, span in again) == [1041, 1081]
        assert {table for table, _ in again} == {"track_audio_features"}
        assert found == [("100.5", "1")] * 98 + [("100.5", "C"), ("fast", "1")]

    def test_a_range_of_nulls_and_reals_only(self, tmp_path: Path, short_ranges: None, store: Store) -> None:
        rows = [{"tempo": None if n < 10 else n + 0.5} for n in range(30)]
        folder = Archive(tracks=[{}] * 30, track_audio_features=rows).sqlite(tmp_path / "archive")
        found = imported(folder, store, "track_audio_features", "tempo")
        assert found == [(n + 0.5,) for n in range(10, 30)] + [(None,)] * 10

    def test_tables_without_rows(self, tmp_path: Path, aggregate: Aggregate) -> None:
        empty = dict.fromkeys(("tracks", "albums", "artists", "track_artists", "artist_albums"), ())
        edition = aggregate(Archive(**empty, track_audio_features=()).sqlite(tmp_path / "archive"))
        assert edition.manifest["tables"]["tracks"] == {
            "rows_read": 0, "rows_kept": 0, "dropped": {}, "unusable": {},
        }  # fmt: skip
        assert edition.manifest["as_of"] is None


class TestKinds:
    """Columns that are declared as nothing hold whatever is put in, as it is."""

    @pytest.fixture
    def short_pieces(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(parts, "PIECE", 3)

    @pytest.mark.parametrize("place", [0, 5, 11])
    @pytest.mark.parametrize(
        ("column", "value", "read"),
        [
            ("popularity", 1, "1"),
            ("popularity", "12", "12"),
            ("popularity", "12 or so", "12 or so"),
            ("popularity", 12.0, "12.0"),
            ("popularity", b"\x31", "1"),
            ("popularity", None, None),
            ("name", 5, "5"),
            ("name", 0.1, "0.1"),
            ("name", 1e300, "1.0e+300"),
            ("name", b"A", "A"),
            ("name", "B\0C", "B\0C"),
            ("name", None, None),
            ("name", "", ""),
        ],
    )
    def test_a_value_of_any_kind_anywhere(
        self,
        tmp_path: Path,
        short_ranges: None,
        short_pieces: None,
        store: Store,
        column: str,
        value: object,
        read: str | None,
        place: int,
    ) -> None:
        folder = bare(tracks=[{"popularity": 3, "name": "N"}] * 12).sqlite(tmp_path / "archive")
        undeclare(folder, "tracks", {column: (place + 1, value)})
        text = (
            f"decode(encode({column}::varchar))"
            if column == "popularity" and value in (1, None)
            else f"decode({column})"
        )
        found = imported(folder, store, columns=f"rowid, {text}")
        others = "3" if column == "popularity" else "N"
        assert found == [(row + 1, read if row == place else others) for row in range(12)]

    @pytest.mark.parametrize("place", [0, 5, 11])
    @pytest.mark.parametrize(
        ("value", "read"),
        [(7, 7.0), (None, None), ("0.25", b"0.25"), ("fast", b"fast"), (b"\xff", b"\xff"), (2**62, 2.0**62)],
    )
    def test_a_real_column(
        self,
        tmp_path: Path,
        short_ranges: None,
        short_pieces: None,
        store: Store,
        value: object,
        read: object,
        place: int,
    ) -> None:
        rows = [{"rowid": n, "valence": 0.5} for n in range(1, 13)]
        folder = Archive(tracks=[{}] * 12, track_audio_features=rows).sqlite(tmp_path / "archive")
        undeclare(folder, "track_audio_features", {"valence": (place + 1, value)}, "_audio_features")
        found = [row[0] for row in imported(folder, store, "track_audio_features", "valence")]
        others = b"0.5" if isinstance(read, bytes) else 0.5
        assert sorted(found, key=str) == sorted([read] + [others] * 11, key=str)


def undeclare(folder: Path, table: str, values: dict[str, tuple[int, object]], part: str = "") -> None:
    """Let no column but the rowid have a type, and put a value into the row of that rowid."""
    with closing(sqlite3.connect(folder / f"spotify_clean{part}.sqlite3")) as con, con:
        names = [row[1] for row in con.execute(f'pragma table_info("{table}")')]
        con.execute(f'alter table "{table}" rename to declared')
        columns = ", ".join(f'"{name}" {"integer primary key" if name == "rowid" else ""}' for name in names)
        con.execute(f'create table "{table}" ({columns})')
        con.execute(f'insert into "{table}" select * from declared')
        con.execute("drop table declared")
        for name, (rowid, value) in values.items():
            con.execute(f'update "{table}" set "{name}" = ? where rowid = ?', (value, rowid))


class TestInterruption:
    def test_what_is_complete_is_not_read_again(
        self, tmp_path: Path, short_ranges: None, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = bare(tracks=[{"popularity": n} for n in range(60)]).sqlite(tmp_path / "archive")
        undisturbed = imported(folder, Store(tmp_path / "undisturbed"))

        write = Parts.write

        def write_until_the_third(own: Parts, span: Span, part: Path) -> int:
            if span == Span(21, 30):
                part.write_bytes(b"half a par")
                raise KeyboardInterrupt
            return write(own, span, part)

        monkeypatch.setattr(Parts, "write", write_until_the_third)
        with pytest.raises(KeyboardInterrupt):
            imported(folder, store)
        complete = kept_parts(store)
        assert 2 <= len(complete) < 6
        assert not list(store.folder.glob("*/.*"))

        read_again: list[tuple[str, Span]] = []

        def write_down(own: Parts, span: Span, part: Path) -> int:
            read_again.append((own.table, span))
            return write(own, span, part)

        monkeypatch.setattr(Parts, "write", write_down)
        assert imported(folder, store) == undisturbed
        assert complete.items() <= kept_parts(store).items()
        assert ("tracks", Span(1, 10)) not in read_again
        assert ("tracks", Span(21, 30)) in read_again

    def test_a_second_run_reads_nothing(self, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = bare().sqlite(tmp_path / "archive")
        first = imported(folder, store)
        monkeypatch.setattr(Parts, "write", None)
        assert imported(folder, store) == first

    def test_a_changed_database_is_read_anew(self, tmp_path: Path, store: Store) -> None:
        folder = bare().sqlite(tmp_path / "archive")
        assert imported(folder, store) == [(1, 10)]
        with closing(sqlite3.connect(folder / "spotify_clean.sqlite3")) as con, con:
            con.execute("update tracks set popularity = 11")
        assert imported(folder, store) == [(1, 11)]


def test_ctrl_c_in_a_query_is_an_interruption(tmp_path: Path) -> None:
    # Arrow's driver for SQLite cannot cancel a query, and says so; that is no error of the database.
    path = Archive(tracks=[{}]).sqlite(tmp_path) / "spotify_clean.sqlite3"
    numbers = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000000) select i from n"
    database.read(path, "select 1")  # what it imports is there
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    with pytest.raises(KeyboardInterrupt):
        database.read(path, numbers, 1000)


class TestChecks:
    @pytest.mark.parametrize("lost", [1, 3])
    def test_rows_that_the_driver_loses_are_noticed(
        self, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, lost: int
    ) -> None:
        folder = bare(tracks=[{}] * 5).sqlite(tmp_path / "archive")

        def counts_more(*given) -> ranges.Counted:
            counted = ranges.count(*given)
            return replace(counted, rows=counted.rows + lost)

        monkeypatch.setattr(parts, "count", counts_more)
        with pytest.raises(SourceError, match="were read otherwise than SQLite counts them"):
            imported(folder, store)

    def test_values_that_come_out_otherwise_are_noticed(
        self, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = bare(tracks=[{}] * 5).sqlite(tmp_path / "archive")

        def sums_more(*given) -> ranges.Counted:
            counted = ranges.count(*given)
            return replace(counted, sums=counted.sums | {"rowid": 16})

        monkeypatch.setattr(parts, "count", sums_more)
        with pytest.raises(SourceError, match="rows 1 to 5 of `tracks`"):
            imported(folder, store)

    def test_sums_are_exact_at_the_ends_of_63_bits(self, tmp_path: Path, store: Store) -> None:
        values = [2**63 - 1] * 3 + [-(2**63)] * 2 + [-1]
        folder = bare(tracks=[{"album_rowid": value} for value in values]).sqlite(tmp_path / "archive")
        assert [row[0] for row in imported(folder, store, columns="album_rowid")] == sorted(values)

    def test_a_full_disk_is_said_to_be_full(
        self, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if not Path("/dev/full").exists():
            pytest.skip("this system has no /dev/full")
        folder = bare().sqlite(tmp_path / "archive")
        copy = Parts.copy
        monkeypatch.setattr(Parts, "copy", lambda own, span, loose, _: copy(own, span, loose, Path("/dev/full")))
        with pytest.raises(StoreError, match="no space left"):
            imported(folder, store)


class TestDamage:
    @pytest.fixture
    def big(self, tmp_path: Path) -> Path:
        """An archive whose tracks fill many pages."""
        return bare(tracks=[{"name": "n" * 500} for _ in range(300)]).sqlite(tmp_path / "archive")

    @pytest.mark.parametrize("keep", [0, 50, 99, 5000, 0.5])
    def test_a_truncated_file(self, big: Path, keep: float) -> None:
        path = big / "spotify_clean.sqlite3"
        data = path.read_bytes()
        path.write_bytes(data[: keep if isinstance(keep, int) else int(len(data) * keep)])
        with pytest.raises(SourceError, match=r"truncated|not a SQLite database") as refused:
            open_source(big)
        assert refused.value.where == str(path)

    def test_a_truncated_file_whose_header_does_not_say_so(self, big: Path, store: Store) -> None:
        path = big / "spotify_clean.sqlite3"
        data = bytearray(path.read_bytes())
        data[92:96] = b"\0\0\0\0"  # "the page count above is stale"
        path.write_bytes(data[: len(data) // 4096 // 2 * 4096])
        with pytest.raises(SourceError, match="damaged"):
            imported(big, store)

    def test_a_damaged_page(self, big: Path, store: Store) -> None:
        path = big / "spotify_clean.sqlite3"
        data = bytearray(path.read_bytes())
        middle = len(data) // 4096 // 2 * 4096
        data[middle : middle + 4096] = b"\xff" * 4096
        path.write_bytes(data)
        with pytest.raises(SourceError, match="damaged") as refused:
            imported(big, store)
        assert "fetch it again" in refused.value.hint

    def test_text_under_a_databases_name(self, tmp_path: Path) -> None:
        (tmp_path / "spotify_clean.sqlite3").write_text("a page that says 404 not found " * 10)
        with pytest.raises(SourceError, match="not a SQLite database"):
            open_source(tmp_path)

    @pytest.mark.parametrize("encoding", ["UTF-16le", "UTF-16be"])
    def test_text_in_another_encoding(self, tmp_path: Path, encoding: str) -> None:
        with closing(sqlite3.connect(tmp_path / "spotify_clean.sqlite3")) as con, con:
            con.execute(f"pragma encoding = '{encoding}'")
            con.execute("create table tracks (rowid integer primary key, name text)")
        with pytest.raises(SourceError, match="holds its text in UTF-16"):
            open_source(tmp_path)

    def test_a_locked_database(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        folder = bare().sqlite(tmp_path)
        monkeypatch.setattr(database, "LOCK_SECONDS", 0.05)
        with closing(sqlite3.connect(folder / "spotify_clean.sqlite3", isolation_level=None)) as writer:
            writer.execute("begin exclusive")
            with pytest.raises(SourceError, match="this database is locked") as refused:
                open_source(folder)
        assert refused.value.hint == "another program is writing to it: close it and run again"

    def test_a_database_that_is_locked_while_it_is_read(
        self, tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = bare().sqlite(tmp_path / "archive")
        monkeypatch.setattr(database, "LOCK_SECONDS", 0.05)
        source = open_source(folder)
        with closing(sqlite3.connect(folder / "spotify_clean.sqlite3", isolation_level=None)) as writer:
            writer.execute("begin exclusive")
            with (
                connect("1GB", 2, tmp_path / "spill") as engine,
                pytest.raises(SourceError, match="this database is locked"),
            ):
                source.raw_tables(engine, Run(settings_below(store.folder), store, Progress()))

    def test_a_database_with_a_write_ahead_log_is_read_with_it(self, tmp_path: Path, store: Store) -> None:
        folder = bare().sqlite(tmp_path / "archive")
        with closing(sqlite3.connect(folder / "spotify_clean.sqlite3")) as writer:
            writer.execute("pragma journal_mode = wal")
            writer.execute("update tracks set popularity = 99")
            writer.commit()
            assert imported(folder, store) == [(1, 99)]

    def test_one_in_wal_mode_that_nobody_writes_is_read_without_a_file_beside_it(
        self, tmp_path: Path, store: Store
    ) -> None:
        folder = in_wal_mode(tmp_path / "archive")
        there = sorted(folder.iterdir())
        assert imported(folder, store) == [(1, 10)]
        assert sorted(folder.iterdir()) == there

    def test_one_whose_log_was_copied_without_its_index_is_left_without_one(self, tmp_path: Path) -> None:
        folder, copy = in_wal_mode(tmp_path / "archive"), tmp_path / "copy"
        copy.mkdir()
        with closing(sqlite3.connect(folder / "spotify_clean.sqlite3")) as writer:
            writer.execute("update tracks set popularity = 99")
            writer.commit()
            for name in ("spotify_clean.sqlite3", "spotify_clean.sqlite3-wal"):
                shutil.copy(folder / name, copy)
        there = sorted(copy.iterdir())
        aggregated(copy, "tried", settings_below(tmp_path))
        assert sorted(copy.iterdir()) == there
        (popularity,) = pq.read_table(tmp_path / "editions/tried/tracks_by_popularity.parquet")[
            "popularity"
        ].to_pylist()
        assert popularity == 99

    def test_an_index_that_another_program_uses_stays(self, tmp_path: Path) -> None:
        folder = in_wal_mode(tmp_path / "archive")
        index = folder / "spotify_clean.sqlite3-shm"
        code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('select * from tracks').fetchall()"
        code += "; print('open', flush=True); sys.stdin.read()"
        command = [sys.executable, "-c", code, str(folder / "spotify_clean.sqlite3")]
        with database.leaving_no_trace(folder):
            other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            assert other.stdout.readline() == b"open\n"
        assert index.exists()
        other.communicate()

    def test_a_journal_of_a_program_that_was_stopped_is_named(self, tmp_path: Path) -> None:
        folder = bare().sqlite(tmp_path / "archive")
        journal = folder / "spotify_clean.sqlite3-journal"
        journal.write_bytes(JOURNAL + b"\xff" * 4 + bytes(500) + b"x" * 4096)
        with pytest.raises(SourceError, match="a journal lies beside this database") as refused:
            open_source(folder)
        assert refused.value.where == str(journal)

    def test_a_database_that_is_written_to_while_it_is_read(self, tmp_path: Path, store: Store) -> None:
        folder = bare().sqlite(tmp_path / "archive")
        source = open_source(folder)
        with closing(sqlite3.connect(folder / "spotify_clean.sqlite3")) as writer:
            writer.execute("update tracks set popularity = 99")
            writer.commit()
        os.utime(folder / "spotify_clean.sqlite3", (1, 1))
        with (
            connect("1GB", 2, tmp_path / "spill") as engine,
            pytest.raises(SourceError, match="was written to while it was read"),
        ):
            source.raw_tables(engine, Run(settings_below(tmp_path), store, Progress()))


# How a journal begins that has something to undo.
JOURNAL = bytes.fromhex("d9d505f920a163d7")


def in_wal_mode(folder: Path) -> Path:
    """An archive whose database is in WAL mode, closed cleanly."""
    bare().sqlite(folder)
    with closing(sqlite3.connect(folder / "spotify_clean.sqlite3")) as con:
        con.execute("pragma journal_mode = wal")
    return folder
