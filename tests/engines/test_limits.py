"""What --memory, --threads and --cache bound: every connection, and every place that is written to."""

from __future__ import annotations

import ast
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from archives import Archive
from building import ROOT, settings_below

from report import pipeline
from report.core.progress import Progress
from report.engines import duckdb as engine
from report.run import Run
from report.sources.sqlite import archive as sqlite
from report.sql.connection import SMALL, connect_small

ASKED = "select current_setting('memory_limit'), current_setting('threads'), current_setting('temp_directory')"


def calls(name: str) -> list[tuple[str, ast.Call]]:
    """Each call of `name` in report/, with its module."""
    found = []
    for module in sorted((ROOT / "report").rglob("*.py")):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == name:
                found.append((module.relative_to(ROOT).as_posix(), node))
    return found


def test_every_connection_says_its_threads_and_where_it_spills() -> None:
    """DuckDB takes all cores and most of the memory otherwise, and spills to the folder that it is started in."""
    assert [module for module, _ in calls("duckdb.connect")] == ["report/sql/connection.py"]
    assert [module for module, _ in calls("connect_closed")] == [
        "report/engines/duckdb.py",
        "report/results/runner.py",
        "report/sql/connection.py",
    ]


def test_a_small_connection_is_small() -> None:
    with connect_small() as con:
        assert con.execute(ASKED).fetchone() == ("244.1 MiB", SMALL["threads"], "")


def test_the_connection_that_aggregates_has_what_it_is_given(tmp_path: Path) -> None:
    with engine.connect("1GiB", 3, tmp_path / "spill") as opened:
        ((memory, threads, spill),) = opened.rows(ASKED, tmp_path)
    assert (memory, threads) == ("1.0 GiB", 3)
    assert Path(spill).parent == tmp_path / "spill"


@pytest.mark.parametrize(("threads", "readers"), [(1, 1), (2, 2), (8, 2)])
def test_an_import_reads_with_no_more_threads_than_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int, readers: int
) -> None:
    pools: list[int] = []

    class Pool(sqlite.ThreadPoolExecutor):
        def __init__(self, count: int) -> None:
            pools.append(count)
            super().__init__(count)

    monkeypatch.setattr(sqlite, "ThreadPoolExecutor", Pool)
    archive = Archive(tracks=[{}]).sqlite(tmp_path / "archive")
    settings = replace(settings_below(tmp_path), threads=threads)
    pipeline.find_edition(Run.of(settings, Progress()), archive, "tried")
    assert set(pools) == {readers}


@pytest.mark.parametrize("layout", ["sqlite", "parquet", "t.csv"])
def test_nothing_is_written_but_the_cache_and_the_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    if layout == "t.csv":
        source = tmp_path / layout
        source.write_text("id,popularity,duration_ms\na,1,1000\n")
    else:
        source = getattr(Archive(tracks=[{}] * 50), layout)(tmp_path / "archive")
    here, temporary, settings = tmp_path / "here", tmp_path / "temporary", settings_below(tmp_path / "ours")
    for folder in (here, temporary):
        folder.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr(tempfile, "tempdir", None)
    read = {path: path.stat().st_size for path in tmp_path.rglob("*")}
    pipeline.find_edition(Run.of(settings, Progress()), source, "tried")
    assert {path.name for path in settings.cache.parent.iterdir()} == {"cache", "editions"}
    written = {path for path in tmp_path.rglob("*") if not path.is_relative_to(settings.cache.parent)}
    assert written == set(read)
    assert list((settings.cache / "spill").iterdir()) == []
