"""The demonstration: the report of an invented archive under demo/, stamped, and in no list of the public report."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from building import ROOT, aggregated, settings_below

from report.cli import main
from report.core.errors import SettingsError
from report.core.progress import Progress
from report.core.settings import Settings
from report.figures.pictures import SUFFIXES, Pictures
from report.pipeline import build, find_demo, find_edition
from report.run import Run

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="400" viewBox="0 0 720 400"></svg>'


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A built report of published figures with a small invented archive's beside it; pictures are blank."""
    folder = tmp_path_factory.mktemp("demo")
    base = "https://example.org/report/"
    settings = replace(settings_below(folder), edition="published", demo="tiny", base_url=base, published="2026-01-02")
    shutil.copytree(ROOT / "editions/published", settings.editions / "published")
    assert main(["sample", str(folder / "archive"), "--tracks", "1500"]) == 0
    aggregated(folder / "archive", "tiny", settings)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pictures, "_render", lambda *_: dict.fromkeys(SUFFIXES, SVG))
        build(settings, None, None, Progress())
    return settings


def pages(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.html")}


def test_every_page_of_it_is_stamped_and_hidden(made: Settings) -> None:
    demonstrated = pages(made.site / "demo")
    assert {path.stem for path in (ROOT / "content/findings").glob("*.toml")} <= {name[:-5] for name in demonstrated}
    for name, page in demonstrated.items():
        assert page.count("This is a demonstration on an invented archive.") == 1, name
        assert '<meta name="robots" content="noindex">' in page, name
        assert 'rel="canonical"' not in page, name
        assert 'href="../index.html"' in page, name


def test_the_public_report_is_not(made: Settings) -> None:
    for name, page in pages(made.site).items():
        assert "This is a demonstration" not in page, name
        assert "noindex" not in page or name == "404.html", name
    assert 'href="demo/index.html"' in (made.site / "index.html").read_text(encoding="utf-8")


def test_no_list_of_the_public_report_has_it(made: Settings) -> None:
    for name in ("feed.xml", "sitemap.xml", "llms.txt", "cite.bib", "data/figures.json"):
        assert "demo/" not in (made.site / name).read_text(encoding="utf-8"), name
    for name in ("feed.xml", "sitemap.xml", "robots.txt", "404.html", "CNAME", "cards"):
        assert not (made.site / "demo" / name).exists(), name


def test_its_data_is_whole(made: Settings) -> None:
    assert (made.site / "demo/data/duration/histogram.csv").exists()
    assert not (made.site / "data/duration/histogram.csv").exists()


def test_a_site_with_one_is_kept_while_nothing_changes(made: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    said: list[str] = []
    progress = Progress()
    progress.say = said.append
    build(made, None, None, progress)
    assert any("up to date" in line for line in said)


def test_without_one_nothing_leads_there(made: Settings, tmp_path: Path) -> None:
    settings = replace(made, demo="", site=tmp_path / "site")
    build(settings, None, None, Progress())
    assert not (settings.site / "demo").exists()
    assert not [name for name, page in pages(settings.site).items() if "demo/" in page]


def test_real_figures_are_no_demonstration(made: Settings) -> None:
    with pytest.raises(SettingsError, match="no invented archive's edition"):
        build(replace(made, demo="published"), None, None, Progress())


def test_an_edition_that_counts_itself_needs_none(made: Settings) -> None:
    run = Run.of(made, Progress())
    assert find_demo(run, find_edition(run, None, "published")).name == "tiny"
    assert find_demo(run, find_edition(run, None, "tiny")) is None
