"""Everything that can be read can be found; the index has the same bytes each time, and the site does without it."""

from __future__ import annotations

import gzip
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from small_site import HOSTILE, small_site

from report.cache.store import Store
from report.pages.context import SiteContext
from report.pages.rendering import render_pages
from report.publication import search as module
from report.publication.outputs import render_site
from report.publication.search import NoIndex, search
from report.publication.search_records import records


@pytest.fixture
def context(tmp_path: Path) -> SiteContext:
    return small_site(tmp_path)


def fragments(files: dict[str, bytes]) -> dict[str, dict]:
    """What the index says of each address."""
    found = {}
    for name, content in files.items():
        if name.endswith(".pf_fragment"):
            text = gzip.decompress(content).decode().removeprefix("pagefind_dcd")
            fragment = json.loads(text)
            found[fragment["url"]] = fragment
    return found


def test_pages_and_figures_are_found_at_their_addresses(context: SiteContext) -> None:
    found = {record.url: record for record in records(render_pages(context))}
    assert list(found) == [
        "index.html", "duration.html", "duration.html#histogram", "method.html", "data.html", "about.html",
    ]  # fmt: skip
    assert found["duration.html#histogram"].text == "Tracks per second. All tracks. Seen beside it. A hump."
    assert found["duration.html"].kind == "Finding"
    assert "What this can’t tell A cause. Strengths and limits Complete. Late." in found["duration.html"].text
    assert "Seen beside it." not in found["duration.html"].text


def test_the_index_holds_the_records_as_text(context: SiteContext) -> None:
    found = fragments(search(context, render_pages(context)))
    assert found["duration.html"]["meta"] == {"title": "1.27 times as many at 3:00", "kind": "Finding"}
    assert f"A standfirst about {HOSTILE}." in found["duration.html"]["content"]


def test_the_same_records_give_the_same_bytes(context: SiteContext) -> None:
    site = render_pages(context)
    assert search(context, site) == search(context, site)


def test_the_index_is_made_once(context: SiteContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = replace(context, store=Store(tmp_path / "store"))
    made = search(context, render_pages(context))

    def fail(_: object) -> dict:
        raise AssertionError("made again")

    monkeypatch.setattr(module, "_last_answer", fail)
    assert search(context, render_pages(context)) == made


def test_a_changed_word_changes_the_index(context: SiteContext, tmp_path: Path) -> None:
    context = replace(context, store=Store(tmp_path / "store"))
    search(context, render_pages(context))
    page = context.content / "en/findings/duration.md"
    page.write_text(page.read_text().replace("More prose.", "Xylophones."))
    assert "Xylophones." in fragments(search(context, render_pages(context)))["duration.html"]["content"]


def test_only_what_the_page_uses_is_published(context: SiteContext) -> None:
    names = {name for name in search(context, render_pages(context)) if "/" in name}
    assert {"pagefind/pagefind.js", "pagefind/wasm.en.pagefind", "pagefind/pagefind-entry.json"} <= names
    assert not any("ui" in name or name.endswith(".css") for name in names)


def test_without_the_program_the_site_says_so(context: SiteContext, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    files = render_site(replace(context, say=said.append))
    assert len(said) == 1 and said[0].startswith("no search on this site: Pagefind cannot be run")
    page = files["search.html"].decode()
    assert "built without a search index" in page
    assert "<script" not in page
    assert not any(name.startswith("pagefind/") for name in files)


@pytest.mark.parametrize("program", ["#!/bin/sh\nexit 3\n", "no program at all"])
def test_a_program_that_fails_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    import pagefind_bin

    path = tmp_path / "pagefind"
    path.write_text(program)
    path.chmod(0o755)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: path)
    with pytest.raises(NoIndex, match=r"ended early, with status 3|cannot be run"):
        module._index([])


def test_the_script_is_asked_for_by_the_search_page_alone(context: SiteContext) -> None:
    pages = {name: page.decode() for name, page in render_site(context).items() if name.endswith(".html")}
    assert {name for name, page in pages.items() if "search.js" in page} == {"search.html"}
