"""The editions of a project, as its commands list, show, compare and remove them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from building import WHOLE

from report.cli import main
from report.core.errors import EditionError
from report.core.progress import Progress
from report.warehouse import editions
from report.warehouse.edition import read_edition, write_edition

MANIFEST = {
    "kind": "archive", "as_of": "2025-07-01", "snapshot_year": 2025, "inputs": "0", "source": {"layout": "sqlite"},
    "tables": {"tracks": {"rows_read": WHOLE + 1, "rows_kept": WHOLE, "dropped": {"no id": 1}, "unusable": {}}},
    "absent": {"tables": ["playlists"], "columns": {"albums": ["label"]}}, "markers": [],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of editions."""
    return tmp_path / "editions"


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """`run(argument, …)`: status, output and errors of `build.py editions`."""

    def command(*arguments: str) -> tuple[int, str, str]:
        status = main(["editions", *arguments, "--editions", str(folder), "--cache", str(folder.parent / "cache")])
        return status, *capsys.readouterr()

    return command


def write(folder: Path, name: str, **manifest: object) -> Path:
    cube = folder.parent / "cube"
    cube.write_bytes(b"counts")
    write_edition(folder / name, {"name": name, **MANIFEST, **manifest}, {"tracks": cube})
    return folder / name


def spoil(folder: Path, **manifest: object) -> None:
    path = folder / "edition.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | manifest))


class TestListing:
    def test_each_with_its_state_in_80_columns(self, folder: Path, run) -> None:
        write(folder, "sample", kind="synthetic")
        write(folder, "a" * 64)
        write(folder, "undated", as_of=None, tables={})
        spoil(write(folder, "newer"), format=2)
        (folder / "half").mkdir()
        (folder / ".x.0.part").mkdir()
        (folder / "README.md").touch()
        status, out, _ = run()
        lines = out.splitlines()
        assert status == 0
        assert max(map(len, lines)) <= 80
        assert [line.split()[:2] for line in lines[1:-1]] == [
            [".x.0.part:", "half-written"], ["a" * 64], ["archive", "2025-07-01"], ["half:", "half-written"],
            ["newer:", "this"], ["*", "sample"], ["undated", "selection"],
        ]  # fmt: skip
        assert "newer: this edition is of format 2, not 1" in out
        assert out == run("list")[1]

    def test_none(self, run) -> None:
        status, out, _ = run()
        assert (status, out.startswith("no editions in")) == (0, True)

    def test_show(self, folder: Path, run) -> None:
        write(folder, "one")
        out = run("show", "one")[1]
        for text in (
            "archive",
            "2025-07-01",
            read_edition(folder / "one", WHOLE).fingerprint,
            "tables playlists",
            "albums.label",
        ):
            assert text in out
        assert out.splitlines()[-3].split() == ["tracks", "256,039,008", "1", "256,039,007"]

    @pytest.mark.parametrize(("name", "message"), [("none", "there is no edition"), ("../up", "cannot be the name")])
    def test_show_what_is_not_there(self, run, name: str, message: str) -> None:
        status, _, said = run("show", name)
        assert (status, message in said) == (1, True)

    def test_another_format_is_refused_with_the_way_out(self, folder: Path, run) -> None:
        spoil(write(folder, "newer"), format=2)
        status, _, said = run("show", "newer")
        assert status == 1
        assert "of format 2, not 1" in said
        assert "aggregate it again" in said


