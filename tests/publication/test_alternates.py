"""Each page has a Markdown alternate that says the same, with text as text and links that lead somewhere."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from markdown import Markdown
from small_site import EDITION, FACTS, HISTOGRAM, HOSTILE, small_site

from report.core.facts import AllFacts
from report.core.plain import plain
from report.pages.context import SiteContext
from report.publication.markdown import escaped, prose
from report.publication.outputs import render_site


@pytest.fixture
def context(tmp_path: Path) -> SiteContext:
    return small_site(tmp_path)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("  One *two*.\n\n\n \n  - three\n", "One *two*.\n\n- three"),
        ("&#60;0.1% of &#43;5 &#40;x&#41; a&#95;b &#39;c&#39;", "&lt;0.1% of \\+5 (x) a\\_b 'c'"),
        ("a&#10;&#10;&#35; b", "a  \\# b"),
        ('the <a class="term" href="glossary.html#a-b" title="Of a &amp; b.">a &amp; b</a>.',
         "the [a & b](glossary.html#a-b)."),
    ],
)  # fmt: skip
def test_prose_is_what_was_written(given: str, written: str) -> None:
    assert prose(given) == written


@pytest.mark.parametrize(
    "name", [HOSTILE, "1) [a](b) | c", "![x](y)", "&lt;", "a\n\n# b", "_a_ `b` \\*", "a ~~b~~ {c}"]
)
def test_a_value_in_prose_stays_text(tmp_path: Path, name: str) -> None:
    context = replace(small_site(tmp_path), facts=AllFacts({"duration": {**FACTS["duration"], "published_name": name}}))
    alternate = render_site(context)["duration.md"].decode()
    opening = next(line for line in alternate.splitlines() if line.startswith("Opening with"))
    shown = re.sub(r"</?p>", "", Markdown(extensions=["tables"]).convert(opening))
    assert "<" not in shown
    # Not every reader of Markdown lets each sign be escaped.
    assert plain(html.unescape(shown).replace("\\~", "~").replace("\\|", "|")) == f"Opening with {plain(name)}."


@pytest.mark.parametrize("text", [HOSTILE, "1. a", "# a", "[a](b) | c", "![x](y)", "&lt;", "a\nb", "_a_ `b` \\*"])
def test_text_stays_text(text: str) -> None:
    shown = re.sub(r"</?p>", "", Markdown(extensions=["tables"]).convert(escaped(text)))
    assert "<" not in shown
    assert html.unescape(shown) == plain(text)


def test_a_finding(context: SiteContext) -> None:
    alternate = render_site(context)["duration.md"].decode()
    assert alternate.startswith("# 1.27 times as many at 3:00\n\n> A standfirst about &lt;script&gt;alert(1)")
    for part in (
        "This edition is synthetic:", "- 1.27 times as many at 3:00 (synthetic)", "\nA note.\n",
        "## What this can’t tell\n",
        "### Figure 1. Ticks at 3:00\n\nSynthetic edition. Tracks per second. All tracks.\n\nSeen beside it.",
        "| Name | Duration, seconds |", "[CSV](data/duration/histogram.csv)", "[permalink](duration.html#histogram)",
        "### Strengths\n\n- Complete.", "Cite as: Liner Notes (2025).",
    ):  # fmt: skip
        assert part in alternate
    assert "<" not in alternate


def test_the_table_of_a_figure_is_short(context: SiteContext) -> None:
    rows = [{"duration_s": second, "track_count": 1} for second in range(601)]
    long = replace(HISTOGRAM, columns=["duration_s", "track_count"], rows=rows)
    alternate = render_site(replace(context, figures={long.id: long}))["duration.md"].decode()
    assert alternate.count("| 1 |") == 12
    assert "The first 12 of 601 rows." in alternate


def test_a_figure_that_cannot_be_drawn(context: SiteContext) -> None:
    absent = replace(HISTOGRAM, rows=[], absent="It needs durations.")
    alternate = render_site(replace(context, figures={absent.id: absent}))["duration.md"].decode()
    assert "Not drawn, as this edition lacks what it takes:" in alternate
    assert "histogram.csv" not in alternate


def test_every_page_has_one_and_points_to_it(context: SiteContext) -> None:
    files = render_site(context)
    for name in ("index", "duration", "method", "data", "about"):
        assert f"{name}.md" in files
        assert f'<link rel="alternate" type="text/markdown" href="{name}.md">' in files[f"{name}.html"].decode()
    assert "text/markdown" not in files["404.html"].decode() + files["search.html"].decode()


def test_links_lead_to_files_of_the_site(context: SiteContext) -> None:
    files = render_site(context)
    for name in (name for name in files if name.endswith(".md") or name == "llms.txt"):
        for link in re.findall(r"(?<!\\)\]\((?!https://example\.org/notes)([^)]+)\)", files[name].decode()):
            assert link.partition("#")[0] in files, f"{name}: {link}"


def test_the_list_for_programs(context: SiteContext) -> None:
    listing = render_site(context)["llms.txt"].decode()
    assert listing.startswith("# Liner Notes\n\n> What tracks say.\n\nThis edition is synthetic")
    assert "- [Do songs crowd at whole minutes?](duration.md): One sentence." in listing
    archive = replace(context, edition={**EDITION, "kind": "archive"})
    assert "synthetic" not in render_site(archive)["llms.txt"].decode()


def test_the_tables_of_the_edition(context: SiteContext) -> None:
    alternate = render_site(context)["data.md"].decode()
    for name, table in context.edition["tables"].items():
        assert f"| {name} | {table['rows_read']:,} | {table['rows_read'] - table['rows_kept']:,} |" in alternate
    for source in context.published.values():
        assert f"**{escaped(plain(source['title']))}**" in alternate


def test_the_lists_of_the_front_page(context: SiteContext) -> None:
    alternate = render_site(context)["index.md"].decode()
    assert "- 1.27 times as many." in alternate
    assert "1. [Do songs crowd at whole minutes?](duration.html) " in alternate
