"""What strangers typed is text everywhere: on pages, in pictures, in files to keep."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from archives import Archive
from building import settings_below
from places import watch
from playwright.sync_api import Browser, Page

from report.core.progress import Progress
from report.figures.pictures import SUFFIXES, Pictures
from report.pipeline import build

NAMES = [
    "<script>window.ran = 1; alert(1)</script>",
    '"><img src=x onerror="window.ran = 1; alert(1)">',
    "]]></text><script>window.ran = 1</script>",
    "safe\u202egnp.exe",
    "[a](javascript:window.ran=1) {{ 7 * 7 }}",
    "=HYPERLINK(1)",
    "l" * 10_000,
]
# Where the names of labels and genres are: drawn in earnest, all other pictures are left blank.
DRAWN = ("labels", "genres")
ENDS = {"wide": "-wide.svg", "narrow": "-narrow.svg", "plain": ".svg"}
RAN = "[window.ran ?? null, document.scripts.length, document.querySelectorAll('img').length]"
ADDRESS = "https://example.org/report/"
BLANK = b'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="400" viewBox="0 0 720 400"></svg>'


@pytest.fixture(scope="module")
def site(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The site of an archive whose labels and genres are these names."""
    folder = tmp_path_factory.mktemp("hostile")
    labelled = [{"album_rowid": 1 + n % len(NAMES), "popularity": n % 90} for n in range(140)]
    albums = [{"label": name} for name in NAMES]
    genres = [{"artist_rowid": 1, "genre": name} for name in NAMES]
    archive = Archive(tracks=labelled, albums=albums, artist_genres=genres).sqlite(folder / "archive")
    draw = Pictures._render
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            Pictures,
            "_render",
            lambda self, data: draw(self, data) if data.finding in DRAWN else dict.fromkeys(SUFFIXES, BLANK),
        )
        yield build(replace(settings_below(folder), base_url=ADDRESS, threads=1), archive, "tried", Progress())


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("path", ["index.html", "labels.html", "genres.html", "data.html", "embed/labels/largest.html"])
def test_pages_show_them_and_run_nothing(page: Page, site: Path, path: str) -> None:
    troubles = watch(page, site.resolve().as_uri())
    page.goto((site / path).resolve().as_uri())
    assert page.evaluate("window.ran") is None
    assert troubles == []
    assert (
        page.evaluate("[...document.querySelectorAll('img')].filter(image => image.getAttribute('src') === 'x')") == []
    )
    if path.startswith(DRAWN):
        shown = page.evaluate("[...document.querySelectorAll('details th')].map(cell => cell.textContent)")
        assert set(NAMES[:3]) <= set(shown)
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("kind", ["wide", "narrow", "plain"])
def test_pictures_opened_by_themselves_run_nothing(page: Page, site: Path, kind: str) -> None:
    pictures = [path for finding in DRAWN for path in (site / "figures" / finding).glob(f"*{ENDS[kind]}")]
    hostile = [path for path in pictures if "window.ran" in path.read_text(encoding="utf-8")]
    assert hostile
    troubles = watch(page, site.resolve().as_uri())
    for path in pictures:
        page.goto(path.resolve().as_uri())
        assert page.evaluate(RAN) == [None, 0, 0]
        assert "\u202e" not in path.read_text(encoding="utf-8")
    assert troubles == []


def test_a_spreadsheet_sees_no_formula(site: Path) -> None:
    with (site / "data/labels/largest.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t")] == []
    assert any(cell.endswith("=HYPERLINK(1)") for cell in cells)


@pytest.mark.parametrize("path", ["feed.xml", "sitemap.xml"])
def test_lists_for_programs_are_whole(site: Path, path: str) -> None:
    assert ElementTree.parse(site / path).getroot().findall(".//{*}script") == []
