"""Each page has a card of the right size that is drawn once; what is on it is the page's own."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
import vl_convert
from small_site import EDITION, FACTS, FINDING, small_site

from report.cache.store import Store
from report.core.facts import AllFacts
from report.figures.figure import Images
from report.pages.context import SiteContext
from report.pages.rendering import render_pages
from report.publication.cards import card, cards
from report.publication.outputs import render_site

THEMED = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="360" height="300" viewBox="0 0 360 300">'
    b"<style>:root{--ink:#15171c}</style>"
    b'<rect width="360" height="300" fill="var(--accent, #1f4e9c)"/><text>drawn</text></svg>\n'
)
SPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def context(tmp_path: Path) -> SiteContext:
    return replace(small_site(tmp_path), render=lambda _: Images(THEMED, THEMED, THEMED, b"png"))


def drawn(context: SiteContext, path: str) -> str:
    site = render_pages(context)
    return card(context, site, next(page for page in site.pages if page.path == path))


def words(svg: str) -> str:
    return " ".join(element.text or "" for element in ET.fromstring(svg).iter(f"{SPACE}text"))


def test_every_page_has_one_of_the_right_size(context: SiteContext) -> None:
    files = render_site(context)
    made = {name: content for name, content in files.items() if name.startswith("cards/")}
    assert set(made) == {f"cards/{stem}.png" for stem in ("index", "duration", "method", "data", "about")}
    for content in made.values():
        assert content.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", content[16:24]) == (1200, 630)
        assert len(content) < 150_000


def test_a_finding_shows_its_figure_in_light_colours(context: SiteContext) -> None:
    svg = drawn(context, "duration.html")
    assert words(svg).startswith("Liner Notes Finding 1: Duration 1.27 times as many at 3:00 drawn")
    assert "var(" not in svg and "<style" not in svg
    assert '<rect width="360" height="300" fill="#1f4e9c"/>' in svg


def test_a_page_without_a_figure_has_its_summary(context: SiteContext) -> None:
    assert words(drawn(context, "data.html")).startswith("Liner Notes The data What was read.")


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("synthetic", "Edition sample: an invented archive"),
        ("selection", "Edition sample: a selection of tracks, July 2025"),
        ("archive", "Edition sample: the archive, July 2025"),
    ],
)
def test_the_edition_is_said(context: SiteContext, kind: str, said: str) -> None:
    assert words(drawn(replace(context, edition={**EDITION, "kind": kind}), "duration.html")).endswith(said)


def test_a_hostile_title_is_text_and_has_its_place(context: SiteContext) -> None:
    title = "</text> <script> alert(1) </script> \u202e& " + "x" * 10_000
    page = context.content / "en/findings/duration.md"
    page.write_text(
        FINDING.replace("{{ published_index_180 | ratio }} times as many at 3:00", "{{ published_name | text }}")
    )
    facts = AllFacts({"duration": {**FACTS["duration"], "published_name": title}})
    svg = drawn(replace(context, facts=facts), "duration.html")
    assert {element.tag for element in ET.fromstring(svg).iter()} <= {f"{SPACE}{tag}" for tag in
                                                                      ("svg", "rect", "text", "g")}  # fmt: skip
    lines = ET.fromstring(svg).findall(f"{SPACE}text")
    assert "</text> <script> alert(1)" in words(svg)
    assert len(lines) < 30
    assert all(float(line.get("y")) < 630 for line in lines)
    assert max(len(line.text or "") for line in lines) < 60


def test_a_card_is_drawn_once(context: SiteContext, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = replace(context, store=Store(tmp_path / "store"))
    made = cards(context, render_pages(context))

    def fail(_: str) -> bytes:
        raise AssertionError("drawn again")

    monkeypatch.setattr(vl_convert, "svg_to_png", fail)
    assert cards(context, render_pages(context)) == made


def test_pages_of_a_published_site_name_their_cards(context: SiteContext) -> None:
    base = "https://example.org/r/"
    files = render_site(replace(context, settings=SimpleNamespace(**{**vars(context.settings), "base_url": base})))
    for stem in ("index", "duration", "about"):
        page = files[f"{stem}.html"].decode()
        assert f'<meta property="og:image" content="{base}cards/{stem}.png">' in page
        assert f"cards/{stem}.png" in files
    assert "og:image" not in files["search.html"].decode() + files["404.html"].decode()
