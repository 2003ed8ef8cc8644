"""The comparison in bench/: every way gives the same rows, and a run stops where one doesn't."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from bench.archive import write_archive, write_databases
from bench.compare import QUESTIONS, by_question, by_way, compare
from bench.sessions import END, Session, Way, family
from bench.ways import find_files, find_programs, in_duckdb, in_polars, in_spark, in_sqlite
from report.sources.files import quoted
from report.sources.partfiles import find_tables

OTHERS = os.environ.get("BENCH_PYTHON")
needs_sqlite = pytest.mark.skipif(not shutil.which("sqlite3"), reason="there is no sqlite3 command line")
needs_others = pytest.mark.skipif(
    not OTHERS, reason="BENCH_PYTHON names no interpreter with what bench/requirements.txt lists"
)
TABLES = {
    "tracks": """
        (1, 'a', 1, 'QZAAA2500001', 0, 1499),
        (2, 'b', 1, 'QZAAA2500001', 0, 1500),
        (3, 'c', 2, 'QZAAA2500002', null, null),
        (4, 'd', 9, null, 7, 499),
        (5, 'e', 2, '', 7, 500)
        as rows(rowid, id, album_rowid, external_id_isrc, popularity, duration_ms)
    """,
    "albums": "(1, '1999-12-31'), (2, '0000') as rows(rowid, release_date)",
    "track_audio_features": """
        ('a', '0', '5', '1'), ('b', '0', '-1', '0'), ('c', '1', null, null), ('d', '0', '5', '1')
        as rows(track_id, null_response, key, mode)
    """,
}
# Worked out by hand from the rows above; what is not known is empty.
EXPECTED = {
    "popularity": ["\t1", "0\t2", "7\t2"],
    "duration": ["\t1", "0\t1", "1\t2", "2\t1"],
    "years": ["\t1", "0000\t2", "1999\t2"],
    "recordings": ["1\t1", "2\t1"],
    "key_mode": ["-1\t0\t1", "5\t1\t2"],
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("it's an archive")
    write_archive(folder, 1000)
    with duckdb.connect() as con:
        for table, values in TABLES.items():
            con.execute(f"copy (select * from (values {values})) to {quoted(find_tables(folder)[table].place)}")
    write_databases(folder)
    return folder


def ways(archive: Path, folder: Path) -> dict[str, Way]:
    tables, databases = find_files(archive)
    python = OTHERS or sys.executable
    return {
        "duckdb": in_duckdb(tables, folder),
        "sqlite": in_sqlite(databases, folder),
        "polars": in_polars(python, tables, folder),
        "spark": in_spark(python, tables, folder),
    }


@pytest.mark.parametrize(
    "name",
    [
        "duckdb",
        pytest.param("sqlite", marks=needs_sqlite),
        pytest.param("polars", marks=needs_others),
        pytest.param("spark", marks=needs_others),
    ],
)
def test_each_way_gives_the_rows_that_were_worked_out_by_hand(archive: Path, tmp_path: Path, name: str) -> None:
    with Session(ways(archive, tmp_path)[name], tmp_path) as session:
        assert {question: session.ask(question).rows for question in QUESTIONS} == EXPECTED
        assert {question: session.ask(question).rows for question in QUESTIONS} == EXPECTED


@needs_sqlite
def test_the_tables_have_a_line_for_each_aggregation_and_way(archive: Path, tmp_path: Path) -> None:
    known = ways(archive, tmp_path)
    runs = compare([known["duckdb"], known["sqlite"]], 2, tmp_path)
    assert [len(taken) for taken in runs.values()] == [2, 2]
    assert all(run.start.cpu > 0 and run.peak > 1e6 for taken in runs.values() for run in taken)
    lines = [line.split(" | ") for line in by_question(runs).splitlines()[2:]]
    assert [line[:3] for line in lines[:3]] == [
        ["| popularity histogram", "3", "Liner Notes (DuckDB)"],
        ["| popularity histogram", "3", "sqlite3"],
        ["| duration by second", "4", "Liner Notes (DuckDB)"],
    ]
    assert [line[0] for line in lines[-2:]] == ["| all five"] * 2
    # Ours is once ours.
    assert {tuple(line[5:7]) for line in lines[::2]} == {("1.0", "1.0")}
    assert by_way(runs).count("\n") == 3


@needs_sqlite
def test_a_way_that_gives_other_rows_ends_the_run(archive: Path, tmp_path: Path) -> None:
    changed = shutil.copytree(archive, tmp_path / "changed")
    with closing(sqlite3.connect(changed / "spotify_clean.sqlite3")) as con, con:
        con.execute("update tracks set popularity = 8 where rowid = 5")
    both = [ways(archive, tmp_path)["duckdb"], ways(changed, tmp_path)["sqlite"]]
    with pytest.raises(SystemExit, match=r"sqlite3 gives other rows for popularity .*\n.*'7.t1', '8.t1'"):
        compare(both, 1, tmp_path)


def test_a_way_that_ends_says_why(tmp_path: Path) -> None:
    broken = Way("broken", [sys.executable, "-c", "raise SystemExit('no such thing')"], str)
    with pytest.raises(SystemExit, match="broken ended with status 1:\n  no such thing"):
        Session(broken, tmp_path)
    forgetful = Way("forgetful", [sys.executable, "-c", f"print({END!r}, flush=True); input()"], "{}\n".format)
    with Session(forgetful, tmp_path) as session, pytest.raises(SystemExit, match="forgetful ended with status 0"):
        session.ask("popularity")


def test_what_a_program_starts_is_counted_with_it(tmp_path: Path) -> None:
    starting = f"import subprocess; subprocess.run(['sh', '-c', 'echo {END}; read line; true'])"
    with Session(Way("starting", [sys.executable, "-c", starting], str), tmp_path) as session:
        assert len(family(session.pid)) == 2


def test_what_is_not_there_is_named_before_anything_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SystemExit, match=r"has no tracks\.parquet, .*spotify_clean\.sqlite3.*\n.*--sqlite"):
        find_files(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match="sqlite3: there is no program `sqlite3`\n  hint: install"):
        find_programs(sys.executable)
