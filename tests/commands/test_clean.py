"""`build.py clean`: the cache goes, or what the site does not need of it; nothing else does, and no byte changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from archives import Archive
from building import ROOT

from report.cli import main
from report.figures.pictures import SUFFIXES, Pictures
from report.hosting.publishing import digests

PROJECT = ("content", "queries", "templates")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="400" viewBox="0 0 720 400"></svg>'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose report.toml names the edition of a small archive, built."""
    folder = tmp_path_factory.mktemp("clean")
    for name in PROJECT:
        (folder / name).symlink_to(ROOT / name)
    settings = (ROOT / "report.toml").read_text(encoding="utf-8")
    settings = settings.replace('edition = "sample"', 'edition = "tried"').replace('demo = "sample"', 'demo = ""')
    (folder / "report.toml").write_text(settings, encoding="utf-8")
    archive = Archive(tracks=[{"duration_ms": 1000 * n} for n in range(1, 300)]).sqlite(folder / "archive")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pictures, "_render", lambda *_: dict.fromkeys(SUFFIXES, SVG))
        assert main(["--archive", str(archive), "--edition", "tried"], folder) == 0
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Pictures, "_render", lambda *_: dict.fromkeys(SUFFIXES, SVG))
    return shutil.copytree(built, tmp_path / built.name, symlinks=True)


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_all_of_the_cache(project: Path) -> None:
    before = digests(project / "site")
    edition = digests(project / "editions/tried")
    dead = 2**22 + 1  # above the largest process number
    (project / f".site.new-{dead}").mkdir()
    (project / f"editions/.tried.old-{dead}").mkdir()
    (project / ".cache/mine.txt").write_text("not the program's")
    assert main(["clean"], project) == 0
    assert names(project / ".cache") == {"lock", "mine.txt"}
    assert [path.name for path in project.iterdir() if path.name.startswith(".")] == [".cache"]
    assert digests(project / "editions") == {f"tried/{name}": digest for name, digest in edition.items()}
    assert digests(project / "site") == before
    assert main([], project) == 0
    assert digests(project / "site") == before


def test_what_the_site_does_not_need(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, kept = digests(project / "site"), names(project / ".cache")
    assert main(["clean", "--unused"], project) == 0
    left = names(project / ".cache")
    assert left < kept
    assert not [name for name in left if name.endswith(".parquet")]
    assert digests(project / "site") == before
    # All that rendering needs is still there.
    shutil.rmtree(project / "site")
    capsys.readouterr()
    assert main([], project) == 0
    assert names(project / ".cache") == left
    assert digests(project / "site") == before
    assert main(["clean", "--unused"], project) == 0
    assert "removed" not in capsys.readouterr().err


def test_no_cache_is_no_error(project: Path) -> None:
    shutil.rmtree(project / ".cache")
    assert main(["clean"], project) == 0


def test_a_limit_that_the_cache_is_over(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the last build used stays, however small the limit."""
    settings = project / "report.toml"
    settings.write_text(settings.read_text("utf-8").replace('"20GB"', '"1MB"').replace("Liner Notes", "Sleeve Notes"))
    assert main([], project) == 0
    assert "from the cache that this build did not use" in capsys.readouterr().err
    shutil.rmtree(project / "site")
    left = names(project / ".cache")
    assert main([], project) == 0
    # Steps between, such as a part of a page's Markdown alternate, are not asked for again.
    assert names(project / ".cache") <= left
