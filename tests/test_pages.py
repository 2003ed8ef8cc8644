"""Content and facts become pages; what an author gets wrong is told with file and line."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from report.errors import ContentError, FactError
from report.facts import AllFacts
from report.figures import FigureData, Images, denominator_strip
from report.pages import SiteContext, render_site
from report.tables import figure_table, heading, write_csv

TEMPLATES = Path(__file__).parent.parent / "templates"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="400"></svg>'
HOSTILE = "<script>alert(1)</script> *bold* [a](javascript:b)"

FINDING = """---
order: 1
title: "{{ facts.index_180 | ratio }} times as many at 3:00"
question: Do songs crowd at whole minutes?
short: Duration
summary: A standfirst about {{ facts.name }}.
listing: One sentence.
needs: [features]
numbers:
  - value: "{{ facts.index_180 | ratio }}"
    unit: times
    label: as many at 3:00
    basis: computed
---
Opening with {{ facts.name }}.

{% call aside() %}
A note.
{% endcall %}

More prose.

{% call figure("duration/histogram", title="Ticks at {0}".format("3:00"),
   subtitle="Tracks per second. All tracks.", alt="A hump.", n=facts.tracks, unit="tracks",
   denominator=[("tracks in", facts.tracks), ("of no length, left out", -facts.zero), ("used", facts.used)]) %}
Seen beside it.
{% endcall %}

## What this can’t tell

A cause.

## Strengths and limits

{% call strengths() %}
- Complete.
{% endcall %}
{% call limits() %}
- Late.
{% endcall %}
"""

INDEX = """---
title: Liner Notes
subtitle: What tracks say
cutoff: July 2025
---
A statement.

## Main points

{% call point(lead=findings.duration.index_180 | ratio, basis="published", to="duration") %}
times as many.
{% endcall %}

{{ lead_figure("duration/histogram", title="Ticks", subtitle="Tracks per second.", alt="A hump.") }}

## Findings

