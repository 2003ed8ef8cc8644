"""The report as one document: every page, links within it, sources numbered; as PDF the same bytes twice."""

from __future__ import annotations

import io
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pypdf
import pytest

from report.core.errors import SiteError
from report.hosting.printing import printed
from report.publication.book import bound, parts_of

PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="72" height="40"><rect width="72" height="40"/></svg>'
HEAD = '<!doctype html><html lang="en"><body><svg class="sprite"><symbol id="b-computed"/></svg>'
PAGES = {
    "index": '<h1>Front</h1><p><a href="duration.html#heaping">Heaping</a>, <a href="data/facts.json">facts</a></p>',
    "duration": """<h1>Lengths</h1><section aria-labelledby="heaping"><h2 id="heaping">Heaping</h2>
<svg><use href="#b-computed"/></svg><img src="figures/a.svg" alt="A hump."><a href="#heaping">here</a>
By <a href="https://example.org/a" rel="noreferrer">A loader</a> and <a href="https://example.org/b">B</a>.
<table><tr><th scope="col">Year</th></tr><tr><td>2024</td></tr></table></section>""",
    "claims": '<h1>Claims</h1><p id="heaping">Again <a href="https://example.org/a">by a loader</a>.</p>',
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "figures").mkdir()
    (tmp_path / "static").mkdir()
    (tmp_path / "figures/a.svg").write_text(PICTURE)
    (tmp_path / "static/style.css").write_text("h1 { color: #123 }")
    (tmp_path / "llms.txt").write_text(
        "# Notes\n\n- [Lengths & so on](duration.md): One.\n- [Front](index.md): Two.\n- [Claims](claims.md): Three.\n"
    )
    for stem, main in PAGES.items():
        (tmp_path / f"{stem}.html").write_text(f'{HEAD}<main id="main">\n{main}\n</main></body></html>')
    return tmp_path


def test_every_page_is_in_it_the_front_page_first(site: Path) -> None:
    assert [part.stem for part in parts_of(site)] == ["index", "duration", "claims"]
    document = bound(site, "Notes", "", "Notes (2025).")
    assert '<li><a href="#duration">Lengths &amp; so on</a></li>' in document
    assert "<h1>Lengths</h1>" in document


def test_its_links_lead_within_it(site: Path) -> None:
    document = bound(site, "Notes", "https://example.org/notes/", "Notes (2025).")
    ids = Counter(re.findall(r'\sid="([^"]+)"', document))
    assert not [name for name, count in ids.items() if count > 1]
    assert {"duration--heaping", "claims--heaping", "b-computed"} <= set(ids)
    assert set(re.findall(r'href="#([^"]+)"', document)) <= set(ids)
    assert set(re.findall(r'aria-labelledby="([^"]+)"', document)) <= set(ids)
    assert 'href="https://example.org/notes/data/facts.json"' in document


def test_without_an_address_files_are_words(site: Path) -> None:
    assert "data/facts.json" not in bound(site, "Notes", "", "Notes (2025).")


def test_its_sources_are_numbered_once(site: Path) -> None:
    document = bound(site, "Notes", "", "Notes (2025).")
    assert re.findall(r'<a href="#source-(\d)">', document) == ["1", "2", "1"]
    assert re.findall(r'<li id="source-(\d)">(.*?): <a href="(.*?)">', document) == [
        ("1", "A loader", "https://example.org/a"),
        ("2", "B", "https://example.org/b"),
    ]


def test_without_a_site_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="this file of the site is not there"):
        bound(tmp_path, "Notes", "", "")


def test_printed_it_is_tagged_and_the_same_bytes_twice(site: Path) -> None:
    document = bound(site, "Notes", "", "Notes (2025).")
    # By a thread of its own: other tests of this process have a browser open, which leaves no room for a second.
    with ThreadPoolExecutor(1) as beside:
        first, second = beside.map(printed, [document] * 2, ["2025-07-14"] * 2)
    assert first == second
    read = pypdf.PdfReader(io.BytesIO(first))
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.trailer["/Root"]["/Lang"] == "en"
    assert {entry.title for entry in _flat(read.outline)} >= {"Front", "Lengths", "Heaping", "Claims"}
    assert read.metadata["/CreationDate"].startswith("D:20250714")
    text = "".join(page.extract_text() for page in read.pages)
    assert all(words in text for words in ("Front", "Heaping", "A loader", "https://example.org/b"))
    # A figure is drawn, not a picture of one.
    assert not [image for page in read.pages for image in page.images]


def _flat(outline: list) -> list:
    return [each for entry in outline for each in (_flat(entry) if isinstance(entry, list) else [entry])]
