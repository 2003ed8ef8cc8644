"""An import that is killed loses at most the range in hand; the next run ends with the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from archives import Archive

from report.cache.store import Store

KILLING = Path(__file__).parents[1] / "killing_import.py"
TRACKS = 400
POINTS = 8


def run(archive: Path, store: Path, last: int = 0) -> tuple[int, list[str]]:
    """The exit status, and the lines that the import printed."""
    command = [sys.executable, str(KILLING), str(last), str(archive), str(store)]
    done = subprocess.run(
        command, env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}, stdout=subprocess.PIPE, text=True, check=False
    )
    return done.returncode, done.stdout.splitlines()


def contents(store: Path) -> dict[str, bytes]:
    """The parts that are complete."""
    return {file.name: file.read_bytes() for file in store.glob("*/*.parquet") if not file.name.startswith(".")}


def half_written(store: Path) -> list[Path]:
    return list(store.glob("*/.*"))


@dataclass
class Undisturbed:
    archive: Path
    read: list[str]
    steps: int
    parts: dict[str, bytes]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("killed")
    # One value that is loose, so that a range is read twice, in another way.
    tracks = [{"popularity": "lots" if n == 250 else n % 101, "name": f"Track {n}" * (n % 7)} for n in range(TRACKS)]
    archive = Archive(tracks=tracks).sqlite(folder / "archive")
    status, (*read, steps) = run(archive, folder / "store")
    assert status == 0
    parts = contents(folder / "store")
    assert len(parts) == len(read) > 3 * TRACKS / 40
    return Undisturbed(archive, read, int(steps), parts)


@pytest.mark.parametrize("point", range(POINTS))
def test_killed_anywhere(undisturbed: Undisturbed, tmp_path: Path, point: int) -> None:
    store = tmp_path / "store"
    status, begun = run(undisturbed.archive, store, 2 + point * (undisturbed.steps - 2) // POINTS)
    assert status == -signal.SIGKILL
    complete, lost = contents(store), len(begun) - len(contents(store))
    assert complete.items() <= undisturbed.parts.items()
    assert lost <= 1
    assert len(half_written(store)) <= 1

    status, (*read_again, _) = run(undisturbed.archive, store)
    assert status == 0
    # What was lost, and what had not been begun: no more.
    assert len(read_again) == len(undisturbed.read) - len(complete)
    assert set(undisturbed.read) - set(begun) <= set(read_again)
    assert len(set(read_again) & set(begun)) == lost
    assert contents(store) == undisturbed.parts
    assert half_written(store) == []


def test_what_a_kill_leaves_is_swept(undisturbed: Undisturbed, tmp_path: Path) -> None:
    store = tmp_path / "store"
    # The third piece of the first ranges: their files are open.
    status, _ = run(undisturbed.archive, store, 6)
    assert status == -signal.SIGKILL
    assert half_written(store)
    Store(store).sweep()
    assert half_written(store) == []
