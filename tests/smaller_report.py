"""A report of two findings, for tests of what becomes of a report whatever it says: the whole takes minutes."""

from __future__ import annotations

import shutil
from pathlib import Path

from small_site import DATA, INDEX, PLAIN, named, site_definitions, write

# What a smaller report has of the findings, and its pages.
KEPT = ("explicit", "playlists")
FINDING = """---
title: What of {name}
question: What of {name}?
short: {name}
summary: What is counted of {name}.
listing: One sentence.
---

Words.

{figures}
## What this can’t tell {{#what-this-cant-tell}}

A cause.
"""
FIGURE = """## {name}
title: Of {name}
subtitle: Tracks.
alt: Marks.

"""
DEFINITIONS = """
[[definition]]
meaning = "Below this number of tracks a year is left out."
phrases = ["under 100"]
"""
# The front page without what the small site alone has.
FRONT = INDEX.partition("## Main points")[0] + "## Findings" + INDEX.partition("## Findings")[2]
ABOUT = PLAIN + "".join(f"\nThere is [{name}](data/{name}.json).\n" for name in ("edition", "facts", "figures"))


def make_smaller(project: Path) -> None:
    """Leave a report of two findings, of few words, in a copy of the project."""
    content, queries = project / "content", project / "queries"
    others = ("index", "about", "data", "method", "claims", "glossary", "definitions")
    gone = ("findings/*", "figures/*", *(f"{name}.*" for name in others))
    for path in [path for pattern in gone for path in [*content.glob(pattern), *content.glob(f"*/{pattern}")]]:
        path.unlink()
    for folder in queries.iterdir():
        if folder.is_dir() and folder.name not in ("cubes", "staging", "data", *KEPT):
            shutil.rmtree(folder)
    pages = {
        "en/definitions.toml": DEFINITIONS + site_definitions(),
        "en/index.md": FRONT,
        "en/about.md": named(ABOUT, "About"),
        "en/data.md": DATA,
        "en/method.md": named(PLAIN, "Method"),
    }
    for order, name in enumerate(KEPT, 1):
        names = [path.stem for path in sorted((queries / name).glob("*.sql")) if path.stem != "facts"]
        figures = "".join(f"![]({each})\nWhat is seen.\n\n" for each in names)
        pages[f"findings/{name}.toml"] = f"order = {order}\n"
        pages[f"en/findings/{name}.md"] = FINDING.format(name=name, figures=figures)
        pages[f"en/figures/{name}.md"] = "".join(FIGURE.format(name=each) for each in names)
    write(content, pages)
    # Limits of single facts go with the facts.
    drift = content / "drift.toml"
    drift.write_text(drift.read_text(encoding="utf-8").partition("[[limit]]")[0], encoding="utf-8")
