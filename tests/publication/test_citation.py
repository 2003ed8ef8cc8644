"""Citations name the edition and its data, and stay whole whatever a title holds."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from small_site import EDITION, small_site, words_of

from report.pages.citation import Citations
from report.pages.context import SiteContext
from report.publication.outputs import render_site

SETTINGS = SimpleNamespace(title="Liner Notes", author="A team", published="", base_url="https://example.org/r/")


@pytest.fixture
def context(tmp_path: Path) -> SiteContext:
    return small_site(tmp_path)


def with_settings(context: SiteContext, **values: object) -> SiteContext:
    return replace(context, settings=SimpleNamespace(**{**vars(context.settings), **values}))


def test_in_words() -> None:
    cited = Citations(SETTINGS, {**EDITION, "kind": "archive"}, words_of("archive")).page("Is it so?", "duration.html")
    assert cited.text == (
        "A team (2025). Is it so? In: Liner Notes. Edition sample (archive), snapshot of July 2025. "
        "Data sha256 abab abab abab abab … https://example.org/r/duration.html"
    )


def test_a_synthetic_edition_says_so() -> None:
    assert (
        "Edition sample (synthetic), invented snapshot of July 2025."
        in Citations(SETTINGS, EDITION, words_of()).report().text
    )


def test_the_date_is_the_one_set_then_the_editions_then_none() -> None:
    undated = {**EDITION, "as_of": None}
    assert (
        Citations(SimpleNamespace(**{**vars(SETTINGS), "published": "2026-01-02"}), EDITION, words_of()).date
        == "2026-01-02"
    )
    assert Citations(SETTINGS, EDITION, words_of()).date == "2025-07-14"
    cited = Citations(SETTINGS, undated, words_of()).report()
    assert cited.date == ""
    assert "A team (no date)." in cited.text
    assert "year" not in cited.bibtex


def test_bibtex() -> None:
    assert Citations(SETTINGS, EDITION, words_of()).report().bibtex == (
        "@misc{liner-notes-sample,\n  author = {{A team}},\n  title = {{Liner Notes}},\n  year = {2025},\n"
        "  month = jul,\n  url = {https://example.org/r/},\n"
        "  note = {Edition sample (synthetic), invented snapshot of July 2025. Data sha256 " + "ab" * 32 + "},\n}"
    )


@pytest.mark.parametrize("title", ["}, url = {x", "50% of a_b & c#d $e ^~", "\\end{x}", "a\u202eb\nc", "@misc{x,"])
def test_what_tex_acts_on_is_text(title: str) -> None:
    entry = Citations(SETTINGS, EDITION, words_of()).page(title, "a.html").bibtex
    assert entry.count("{") == entry.count("}")
    assert re.findall(r"^  (\w+) =", entry, re.MULTILINE) == ["author", "title", "year", "month", "url", "note"]
    written = re.search(r"title = \{\{(.*)\}\},$", entry, re.MULTILINE)[1]
    assert not re.search(r"(?<!\\)[%&$#_]|[\^~\u202e]", written)


def test_every_page_and_figure_is_an_entry_of_its_own(context: SiteContext) -> None:
    written = render_site(context)["cite.bib"].decode()
    keys = re.findall(r"^@misc\{([^,]+),$", written, re.MULTILINE)
    assert keys == [
        "liner-notes-sample", "liner-notes-sample-duration", "liner-notes-sample-duration-histogram",
        "liner-notes-sample-method", "liner-notes-sample-data", "liner-notes-sample-about",
    ]  # fmt: skip


def test_a_figures_entry_is_a_file_of_its_own(context: SiteContext) -> None:
    files = render_site(context)
    entry = files["data/duration/histogram.bib"].decode()
    assert entry.startswith("@misc{liner-notes-sample-duration-histogram,")
    assert entry in files["cite.bib"].decode()
    assert '<a href="data/duration/histogram.bib" download>BibTeX</a>' in files["duration.html"].decode()


def test_a_figure_is_cited_where_it_stands(context: SiteContext) -> None:
    page = render_site(with_settings(context, base_url="https://example.org/r/"))["duration.html"].decode()
    assert "Figure 1, duration/histogram, in: Liner Notes." in page
    assert "https://example.org/r/duration.html#histogram" in page


def test_what_citation_tools_read(context: SiteContext) -> None:
    page = render_site(with_settings(context, base_url="https://example.org/r/"))["duration.html"].decode()
    meta = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', page))
    assert meta["citation_title"] == meta["og:title"] == "1.27 times as many at 3:00"
    assert meta["citation_publication_date"] == "2025/07/14"
    assert meta["citation_author"] == "Liner Notes"
    assert meta["og:url"] == meta["citation_public_url"] == "https://example.org/r/duration.html"
    assert meta["og:description"].startswith("A standfirst about &lt;script&gt;")


def test_nothing_absolute_while_it_is_not_published(context: SiteContext) -> None:
    for name, content in render_site(context).items():
        if name.endswith(".html"):
            assert "http" not in re.sub(r'http-equiv|href="[^"]+" rel="noreferrer"', "", content.decode())
