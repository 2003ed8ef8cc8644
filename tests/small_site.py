"""A small site to test with: one finding, one figure, and text that a stranger might have typed."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

from report.core.facts import AllFacts
from report.figures.figure import Images
from report.pages.context import SiteContext
from report.results.figure_data import FigureData

TEMPLATES = Path(__file__).parents[1] / "templates"
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

{% call figure("duration/histogram", title="Ticks at {}".format("3:00" | given("the minute in question")),
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

DEFINITIONS = """
[[definition]]
meaning = "The minute in question."
phrases = ["at 3:00"]
"""

INDEX = """---
nav: Findings
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
| x | y |
"""

ADDRESS = {
    "name": "loader", "title": "Its notes", "publisher": "A loader", "date": "2026-02", "url": "https://example.org/notes",
    "retrieved": "2026-03-01", "seen": "The notes.", "supports": "Its counts.", "is_named_only": False,
}  # fmt: skip
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
    sources=[{"publisher": "A loader, 2026", "note": "n", "read_off": True, "accuracy": "", "addresses": [ADDRESS]}],
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


def listed(page: str, name: str, order: int) -> str:
    """A page with its place in the navigation."""
    return page.replace("---\n", f"---\nnav: {name}\norder: {order}\n", 1)


def small_site(folder: Path) -> SiteContext:
    """The site's context, its content written to `folder`."""
    content = folder / "content"
    (content / "findings").mkdir(parents=True)
    (content / "findings/duration.md").write_text(FINDING)
    (content / "definitions.toml").write_text(DEFINITIONS)
    (content / "index.md").write_text(INDEX)
    (content / "data.md").write_text(listed(DATA, "Data", 3))
    (content / "method.md").write_text(listed(PLAIN, "Method", 2))
    (content / "about.md").write_text(listed(PLAIN, "About", 6))
    (content / "licence.txt").write_text("Licence\n")
    return SiteContext(
        settings=SimpleNamespace(title="Liner Notes", author="Liner Notes", published="", base_url="", repository=""),
        edition=EDITION,
        facts=AllFacts(FACTS),
        figures={HISTOGRAM.id: HISTOGRAM},
        render=lambda _: Images(SVG, SVG, SVG, b"png"),
        published=PUBLISHED,
        addresses={"loader": ADDRESS},
        content=content,
        templates=TEMPLATES,
    )
