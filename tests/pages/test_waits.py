"""A public page shows real figures only; what waits is listed, and leads to the demonstration."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from small_site import EDITION, FIGURES, FINDING, HISTOGRAM, INDEX, small_site, write

from report.pages.context import SiteContext
from report.pages.waits import redirected
from report.publication import Files
from report.publication.outputs import render_site

EMPTY = replace(HISTOGRAM, rows=[], absent="Nobody counted it.", is_synthetic=False)
COUNTED = replace(HISTOGRAM, id="duration/by_minute", is_synthetic=False)
SECOND = """![](by_minute)

## Definitions {#definitions}

A *track*.
"""
WAITS = "waits: A count to the second.\n---\n\nOpening"
LISTED = "\n## Waiting {#waiting}\n\n![](waiting)\n"
MINUTES = """
## by_minute

title: By minute
subtitle: Tracks per minute.
alt: Bars.
"""


@pytest.fixture
def context(tmp_path: Path) -> SiteContext:
    """A report of published figures with a demonstration: of two figures of its finding others have counted one."""
    context = small_site(tmp_path)
    words = FINDING.replace("## What this can’t tell", f"{SECOND}\n## What this can’t tell")
    pages = {
        "en/findings/duration.md": words.replace("---\n\nOpening", WAITS),
        "en/figures/duration.md": FIGURES + MINUTES,
        "en/index.md": INDEX + LISTED,
    }
    write(context.content, pages)
    figures = {EMPTY.id: EMPTY, COUNTED.id: COUNTED}
    return replace(context, edition={**EDITION, "kind": "published"}, figures=figures, demo="demo/")


def page(files: Files, name: str = "duration.html") -> str:
    return files[name].decode()


def test_a_figure_that_waits_is_listed_and_not_drawn(context: SiteContext) -> None:
    shown = page(render_site(context))
    assert "Not in this edition" not in shown
    assert '<span class="fig-no">Figure 1</span>' in shown
    assert 'id="by_minute"' in shown
    assert "What the archive would add" in shown
    assert '<a href="demo/duration.html#histogram">Ticks at 3:00</a>' in shown
    assert shown.index("By minute") < shown.index("What the archive would add") < shown.index('id="definitions"')


def test_its_markdown_says_so_too(context: SiteContext) -> None:
    markdown = page(render_site(context), "duration.md")
    assert "## What the archive would add\n\n- [Ticks at 3:00](demo/duration.html#histogram)" in markdown


def test_without_a_demonstration_it_leads_nowhere(context: SiteContext) -> None:
    shown = page(render_site(replace(context, demo="")))
    assert "<li>Ticks at 3:00: Tracks per second</li>" in shown
    assert "demo" not in shown


def test_a_key_number_that_is_not_known_is_left_out(context: SiteContext) -> None:
    facts = {**context.facts.as_dict()["duration"], "index_180": None}
    known = type(context.facts)({"duration": facts})
    assert '<dl class="numbers">' in page(render_site(context))
    assert '<dl class="numbers">' not in page(render_site(replace(context, facts=known)))


def test_the_demonstration_names_what_it_lacks(context: SiteContext) -> None:
    shown = page(render_site(replace(context, edition=EDITION, demo="", is_demo=True)))
    assert 'lacks what it takes: <span id="histogram">Ticks at 3:00</span>.' in shown
    assert "What the archive would add" not in shown


def test_a_figure_whose_source_has_no_address_is_nowhere(context: SiteContext) -> None:
    hidden = replace(EMPTY, rows=HISTOGRAM.rows, absent="Its source has no address.")
    files = render_site(replace(context, figures={hidden.id: hidden, COUNTED.id: COUNTED}))
    assert "Ticks at 3:00" not in page(files)
    assert not [name for name in files if "histogram" in name]


class TestWithoutAPage:
    """A finding for which nothing can be drawn has no page: the front page lists it."""

    @pytest.fixture
    def files(self, context: SiteContext) -> Files:
        linking = "---\nnav: Method\ntitle: M\nsummary: S.\n---\n\nSee [there](duration.html#by_minute).\n"
        write(context.content, {"en/method.md": linking})
        return render_site(replace(context, figures={EMPTY.id: EMPTY, "duration/by_minute": replace(COUNTED, rows=[])}))

    def test_it_is_listed(self, files: Files) -> None:
        assert not [name for name in files if name.startswith("duration")]
        front = page(files, "index.html")
        assert '<li id="waits-duration">Do songs crowd at whole minutes?' in front
        assert '<a href="demo/duration.html">' in front

    def test_links_to_it_lead_there(self, files: Files) -> None:
        assert '<a href="index.html#waits-duration">there</a>' in page(files, "method.html")
        assert "[there](index.html#waits-duration)" in page(files, "method.md")


@pytest.mark.parametrize(
    ("text", "led"),
    [
        ('<a href="a.html">', '<a href="index.html#waits-a">'),
        ('<a href="a.html#b/c" class="d">', '<a href="index.html#waits-a" class="d">'),
        ("[A](a.md#b)", "[A](index.html#waits-a)"),
        ('<a href="demo/a.html">', '<a href="demo/a.html">'),
        ('<a href="ba.html">', '<a href="ba.html">'),
    ],
)
def test_where_links_lead(text: str, led: str) -> None:
    assert redirected(text, ["a"]) == led
