"""What editors and systems leave beside a person's work is passed over, wherever files are listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.core.errors import QueryError
from report.core.folders import files_below, files_in, folders_in, is_work
from report.core.queries import read_sql

LEFT = (
    ".#x.md", "._x.md", ".DS_Store", ".x.md.swp", "x.md~", "#x.md#", "~$x.md", ".~lock.x.md#", "x.md.bak", "x.md.orig",
    "x.md___jb_tmp___", "Thumbs.db", "desktop.ini",
)  # fmt: skip


@pytest.mark.parametrize("name", LEFT)
def test_what_is_left_behind(name: str) -> None:
    assert not is_work(name)


@pytest.mark.parametrize("name", ["x.md", "x (1).md", "x#1.md", "~x.md", "_x.md", "x copy.md", "404.html"])
def test_what_is_work(name: str) -> None:
    assert is_work(name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.md", "a.md", "c.txt", "._a.md", "d/e.md", "d/e.md~", ".git/f.md", "x.bak/g.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / ".#a.md").symlink_to("me@host.1:1")
    return tmp_path


def test_files_of_a_folder(folder: Path) -> None:
    assert files_in(folder, "*.md") == [folder / "a.md", folder / "b.md"]
    assert files_in(folder / "none") == []


def test_files_below_a_folder(folder: Path) -> None:
    assert files_below(folder, "*.md") == [folder / name for name in ("a.md", "b.md", "d/e.md", "x.bak/g.md")]


def test_folders_of_a_folder(folder: Path) -> None:
    # An edition may be called so.
    assert folders_in(folder) == [folder / "d", folder / "x.bak"]


def test_a_link_of_another_name_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.sql").symlink_to("nowhere")
    with pytest.raises(QueryError, match="cannot be read"):
        read_sql(tmp_path)