class TestRemoving:
    def test_with_yes(self, folder: Path, run) -> None:
        write(folder, "one")
        assert run("remove", "one", "--yes")[0] == 0
        assert list(folder.iterdir()) == []

    def test_not_without_anybody_to_ask(self, folder: Path, run, monkeypatch: pytest.MonkeyPatch) -> None:
        write(folder, "one")
        monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
        status, _, said = run("remove", "one")
        assert (status, "say --yes" in said, (folder / "one").exists()) == (1, True, True)

    @pytest.mark.parametrize(("answer", "is_gone"), [("y", True), ("", False), ("no", False)])
    def test_asked(self, folder: Path, run, monkeypatch: pytest.MonkeyPatch, answer: str, is_gone: bool) -> None:
        write(folder, "one")
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr("builtins.input", lambda _: answer)
        assert run("remove", "one")[0] == 0
        assert (folder / "one").exists() != is_gone

    def test_never_the_one_of_report_toml(self, folder: Path, run) -> None:
        write(folder, "sample")
        status, _, said = run("remove", "sample", "--yes")
        assert (status, "is the edition of report.toml" in said) == (1, True)

    def test_never_through_a_link(self, folder: Path, run, tmp_path: Path) -> None:
        outside = write(tmp_path / "elsewhere", "one")
        folder.mkdir()
        (folder / "one").symlink_to(outside)
        status, _, said = run("remove", "one", "--yes")
        assert (status, "is a link" in said, (outside / "edition.json").exists()) == (1, True, True)

    def test_never_what_is_no_editions(self, folder: Path, run) -> None:
        (write(folder, "one") / "notes.txt").touch()
        (folder / "two").mkdir()
        (folder / "two/cube.parquet").symlink_to(folder / "one/tracks.parquet")
        for name in ("one", "two"):
            assert run("remove", name, "--yes")[0] == 1
        assert (folder / "one/tracks.parquet").exists()

    def test_a_half_written_one(self, folder: Path, run) -> None:
        (folder / "half").mkdir(parents=True)
        (folder / "half/tracks.parquet").touch()
        assert run("remove", "half", "--yes")[0] == 0
        assert not (folder / "half").exists()


class TestCommitted:
    def git(self, folder: Path, *arguments: str) -> None:
        identity = ("-c", "user.name=n", "-c", "user.email=n@example.org")
        subprocess.run(["git", "-C", folder, *identity, *arguments], check=True, capture_output=True)

    def test_which_git_has(self, folder: Path, run) -> None:
        write(folder, "kept")
        edited = write(folder, "edited")
        self.git(folder, "init")
        self.git(folder, "add", ".")
        self.git(folder, "commit", "-m", "editions")
        (edited / "edition.json").write_text((edited / "edition.json").read_text() + "\n")
        write(folder, "new")
        (folder / ".gitignore").write_text("ignored/\n")
        write(folder, "ignored")
        lines = run("list")[1].splitlines()
        assert lines[-2:] == ["committed to git: kept", "not committed, or changed since: edited, ignored, new"]

    def test_nothing_is_said_where_there_is_no_repository(self, folder: Path, run, monkeypatch) -> None:
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(folder.parent.parent))
        write(folder, "one")
        assert "git" not in run("list")[1]


class TestTheOneBefore:
    def earlier(self, folder: Path, name: str) -> list[str]:
        return [
            path.name
            for path in editions.earlier_editions(read_edition(folder / name, WHOLE), folder, WHOLE, Progress())
        ]

    def test_by_date_then_by_name_and_of_one_kind(self, folder: Path) -> None:
        write(folder, "c", as_of="2025-01-01")
        write(folder, "a", as_of="2025-07-01")
        write(folder, "b", as_of="2025-07-01")
        write(folder, "z", as_of="2026-01-01")
        write(folder, "u", as_of=None)
        write(folder, "t", source={"layout": "table"}, as_of="2025-06-01")
        write(folder, "s", kind="synthetic", as_of="2025-06-01")
        assert self.earlier(folder, "b") == ["a", "c", "u"]
        assert self.earlier(folder, "u") == self.earlier(folder, "t") == []

    def test_a_half_written_one_is_never_read_and_another_format_passed_over(self, folder: Path) -> None:
        new = write(folder, "new", as_of="2026-01-01")
        (write(folder, "half") / "edition.json").unlink()
        spoil(write(folder, "odd"), format=2)
        lines = []
        progress = Progress()
        progress.say = lines.append
        assert editions.earlier_editions(read_edition(new, WHOLE), folder, WHOLE, progress) == []
        assert lines == ["edition odd is passed over: this edition is of format 2, not 1"]

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("new", "cannot be compared with itself"),
            ("table", "is of the archive, `table` of a selection of tracks"),
            ("gone", "there is no edition"),
        ],
    )
    def test_what_cannot_be_compared(self, folder: Path, name: str, message: str) -> None:
        new = read_edition(write(folder, "new"), WHOLE)
        write(folder, "table", source={"layout": "table"})
        with pytest.raises(EditionError) as error:
            editions.compared_edition(new, name, folder, WHOLE, [])
        assert message in error.value.message

    def test_what_is_asked_for(self, folder: Path) -> None:
        new, old = read_edition(write(folder, "new"), WHOLE), write(folder, "old", as_of="2026-01-01")
        assert editions.compared_edition(new, None, folder, WHOLE, []) is None
        assert editions.compared_edition(new, "none", folder, WHOLE, [old]) is None
        assert editions.compared_edition(new, "old", folder, WHOLE, []).name == "old"