{{ listing() }}
"""

DATA = """---
title: The data
summary: What was read.
---
{{ row_counts() }}
{{ dropped_rows() }}
{{ unusable_values() }}
{{ absent_parts() }}
{{ fetch_window() }}
{{ published_sources() }}
"""

PLAIN = """---
title: A page
summary: About it.
---
| A | B |
|---|---|
| 1 | 2 |
"""

FACTS = {
    "duration": {
        "index_180": 1.2711,
        "name": HOSTILE,
        "tracks": 200000,
        "zero": 10,
        "used": 199990,
        "gone": None,
    }
}
HISTOGRAM = FigureData(
    id="duration/histogram",
    sql="select '<b>' as duration_s\norder by 1",
    columns=["name", "duration_s", "track_count", "track_share", "tier_order"],
    rows=[
        {"name": HOSTILE, "duration_s": 180, "track_count": 12345, "track_share": 0.0004, "tier_order": 1},
        {"name": "=1+1", "duration_s": 181, "track_count": None, "track_share": 0.25, "tier_order": 2},
    ],
    basis=["computed", "published"],
    sources=[{"publisher": "A loader, 2026", "note": "n", "read_off": True}],
    is_synthetic=True,
)
EDITION = {
    "name": "sample", "kind": "synthetic", "as_of": "2025-07-14", "fingerprint": "ab" * 32,
    "tables": {
        "tracks": {
            "rows_read": 200010, "rows_kept": 200000, "dropped": {"no_id": 10},
            "unusable": {"duration_ms": {"not a number": 3}},
        },
    },
    "absent": {"tables": ["playlists"], "columns": {"albums": ["label"]}},
    "fetch_window": {"first": "2025-03-02", "median": "2025-05-20", "last": "2025-07-14"},
}  # fmt: skip
PUBLISHED = {
    "totals": {
        "rows": [{"table": "tracks", "rows": 256039007}],
        "title": "Row counts", "publisher": "Loaders", "note": "Six agree.", "basis": "recount", "read_off": False,
    }
}  # fmt: skip


@pytest.fixture
def context(tmp_path: Path) -> SiteContext:
    content = tmp_path / "content"
    (content / "findings").mkdir(parents=True)
    (content / "findings/duration.md").write_text(FINDING)
    (content / "index.md").write_text(INDEX)
    (content / "data.md").write_text(DATA)
    (content / "method.md").write_text(PLAIN)
    (content / "about.md").write_text(PLAIN)
    return SiteContext(
        settings=SimpleNamespace(title="Liner Notes", base_url="", repository=""),
        edition=EDITION,
        facts=AllFacts(FACTS),
        figures={HISTOGRAM.id: HISTOGRAM},
        render=lambda _: Images(SVG, SVG, SVG, b"png"),
        published=PUBLISHED,
        content=content,
        templates=TEMPLATES,
    )


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
    assert "read off a chart" in page
    assert "<td>&lt;0.1%</td>" in page
    assert "\ue000" not in page


def test_hostile_text_stays_text(context: SiteContext) -> None:
    for name, content in render_site(context).items():
        if name.endswith(".html"):
            page = content.decode()
            assert "<script" not in page
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


def test_a_figure_without_data_is_a_plate(context: SiteContext) -> None:
    def fail(_: str) -> Images:
        raise AssertionError("drawn")

    absent = replace(HISTOGRAM, rows=[], absent="It needs durations.")
    files = render_site(replace(context, figures={absent.id: absent}, render=fail))
    page = files["duration.html"].decode()
    assert "Not in this edition. It needs durations." in page
    assert "Ticks at" not in page
    assert ">Tracks per second</h2>" in page
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
    lacking = {**EDITION, "absent": {"tables": ["features"], "columns": {}}}
    page = render_site(replace(context, edition=lacking))["duration.html"].decode()
    assert "has no audio features." in page


def test_front_page_shows_own_counts_beside_published(context: SiteContext) -> None:
    page = render_site(context)["index.html"].decode()
    assert '<tr><th scope="row">Tracks</th><td>200,000</td><td>256,039,007</td></tr>' in page
    assert '<a href="duration.html">The whole finding</a>' in page
    assert "<div>times as many.</div>" in page


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("synthetic", "is synthetic.</strong>"),
        ("table", "is a selection of tracks, not the archive.</strong>"),
    ],
)
def test_editions_that_are_not_the_archive_say_so_everywhere(
    context: SiteContext, kind: str, said: str
) -> None:
    files = render_site(replace(context, edition={**EDITION, "kind": kind}))
    pages = [content.decode() for name, content in files.items() if name.endswith(".html")]
    assert all(said in page for page in pages)
    files = render_site(replace(context, edition={**EDITION, "kind": "archive"}))
    assert not any(
        'class="notice"' in content.decode() for name, content in files.items() if name.endswith(".html")
    )


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
        for link in re.findall(r'(?:href|src|srcset)="([^"]+)"', page):
            target, _, anchor = link.partition("#")
            assert not link.startswith(("/", "http"))
            assert (target or name) in files
            if anchor and (target or name).endswith(".html"):
                assert f'id="{anchor}"' in files[target or name].decode()


def test_same_bytes_again(context: SiteContext) -> None:
    assert render_site(context) == render_site(context)


def _edit(name: str, old: str, new: str) -> Callable[[SiteContext], None]:
    def edit(context: SiteContext) -> None:
        path = context.content / name
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))

    return edit


D = "findings/duration.md"


@pytest.mark.parametrize(
    ("edit", "message", "where"),
    [
        (_edit(D, "Opening with {{ facts.name }}", "{{ facts.index_18O }}"),
         "`index_18O` is not a fact of `duration`", "content/findings/duration.md:15"),
        (_edit(D, "A note.", "{{ findings.durations.x }}"),
         "`durations` has no facts", "content/findings/duration.md:18"),
        (_edit(D, "A cause.", "{{ nothing }}"), "'nothing' is undefined", "content/findings/duration.md:31"),
        (_edit(D, "A cause.", "{{ nothing | percent }}"), "'nothing' is undefined", "content/findings/duration.md:31"),
        (_edit(D, "A cause.", "{{ 7 | percent }}"), "percent needs a fraction", "content/findings/duration.md:31"),
        (_edit(D, "A cause.", "{{ facts.name | percent }}"), "percent needs a number", "findings/duration.md:31"),
        (_edit(D, "A cause.", "{% if facts.gone > 1 %}x{% endif %}"), "compared", "content/findings/duration.md:31"),
        (_edit(D, "A cause.", "{{ facts.name + 1 }}"), "cannot be evaluated", "content/findings/duration.md:31"),
        (_edit(D, "A cause.", "{{ facts.name | round }}"), "cannot be evaluated", "content/findings/duration.md:31"),
        (_edit(D, "A cause.", "{% if %}"), "template syntax", "content/findings/duration.md:31"),
        (_edit(D, "A cause.", "{{ 1 | percnt }}"), "No filter named 'percnt'", "content/findings/duration.md:31"),
        (_edit(D, "A cause.", "```\n{{ listing() }}\n```"), "inside a list", "content/findings/duration.md"),
        (_edit(D, "facts.index_180 | ratio }} times", "facts.index | ratio }} times"),
         "`index` is not a fact", "content/findings/duration.md:3"),
        (_edit(D, '"{{ facts.index_180 | ratio }}"\n', '"{{ facts.nope }}"\n'),
         "`nope` is not a fact", "content/findings/duration.md:10"),
        (_edit(D, "-facts.zero", "-2 * facts.zero"), "does not add up", "content/findings/duration.md:23"),
        (_edit(D, "duration/histogram", "duration/histo"), "no figure `duration/histo`", "findings/duration.md:23"),
        (_edit(D, "alt=", "allt="), "`allt` is not a part of figure", "findings/duration.md:23"),
        (_edit(D, 'alt="A hump.", ', ""), "has no `alt`", "findings/duration.md:23"),
        (_edit(D, "order: 1", "order: one"), "`order` must be a whole number", "content/findings/duration.md:2"),
        (_edit(D, "short: Duration", "shirt: Duration"), "`shirt` is not a key", "content/findings/duration.md:5"),
        (_edit(D, "short: Duration\n", ""), "`short` is missing", "content/findings/duration.md:2"),
        (_edit(D, "basis: computed", "basis: guessed"), "not a basis", "content/findings/duration.md:13"),
        (_edit(D, "[features]", "[featurs]"), "not a part of the archive", "content/findings/duration.md:8"),
        (_edit(D, "One sentence.", "One: sentence: x"), "not valid YAML", "content/findings/duration.md:7"),
        (_edit(D, "---\nOpening", "Opening"), "front matter is not closed", "content/findings/duration.md:1"),
        (_edit(D, "---\n", ""), "front matter is missing", "content/findings/duration.md:1"),
        (_edit("index.md", 'to="duration"', 'to="durations"'), "not a finding", "content/index.md:10"),
        (_edit("index.md", 'basis="published"', 'basis="x"'), "not a basis", "content/index.md:10"),
    ],
)  # fmt: skip
def test_mistakes_are_told_with_file_and_line(
    context: SiteContext, edit: Callable[[SiteContext], None], message: str, where: str
) -> None:
    edit(context)
    with pytest.raises(ContentError) as error:
        render_site(context)
    assert message in error.value.message
    assert error.value.where.endswith(where)


def test_a_mistake_in_a_template_is_told(context: SiteContext, tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    page = tmp_path / "templates/page.html"
    page.write_text(page.read_text().replace("{{ page.title }}", "{{ page.titel }}"))
    with pytest.raises(ContentError) as error:
        render_site(replace(context, templates=tmp_path / "templates"))
    assert error.value.where == "templates/page.html:3"


def test_a_missing_page_is_told(context: SiteContext) -> None:
    (context.content / "about.md").unlink()
    with pytest.raises(ContentError, match="cannot be read"):
        render_site(context)


def test_bugs_keep_their_traceback(context: SiteContext) -> None:
    def broken(_: str) -> Images:
        raise TypeError("a bug")

    with pytest.raises(TypeError, match="a bug"):
        render_site(replace(context, render=broken))


def test_every_fact_may_be_unknown(context: SiteContext) -> None:
    unknown = AllFacts({"duration": dict.fromkeys(FACTS["duration"])})
    page = render_site(replace(context, facts=unknown))["duration.html"].decode()
    assert "<dd>= —</dd>" in page


def test_denominator() -> None:
    assert denominator_strip([("in", 10), ("out", 0), ("used", 10)]) == [
        ("in", "10"),
        ("out", "− 0"),
        ("used", "= 10"),
    ]
    assert denominator_strip([("in", 10)]) == [("in", "10")]
    assert denominator_strip([]) == []


def test_facts_error_is_a_content_error() -> None:
    assert issubclass(FactError, ContentError)
