"""The feed is Atom, dates come from the data, and what it names keeps its id."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from small_site import EDITION, small_site

from report.compare.history import Earlier, History
from report.compare.notes import Acknowledged, Correction, Notes
from report.pages.context import SiteContext
from report.publication.outputs import render_site

SPACE = {"a": "http://www.w3.org/2005/Atom"}
NOTES = Notes(
    [
        Acknowledged(
            "flip", "tail-70", "holds", "does not hold", "b", "a", "2026-02-01", "The <b>count</b> moved.", "w"
        ),
        Acknowledged("fact", "duration.index_180", "", "", "b", "a", "2026-02-02", "Moved.", ""),
    ],
    [Correction("2026-01-05", "A unit was wrong & so\u202e \x00on.", "It was mended.", ["duration"])],
)


@pytest.fixture
def context(tmp_path: Path) -> SiteContext:
    earlier = [Earlier("a", "2024-07-01", "editions/a/index.html"), Earlier("undated", None, "editions/u/index.html")]
    return replace(small_site(tmp_path), history=History(notes=NOTES, earlier=earlier))


def entries(context: SiteContext) -> list[ET.Element]:
    return ET.fromstring(render_site(context)["feed.xml"]).findall("a:entry", SPACE)


def texts(found: list[ET.Element], name: str) -> list[str]:
    return [entry.findtext(f"a:{name}", namespaces=SPACE) for entry in found]


def test_editions_verdicts_and_corrections_the_latest_first(context: SiteContext) -> None:
    found = entries(context)
    assert texts(found, "title") == [
        "Claim tail-70: was “holds”, now “does not hold”",
        "Correction: A unit was wrong & so on.",
        "Edition sample",
        "Edition a",
    ]
    assert texts(found, "updated") == [
        f"{day}T00:00:00Z" for day in ("2026-02-01", "2026-01-05", "2025-07-14", "2024-07-01")
    ]
    assert texts(found, "content")[0] == "The <b>count</b> moved."
    assert [entry.find("a:link", SPACE).get("href") for entry in found] == [
        "changes.html", "changes.html", "index.html", "editions/a/index.html",
    ]  # fmt: skip


def test_the_feed_is_as_new_as_its_newest_entry(context: SiteContext) -> None:
    root = ET.fromstring(render_site(context)["feed.xml"])
    assert root.findtext("a:updated", namespaces=SPACE) == "2026-02-01T00:00:00Z"
    assert root.findtext("a:author/a:name", namespaces=SPACE) == "Liner Notes"
    for part in ("id", "title", "updated"):
        assert len(root.findall(f"a:{part}", SPACE)) == 1


def test_ids_are_apart_and_the_same_wherever_it_is_published(context: SiteContext) -> None:
    ids = texts(entries(context), "id")
    assert len(set(ids)) == len(ids)
    assert all(id.startswith("urn:uuid:") for id in ids)
    moved = SimpleNamespace(**{**vars(context.settings), "base_url": "https://example.org/r/"})
    published = entries(replace(context, settings=moved))
    assert texts(published, "id") == ids
    assert published[2].find("a:link", SPACE).get("href") == "https://example.org/r/index.html"


def test_an_edition_without_a_date_has_no_feed(context: SiteContext) -> None:
    files = render_site(replace(context, edition={**EDITION, "as_of": None}))
    assert "feed.xml" not in files
    assert "feed.xml" not in files["index.html"].decode()


def test_every_page_leads_to_it(context: SiteContext) -> None:
    files = render_site(context)
    for name in ("index.html", "duration.html", "404.html"):
        assert (
            'type="application/atom+xml" title="Liner Notes: editions and corrections" href="feed.xml"'
            in files[name].decode()
        )


def test_an_earlier_report_has_no_feed_and_no_sitemap(context: SiteContext) -> None:
    settings = SimpleNamespace(**{**vars(context.settings), "base_url": "https://example.org/r/editions/a/"})
    files = render_site(
        replace(context, settings=settings, history=History(current="b", newest="https://example.org/r/"))
    )
    assert not {"feed.xml", "sitemap.xml", "robots.txt"} & set(files)
    assert 'href="../../feed.xml"' in files["index.html"].decode()
