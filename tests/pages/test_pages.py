"""Content and facts become pages; hostile text stays text."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from posixpath import dirname, join, normpath
from types import SimpleNamespace

import pytest
from small_site import EDITION, FACTS, HISTOGRAM, HOSTILE, small_site

from report.core.columns import heading
from report.core.errors import ContentError
from report.core.facts import AllFacts
from report.figures.denominators import denominators
from report.figures.figure import Images
from report.pages.context import SiteContext
from report.publication.outputs import render_site
from report.results.tables import figure_table, write_csv


@pytest.fixture
def context(tmp_path: Path) -> SiteContext:
    return small_site(tmp_path)


def test_every_file_is_there(context: SiteContext) -> None:
    assert set(render_site(context)) >= {
        "index.html", "duration.html", "data.html", "method.html", "about.html", "404.html",
        "static/style.css", "static/favicon.svg", "data/facts.json", "data/edition.json",
        "data/duration/histogram.csv", "figures/duration/histogram.svg", "figures/duration/histogram.png",
        "figures/duration/histogram-wide.svg", "figures/duration/histogram-narrow.svg",
    }  # fmt: skip


def test_a_finding_page(context: SiteContext) -> None:
    page = render_site(context)["duration.html"].decode()
    assert '<h1 class="wide">1.27 times as many at 3:00</h1>' in page
    assert "Figure 1</span>" in page
    assert "Synthetic edition. Tracks per second." in page
    assert page.count("#b-synthetic") >= 3  # notice, key number, figure
    assert '<div class="describe in-margin"><p>Seen beside it.</p></div>' in page
    assert '<div class="aside in-margin"><p>A note.</p></div>' in page
    assert "<dd>− 10</dd>" in page
    assert "<dd>= 199,990</dd>" in page
    assert 'id="what-this-cant-tell"' in page
    assert '<div class="limits"><h3>Limits</h3><ul>' in page
    source = (
        'A loader, 2026 (<a href="https://example.org/notes" rel="noreferrer">A loader, February 2026</a>), read off'
    )
    assert f'{source} a chart. <span class="note">n</span>' in page
    assert "<td>&lt;0.1%</td>" in page
    assert "\ue000" not in page


def test_hostile_text_stays_text(context: SiteContext) -> None:
    for name, content in render_site(context).items():
        if name.endswith(".html"):
            page = content.decode()
            assert "<script" not in page.replace('<script src="static/search.js" defer></script>', "")
            assert "<em>" not in page
            assert 'javascript:b"' not in page
            assert "<b>' as" not in page


def test_hostile_cells_stay_text(context: SiteContext) -> None:
    written = render_site(context)["data/duration/histogram.csv"].decode()
    rows = list(csv.reader(io.StringIO(written)))
    assert rows[0] == ["name", "duration_s", "track_count", "track_share", "tier_order"]
    assert rows[1][0] == HOSTILE
    assert rows[2] == ["'=1+1", "181", "", "0.25", "2"]
    assert "\r" not in written


def test_csv_leaves_numbers_alone() -> None:
    rows = [{"a": -1, "b": 1e-7, "c": True}, {"a": -0.5, "b": "-x", "c": "@y"}]
    assert write_csv(["a", "b", "c"], rows) == b"a,b,c\n-1,1e-07,true\n-0.5,'-x,'@y\n"


def test_long_tables_are_cut_and_say_so(context: SiteContext) -> None:
    rows = [{"duration_s": second, "track_count": 1} for second in range(601)]
    long = replace(HISTOGRAM, columns=["duration_s", "track_count"], rows=rows)
    page = render_site(replace(context, figures={long.id: long}))["duration.html"].decode()
    assert "The first 130 of 601 rows" in page


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("release_year", "Release year"), ("album_count", "Albums"), ("track_share", "Share of tracks"),
        ("computed_share", "Computed share"), ("mean_s", "Mean, seconds"), ("loudness_db", "Loudness, dB"),
        ("is_partial", "Partial"),
    ],
)  # fmt: skip
def test_headings(column: str, words: str) -> None:
    assert heading(column) == words


def test_cells_of_a_column_have_the_same_decimals() -> None:
    rows = [{"release_year": 2024, "mean_s": 193.8349}, {"release_year": 2025, "mean_s": 200.0}]
    table = figure_table(["release_year", "mean_s"], rows, {}, "")
    assert table.rows == [("2024", "193.835"), ("2025", "200.000")]


def test_a_figure_without_data_is_named(context: SiteContext) -> None:
    def fail(_: str) -> Images:
        raise AssertionError("drawn")

    absent = replace(HISTOGRAM, rows=[], absent="It needs durations.")
    files = render_site(replace(context, figures={absent.id: absent}, render=fail))
    page = files["duration.html"].decode()
    assert 'Not drawn, as this edition lacks what it takes: <span id="histogram">Ticks at 3:00</span>.' in page
    assert "Seen beside it" not in page
    assert "data/duration/histogram.csv" not in files


def test_an_empty_half_is_not_claimed(context: SiteContext) -> None:
    figure = replace(
        HISTOGRAM,
        columns=["key", "computed_share", "published_share"],
        rows=[{"key": "C", "computed_share": None, "published_share": 0.1}],
    )
    page = render_site(replace(context, figures={figure.id: figure}))["duration.html"].decode()
    assert "Synthetic edition. Tracks" not in page


def test_missing_parts_are_said(context: SiteContext) -> None:
    lacking = {**EDITION, "absent": {"tables": ["track_audio_features"], "columns": {}}}
    page = render_site(replace(context, edition=lacking))["duration.html"].decode()
    assert "has no audio features." in page


def test_front_page_shows_own_counts_beside_published(context: SiteContext) -> None:
    page = render_site(context)["index.html"].decode()
    assert '<tr><th scope="row">Tracks</th><td>200,000</td><td>256,039,007</td></tr>' in page
    assert '<a href="duration.html">The whole finding</a>' in page
    assert "times as many." in page


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("synthetic", "is synthetic.</strong>"),
        ("selection", "is a selection of 200,000 tracks, not the archive.</strong>"),
    ],
)
def test_editions_that_are_not_the_archive_say_so_everywhere(context: SiteContext, kind: str, said: str) -> None:
    files = render_site(replace(context, edition={**EDITION, "kind": kind}))
    # An embed page holds one figure, whose subtitle says what it is.
    pages = [content.decode() for name, content in files.items() if name.endswith(".html") and "/" not in name]
    assert all(said in page for page in pages)
    files = render_site(replace(context, edition={**EDITION, "kind": "archive"}))
    assert not any('class="notice"' in content.decode() for name, content in files.items() if name.endswith(".html"))


def test_facts_and_edition_are_written(context: SiteContext) -> None:
    files = render_site(context)
    facts = json.loads(files["data/facts.json"])
    assert facts["duration"]["index_180"] == 1.2711
    assert facts["duration"]["gone"] is None
    assert facts["edition"]["kind"] == "synthetic"
    assert json.loads(files["data/edition.json"]) == EDITION


def test_links_lead_to_files_of_the_site(context: SiteContext) -> None:
    files = render_site(context)
    for name, content in files.items():
        if not name.endswith(".html"):
            continue
        page = content.decode()
        for link in re.findall(r'(?:href|src|srcset)="([^"]+)"(?! rel="noreferrer")', page):
            target, _, anchor = link.partition("#")
            assert not link.startswith(("/", "http"))
            place = normpath(join(dirname(name), target)) if target else name
            assert place in files
            if anchor and place.endswith(".html"):
                assert f'id="{anchor}"' in files[place].decode()


def test_a_heading_leaves_a_figure_its_name(context: SiteContext) -> None:
    page = context.content / "en/findings/duration.md"
    page.write_text(page.read_text().replace("{#strengths-and-limits}", "{#histogram}"))
    with pytest.raises(ContentError, match="the id of two things"):
        render_site(context)


def test_same_bytes_again(context: SiteContext) -> None:
    assert render_site(context) == render_site(context)


def test_every_fact_may_be_unknown(context: SiteContext) -> None:
    unknown = AllFacts({"duration": dict.fromkeys(FACTS["duration"])})
    page = render_site(replace(context, facts=unknown))["duration.html"].decode()
    assert '<h1 class="wide">Ticks at 3:00</h1>' in page
    assert ">None" not in page


def printed(denominator: list) -> list[list[tuple[str, str]]]:
    return [[(step.label, step.printed) for step in denominator] for denominator in denominators(denominator)]


def test_denominator() -> None:
    assert printed([("in", 10), ("out", 0), ("used", 10)]) == [[("in", "10"), ("out", "− 0"), ("used", "= 10")]]
    assert printed([("in", 10), ("out", None), ("used", None)])[0][1:] == [("out", "—"), ("used", "= —")]
    assert printed([("in", 10)]) == [[("in", "10")]]
    assert printed([[("in", 1)], [("in", 2), ("more", 1), ("used", 3)]]) == [
        [("in", "1")],
        [("in", "2"), ("more", "+ 1"), ("used", "= 3")],
    ]
    assert printed([]) == []


def test_on_request_each_sentence_says_what_it_hangs_on(context: SiteContext) -> None:
    asked = SimpleNamespace(**vars(context.settings), why=True)
    page = render_site(replace(context, settings=asked))["duration.html"].decode()
    assert re.search(r"<code>en/findings/duration\.md:\d+ · published_name = &lt;script&gt;alert\(1\)", page)
    assert "<code>en/" not in render_site(context)["duration.html"].decode()
