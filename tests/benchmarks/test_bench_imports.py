"""The comparison of imports in bench/: every way finds the same rows, and a run stops where one doesn't."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from archives import Archive

from bench import imports
from bench.imports import OURS, SCANNER, STEPPING, as_table, compare

SCANNING = os.environ.get("BENCH_PYTHON")
needs_scanner = pytest.mark.skipif(
    not SCANNING, reason="BENCH_PYTHON names no interpreter with what bench/requirements.txt lists"
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # The scanner takes no value of another kind than its column's: a tempo is declared as an integer here.
    features = [{"tempo": 120}] * 7
    return Archive(tracks=[{}] * 7, track_audio_features=features).sqlite(tmp_path_factory.mktemp("it's an archive"))


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_report_beside_stepping(archive: Path) -> None:
    taken = compare(archive, None, 1)
    assert list(taken) == [OURS, STEPPING]
    assert taken[OURS].rows["tracks"] == taken[STEPPING].rows["tracks"] == 7
    assert min(taken[OURS].resident, taken[STEPPING].resident) > 10_000_000
    head, _, *lines = as_table(taken).splitlines()
    assert {len(cells(line)) for line in (head, *lines)} == {9}
    assert cells(lines[0])[:2] == ["tracks", "7"]
    assert cells(lines[-1])[:2] == ["all", str(sum(taken[OURS].rows.values()))]
    # Nothing is left beside the databases.
    assert {path.suffix for path in archive.iterdir()} == {".sqlite3"}


@needs_scanner
def test_the_scanner(archive: Path) -> None:
    taken = compare(archive, SCANNING, 1)
    assert taken[SCANNER].rows == taken[OURS].rows
    assert all(cells(as_table(taken).splitlines()[2]))


def test_a_way_that_finds_other_rows_ends_the_run(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for program in imports.PROGRAMS.glob("*.py"):
        (tmp_path / program.name).write_text(program.read_text())
    stepping = tmp_path / "with_stepping.py"
    stepping.write_text(stepping.read_text().replace("count(*)", "count(*) + 1"))
    monkeypatch.setattr(imports, "PROGRAMS", tmp_path)
    with pytest.raises(SystemExit, match="SQLite's stepping finds other rows than the import"):
        compare(archive, None, 1)
