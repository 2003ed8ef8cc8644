"""The same inputs give the same bytes: on one or two threads, in another folder, later, with a cold or a warm store."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("build.py", "report.toml", "report", "queries", "content", "templates")
TRACKS = "12000"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def build(project: Path, archive: Path, *options: str) -> None:
    command = [sys.executable, "build.py", "--archive", str(archive), "--edition", "again", *options]
    subprocess.run(command, cwd=project, check=True, capture_output=True, text=True)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    subprocess.run([sys.executable, "build.py", "sample", str(folder), "--tracks", TRACKS], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, archive: Path) -> Path:
    """A copy of the project, built cold on one thread."""
    project = tmp_path_factory.mktemp("first")
    copy_project(project)
    build(project, archive, "--threads", "1")
    return project


def copy_project(project: Path) -> None:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, project / name)


def test_another_folder_cold_and_two_threads_give_the_same_bytes(first: Path, archive: Path, tmp_path: Path) -> None:
    project = tmp_path / "a folder with spaces [and brackets]"
    project.mkdir()
    copy_project(project)
    moved = shutil.copytree(archive, tmp_path / "moved")
    build(project, moved, "--threads", "2", "--memory", "512MB")

    for produced in ("editions", "site"):
        assert contents(first / produced)
        assert differing(contents(first / produced), contents(project / produced)) == []


def test_a_warm_store_gives_the_same_bytes(first: Path, archive: Path) -> None:
    before = contents(first / "site")
    shutil.rmtree(first / "site")
    build(first, archive)

    assert differing(before, contents(first / "site")) == []


def test_an_edition_made_again_from_the_store_is_the_same(first: Path, archive: Path) -> None:
    before = contents(first / "editions")
    shutil.rmtree(first / "editions")
    build(first, archive)

    assert differing(before, contents(first / "editions")) == []
