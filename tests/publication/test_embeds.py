"""Embed pages: the figure, its source, the way back; and the code that puts one in a page."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

from small_site import HISTOGRAM, small_site

from report.publication.outputs import render_site

EMBED = "embed/duration/histogram.html"


def test_shows_the_figure_its_source_and_the_way_back(tmp_path: Path) -> None:
    page = render_site(small_site(tmp_path))[EMBED].decode()
    assert '<h1 class="figure-title">Ticks at 3:00</h1>' in page
    assert "Synthetic edition. Tracks per second." in page
    assert 'A loader, 2026 (<a href="https://example.org/notes" rel="noreferrer">A loader, February 2026</a>)' in page
    assert 'href="../../duration.html#histogram" target="_top"' in page
    assert "Edition sample" in page or "edition sample" in page
    assert "<script" not in page


def test_its_links_lead_to_files_of_the_site(tmp_path: Path) -> None:
    files = render_site(small_site(tmp_path))
    links = re.findall(r'(?:href|src|srcset)="([^"#]+)', files[EMBED].decode())
    assert len(links) >= 5
    assert [link for link in links if link.startswith("https:")] == ["https://example.org/notes"]
    for link in links:
        if not link.startswith("https:"):
            assert link.startswith("../../")
            assert link.removeprefix("../../") in files


def test_a_figure_without_data_has_none(tmp_path: Path) -> None:
    absent = replace(HISTOGRAM, rows=[])
    files = render_site(replace(small_site(tmp_path), figures={absent.id: absent}))
    assert EMBED not in files
    assert "embed" not in files["duration.html"].decode()


def test_the_code_names_the_published_address(tmp_path: Path) -> None:
    context = small_site(tmp_path)
    assert "iframe" not in render_site(context)["duration.html"].decode()
    published = SimpleNamespace(**{**vars(context.settings), "base_url": "https://example.org/notes/"})
    page = render_site(replace(context, settings=published))["duration.html"].decode()
    code = html.unescape(re.search(r"<code>(&lt;iframe.*?)</code>", page)[1])
    assert f'src="https://example.org/notes/{EMBED}"' in code
    assert 'title="Ticks at 3:00"' in code
    assert 'height="820"' in code
