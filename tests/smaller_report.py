"""A report of two findings, for tests of what becomes of a report whatever it says: the whole takes minutes."""

from __future__ import annotations

import shutil
from pathlib import Path

from small_site import DATA, PLAIN, listed

# What a smaller report has of the findings, and its pages.
KEPT = ("explicit", "playlists")
FINDING = """---
order: {order}
title: What of {name}
question: What of {name}?
short: {name}
summary: What is counted of {name}.
listing: One sentence.
---
Words.

{figures}

## What this can’t tell

A cause.

## Strengths and limits

{{% call strengths() %}}
- Complete.
{{% endcall %}}
{{% call limits() %}}
- Late.
{{% endcall %}}
"""
FIGURE = (
    """{{% call figure("{id}", title="Of {id}", subtitle="Tracks.", alt="Marks.") %}}What is seen.{{% endcall %}}"""
)
INDEX = """---
nav: Findings
title: Liner Notes
subtitle: What a few tracks say
cutoff: July 2025
---
A statement.

## Findings

{{ listing() }}
"""
ABOUT = PLAIN + "".join(f"\n[{name}](data/{name}.json)\n" for name in ("edition", "facts", "figures"))


def make_smaller(project: Path) -> None:
    """Leave a report of two findings, of few words, in a copy of the project."""
    content, queries = project / "content", project / "queries"
    gone = (
        "findings/*",
        "figures/*",
        *(f"{name}.*" for name in ("index", "about", "data", "method", "claims", "glossary")),
    )
    for path in [path for pattern in gone for path in [*content.glob(pattern), *content.glob(f"*/{pattern}")]]:
        path.unlink()
    (content / "definitions.toml").unlink()
    for folder in queries.iterdir():
        if folder.is_dir() and folder.name not in ("cubes", "staging", "data", *KEPT):
            shutil.rmtree(folder)
    pages = {
        "index": INDEX,
        "about": listed(ABOUT, "About", 6).replace("A page", "About"),
        "data": listed(DATA, "Data", 3),
        "method": listed(PLAIN, "Method", 2).replace("A page", "Method"),
    }
    for order, name in enumerate(KEPT, 1):
        ids = [f"{name}/{path.stem}" for path in sorted((queries / name).glob("*.sql")) if path.stem != "facts"]
        figures = "".join(FIGURE.format(id=id_) for id_ in ids)
        pages[f"findings/{name}"] = FINDING.format(order=order, name=name, figures=figures)
    for name, text in pages.items():
        (content / f"{name}.md").write_text(text, encoding="utf-8")
    # Limits of single facts go with the facts.
    drift = content / "drift.toml"
    drift.write_text(drift.read_text(encoding="utf-8").partition("[[limit]]")[0], encoding="utf-8")
