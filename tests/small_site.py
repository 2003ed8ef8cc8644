"""A small site to test with: one finding, one figure, and text that a stranger might have typed."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from types import SimpleNamespace

from report.core.facts import AllFacts
from report.core.kinds import Standing
from report.figures.figure import Images
from report.pages.context import SiteContext
from report.results.figure_data import FigureData
from report.writing.words import Words, words_in

ROOT = Path(__file__).parents[1]
TEMPLATES, WORDS = ROOT / "templates", ROOT / "content/en"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="400"></svg>'
HOSTILE = "<script>alert(1)</script> *bold* [a](javascript:b)"

SHAPE = """order = 1
needs = ["features"]
"""
FINDING = """---
title:
  {{ published_index_180 | ratio }} times as many at 3:00
  ~ Ticks at 3:00
question: Do songs crowd at whole minutes?
short: Duration
summary:
  A standfirst about {{ published_name | text }}.
  ~ A standfirst.
listing: One sentence.
numbers: {{ index_180 | ratio }} times: as many at 3:00
---

Opening with {{ published_name | text }}.

> A note.

More prose.

![](histogram)
Seen beside it.

## What this can’t tell {#what-this-cant-tell}

A cause.

## Strengths and limits {#strengths-and-limits}

### Strengths {#strengths}

- Complete.

### Limits {#limits}

- Late.
"""

FIGURES = """## histogram

title: Ticks at 3:00
subtitle: Tracks per second. All tracks.
alt: A hump.
"""

DEFINITIONS = """
[[definition]]
meaning = "The minute in question."
phrases = ["at 3:00"]
"""

INDEX = """---
nav: Findings
title: Liner Notes
subtitle: What tracks say.
cutoff: July 2025
---

A statement.

## Main points {#main-points}

- {{ duration.published_index_180 | ratio }} times as many.

![](duration/histogram)

## Findings {#findings}

![](listing)
"""
FRONT_FIGURES = """## duration/histogram

title: Ticks
subtitle: Tracks per second.
alt: A hump.
"""

DATA = """---
nav: Data
title: The data
summary: What was read.
---

![](row_counts)

![](dropped_rows)

![](unusable_values)

![](absent_parts)

![](fetch_window)

![](published_sources)
"""

PLAIN = """---
nav: Plain
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
        "published_index_180": 1.2711,
        "published_name": HOSTILE,
        "tracks_in": 200000,
        "tracks_without_duration": 10,
        "tracks": 199990,
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
    units=["tracks"],
    denominators=[[("", "tracks_in"), ("-", "tracks_without_duration"), ("=", "tracks")]],
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


def site_definitions(*findings: str) -> str:
    """The definitions that the words of the site and of the charts of these findings need, wherever they are."""
    known = tomllib.loads((WORDS / "definitions.toml").read_text(encoding="utf-8"))["definition"]
    labels = tomllib.loads((WORDS / "labels.toml").read_text(encoding="utf-8"))
    charts = [(f"findings/{stem}", json.dumps(labels["charts"][stem], ensure_ascii=False)) for stem in findings]
    found = ""
    for page, name in (("site", ""), *charts):
        phrases = [phrase for each in known if page in each.get("pages", ()) for phrase in each["phrases"]]
        phrases = json.dumps([phrase for phrase in phrases if not name or phrase in name])
        found += f"[[definition]]\nmeaning = 'What the site says.'\nphrases = {phrases}\npages = ['{page}']\n"
    return found


def words_of(kind: str = "synthetic") -> Words:
    """The words of the report's own site, for an edition of a kind."""
    return words_in(ROOT / "content", Standing(kind))


def named(page: str, name: str) -> str:
    """A page by another name in the navigation, which is its title as well."""
    return page.replace("nav: Plain", f"nav: {name}").replace("title: A page", f"title: {name}")


def write(content: Path, pages: dict[str, str]) -> None:
    """Write files of words below `content`, where the report's own language is as well."""
    for name, text in pages.items():
        path = content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name in ("language.toml", "labels.toml", "site.md", "readme.txt"):
        if not (content / "en" / name).exists():
            shutil.copy(WORDS / name, content / "en" / name)


def small_site(folder: Path) -> SiteContext:
    """The site's context, its content written to `folder`."""
    content = folder / "content"
    pages = {
        "site.toml": (ROOT / "content/site.toml").read_text(encoding="utf-8"),
        "findings/duration.toml": SHAPE,
        "licence.txt": "Licence\n",
        "en/findings/duration.md": FINDING,
        "en/figures/duration.md": FIGURES,
        "en/definitions.toml": DEFINITIONS + site_definitions("duration"),
        "en/index.md": INDEX,
        "en/figures/index.md": FRONT_FIGURES,
        "en/data.md": DATA,
        "en/method.md": named(PLAIN, "Method"),
        "en/about.md": named(PLAIN, "About"),
    }
    write(content, pages)
    return SiteContext(
        settings=SimpleNamespace(
            title="Liner Notes",
            author="Liner Notes",
            published="",
            base_url="",
            repository="",
            queries=folder / "queries",
        ),
        edition=EDITION,
        facts=AllFacts(FACTS),
        figures={HISTOGRAM.id: HISTOGRAM},
        render=lambda _: Images(SVG, SVG, SVG, b"png"),
        published=PUBLISHED,
        addresses={"loader": ADDRESS},
        content=content,
        templates=TEMPLATES,
    )
