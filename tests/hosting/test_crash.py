"""Whatever ends a build, the site is the old one or the new one, whole, and the next run gives the new one's bytes."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from archives import Archive
from building import ROOT, WHOLE
from smaller_report import make_smaller

from report.cache import swap
from report.hosting.publishing import digests
from report.warehouse.edition import read_edition

KILLING = Path(__file__).parents[1] / "killing.py"
PROJECT = ("report.toml", "content", "queries", "templates")
ALBUMS = [{"release_date": f"{year}-01-01"} for year in range(1960, 2020)]
POINTS = 12


def archive(folder: Path, factor: int) -> Path:
    tracks = [{"duration_ms": factor * 1000 * n, "popularity": n % 101, "album_rowid": n % 60} for n in range(1, 300)]
    return Archive(tracks=tracks, albums=ALBUMS).sqlite(folder)


def run(
    project: Path, source: Path, last: int = 0, vanishing: bool = False, **options: object
) -> subprocess.CompletedProcess:
    places = [part for name in ("site", "editions", "cache") for part in (f"--{name}", str(project / name))]
    command = [sys.executable, str(KILLING), str(last), str(project), *places, "--threads", "1"]
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"} | ({"VANISHING": str(source)} if vanishing else {})
    return subprocess.run(
        [*command, "--archive", str(source), "--edition", "tried", "--replace", "--no-demo"],
        env=environment, capture_output=True, text=True, check=False, **options,
    )  # fmt: skip


@dataclass
class Before:
    """A project with a site, a new archive, and what a build of it that nothing disturbs gives."""

    project: Path
    source: Path
    changes: int
    old: dict[str, str]
    new: dict[str, str]
    editions: tuple[dict[str, str], dict[str, str]]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Before:
    folder = tmp_path_factory.mktemp("crash")
    project = folder / "project"
    project.mkdir()
    for name in PROJECT:
        shutil.copytree(ROOT / name, project / name) if (ROOT / name).is_dir() else shutil.copy(ROOT / name, project)
    make_smaller(project)
    first, second = archive(folder / "first", 1), archive(folder / "second", 2)
    assert run(project, first).returncode == 0
    undisturbed = folder / "undisturbed"
    shutil.copytree(project, undisturbed)
    done = run(undisturbed, second)
    assert done.returncode == 0, done.stderr
    places = (project, undisturbed)
    sites = [digests(place / "site") for place in places]
    assert sites[0] != sites[1]
    editions = [digests(place / "editions/tried") for place in places]
    return Before(project, second, int(done.stdout), *sites, tuple(editions))


@pytest.fixture
def project(before: Before, tmp_path: Path) -> Path:
    return shutil.copytree(before.project, tmp_path / "project")


@pytest.mark.parametrize("point", range(POINTS))
def test_killed_anywhere(before: Before, project: Path, point: int) -> None:
    """One kill in each twelfth of the way, at a place that chance picks, the same each time."""
    share = before.changes // POINTS
    last = 1 + point * share + random.Random(point).randrange(share)
    killed = run(project, before.source, last)
    assert killed.returncode == -signal.SIGKILL
    assert digests(project / "site") in (before.old, before.new)
    assert digests(project / "editions/tried") in before.editions
    assert read_edition(project / "editions/tried", WHOLE)
    check_next_run(before, project)


@pytest.mark.parametrize("back", range(0, 240, 60))
def test_killed_towards_the_end(before: Before, project: Path, back: int) -> None:
    """Where the new site is written, put in place, and the old one removed."""
    killed = run(project, before.source, before.changes - back)
    assert killed.returncode == -signal.SIGKILL
    assert digests(project / "site") in (before.old, before.new)
    check_next_run(before, project)


def check_next_run(before: Before, project: Path) -> None:
    again = run(project, before.source)
    assert again.returncode == 0, again.stderr
    assert digests(project / "site") == before.new
    assert digests(project / "editions/tried") == before.editions[1]
    assert not [path.name for path in project.iterdir() if path.name.startswith(".")]
    assert not [path.name for path in (project / "editions").iterdir() if path.name.startswith(".")]


def check_refused(before: Before, project: Path, ended: subprocess.CompletedProcess) -> None:
    assert ended.returncode == 1, ended.stderr
    assert "Traceback" not in ended.stderr
    assert "error: " in ended.stderr
    assert digests(project / "site") == before.old
    assert digests(project / "editions/tried") in before.editions


@pytest.mark.parametrize("limit", [0, 4096, 20_000])
def test_a_disk_that_takes_no_more(before: Before, project: Path, limit: int) -> None:
    """No file can grow over the limit: what a full disk does, wherever it first matters."""

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    ended = run(project, before.source, preexec_fn=limited)
    check_refused(before, project, ended)
    check_next_run(before, project)


def test_an_archive_that_vanishes(before: Before, project: Path, tmp_path: Path) -> None:
    moved = shutil.copytree(before.source, tmp_path / "moved")
    ended = run(project, moved, vanishing=True)
    assert not moved.exists()
    check_refused(before, project, ended)
    check_next_run(before, project)


def test_without_an_exchange_of_folders(tmp_path: Path) -> None:
    """Elsewhere than on Linux a kill can fall between two renames: the next run brings the old folder back."""
    old = tmp_path / "edition"
    old.mkdir()
    (old / "whole").write_text("old")
    dead = 2**22 + 1  # above the largest process number
    old.rename(tmp_path / f".edition.old-{dead}")
    swap.clear_leftovers(tmp_path)
    assert (old / "whole").read_text() == "old"
