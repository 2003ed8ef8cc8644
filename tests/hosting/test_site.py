"""A site is replaced as a whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from report.cache import swap
from report.core.errors import SiteError
from report.hosting import publishing
from report.hosting.publishing import publish

OLD = {"index.html": b"old", "data/a.csv": b"a\n"}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def whole(files: dict[str, bytes]) -> dict[str, bytes]:
    """A site of these files, with what is in every site."""
    names = sorted([".gitignore", ".nojekyll", "SHA256SUMS", *files])
    sums = (f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return {
        **files,
        **publishing.FIXED,
        "SHA256SUMS": "".join(sums).encode(),
        publishing.MARKER: (publishing.MARKED + "".join(f"{name}\n" for name in names)).encode(),
    }


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out/site"


def test_a_new_site(target: Path, tmp_path: Path) -> None:
    picture = tmp_path / "stored.svg"
    picture.write_bytes(b"<svg/>")
    publish({"index.html": b"page", "figures/a/b.svg": picture}, target)
    files = {"index.html": b"page", "figures/a/b.svg": b"<svg/>"}
    assert tree(target) == whole(files)
    assert (target / ".gitignore").read_bytes() == b"*\n!.gitignore\n"
    assert [path.name for path in target.parent.iterdir()] == ["site"]


@pytest.mark.parametrize("can_exchange", [True, False])
def test_the_old_site_goes_entirely(target: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool) -> None:
    if not can_exchange:
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    publish(OLD, target)
    publish({"index.html": b"new"}, target)
    assert tree(target) == whole({"index.html": b"new"})
    assert [path.name for path in target.parent.iterdir()] == ["site"]


def test_a_fresh_checkout_may_be_replaced(target: Path) -> None:
    target.mkdir(parents=True)
    (target / ".gitignore").write_bytes(b"*\n!.gitignore\n")
    publish(OLD, target)
    assert (target / "index.html").exists()


@pytest.mark.parametrize("name", ["thesis.txt", ".git/config", "index.html"])
def test_what_is_not_a_site_stays(target: Path, name: str) -> None:
    (target / name).parent.mkdir(parents=True)
    (target / name).write_text("mine")
    with pytest.raises(SiteError, match="not a site of ours") as error:
        publish(OLD, target)
    assert "--site" in error.value.hint
    assert tree(target) == {name: b"mine"}


def test_a_site_under_version_control_of_its_own_stays(target: Path) -> None:
    publish(OLD, target)
    (target / ".git").mkdir()
    with pytest.raises(SiteError):
        publish({"index.html": b"new"}, target)


def test_a_file_in_its_place_stays(target: Path) -> None:
    target.parent.mkdir(parents=True)
    target.write_text("mine")
    with pytest.raises(SiteError, match="taken by a file"):
        publish(OLD, target)
    assert target.read_text() == "mine"


@pytest.mark.parametrize("can_exchange", [True, False])
@pytest.mark.parametrize("step", ["_write", "put_in_place"])
def test_a_failure_leaves_the_old_site(
    target: Path, monkeypatch: pytest.MonkeyPatch, step: str, can_exchange: bool
) -> None:
    publish(OLD, target)
    before = tree(target)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "somewhere")

    if not can_exchange:
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    monkeypatch.setattr(publishing, step, full)
    with pytest.raises(SiteError, match="No space left") as error:
        publish({"index.html": b"new"}, target)
    assert "space" in error.value.hint
    assert tree(target) == before
    assert [path.name for path in target.parent.iterdir()] == ["site"]


def test_a_missing_picture_leaves_the_old_site(target: Path, tmp_path: Path) -> None:
    publish(OLD, target)
    before = tree(target)
    with pytest.raises(SiteError):
        publish({"a.svg": tmp_path / "gone.svg"}, target)
    assert tree(target) == before


def test_an_interruption_leaves_the_old_site(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(OLD, target)
    before = tree(target)
    real = Path.rename
    calls = []

    def interrupted(self: Path, other: Path) -> Path:
        calls.append(self)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(self, other)

    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish({"index.html": b"new"}, target)
    assert tree(target) == before


def test_leftovers_of_killed_builds_go(target: Path) -> None:
    publish(OLD, target)
    dead = 2**22 + 1  # above the largest process number
    (target.parent / f".site.new-{dead}").mkdir()
    (target.parent / f".site.old-{dead}").mkdir()
    running = target.parent / f".site.new-{os.getppid()}"
    running.mkdir()
    publish(OLD, target)
    assert sorted(path.name for path in target.parent.iterdir()) == [running.name, "site"]


def test_a_site_left_aside_by_a_killed_build_comes_back(target: Path) -> None:
    publish(OLD, target)
    target.rename(target.parent / f".site.old-{2**22 + 1}")
    with pytest.raises(ValueError, match="not a path"):
        publish({"../outside": b""}, target)
    assert (target / "index.html").read_bytes() == b"old"


def test_through_a_link(target: Path, tmp_path: Path) -> None:
    publish(OLD, target)
    link = tmp_path / "link"
    link.symlink_to(target)
    publish({"index.html": b"new"}, link)
    assert link.is_symlink()
    assert (target / "index.html").read_bytes() == b"new"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_no_permission(target: Path) -> None:
    publish(OLD, target)
    target.parent.chmod(0o555)
    try:
        with pytest.raises(SiteError, match="Permission"):
            publish({"index.html": b"new"}, target)
    finally:
        target.parent.chmod(0o755)
    shutil.rmtree(target)


class TestFilesOfOthers:
    """What no build wrote stays."""

    @pytest.fixture
    def site_with_notes(self, target: Path) -> Path:
        publish(OLD, target)
        for name in ("notes.txt", "mine/a.txt", ".DS_Store"):
            (target / name).parent.mkdir(exist_ok=True)
            (target / name).write_text(name)
        (target / "elsewhere").symlink_to("..")
        (target / "nowhere").symlink_to("gone")
        return target

    @pytest.mark.parametrize("can_link", [True, False])
    def test_they_stay_and_are_named(
        self, site_with_notes: Path, monkeypatch: pytest.MonkeyPatch, can_link: bool
    ) -> None:
        if not can_link:

            def refuse(*_: object, **__: object) -> None:
                raise OSError(errno.EPERM, os.strerror(errno.EPERM))

            monkeypatch.setattr(os, "link", refuse)
        said: list[str] = []
        written = publish({"index.html": b"new"}, site_with_notes, said.append)
        assert tree(site_with_notes) == {
            **whole({"index.html": b"new"}), "notes.txt": b"notes.txt", "mine/a.txt": b"mine/a.txt"
        }  # fmt: skip
        assert (site_with_notes / "elsewhere").readlink() == Path("..")
        assert (site_with_notes / "nowhere").readlink() == Path("gone")
        assert said == [f"kept in {site_with_notes}, written by no build: elsewhere, mine/a.txt, notes.txt, nowhere"]
        assert not written.keys() & {"notes.txt", "mine/a.txt"}
        publish({"index.html": b"newer"}, site_with_notes)
        assert (site_with_notes / "mine/a.txt").read_text() == "mine/a.txt"

    @pytest.mark.parametrize("name", ["notes.txt", "mine", "notes.txt/b.html"])
    def test_one_in_the_place_of_a_new_file_is_never_replaced(self, site_with_notes: Path, name: str) -> None:
        before = tree(site_with_notes)
        with pytest.raises(SiteError, match="written by no build") as error:
            publish({name: b"new"}, site_with_notes)
        assert str(site_with_notes / name.split("/")[0]) in error.value.where
        assert tree(site_with_notes) == before

    def test_a_page_that_is_built_no_more_goes(self, target: Path) -> None:
        publish(OLD, target)
        publish({"index.html": b"new"}, target)
        assert not (target / "data").exists()
