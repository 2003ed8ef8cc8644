"""Figures and published figures for programs: data/figures.json, data/published/ with the sources of each file."""

from __future__ import annotations

from dataclasses import asdict

from report.core.plain import plain
from report.core.texts import for_spreadsheets
from report.figures.figure import Figure
from report.pages.context import SiteContext, SitePage, SitePages
from report.publication import Files, as_json

SOURCE = ("title", "publisher", "note", "basis", "read_off", "accuracy", "addresses", "sha256")


def figures_json(context: SiteContext, site: SitePages) -> Files:
    """How each figure came about, and the published files that some were made from."""
    files: Files = {}
    for stem in context.published:
        path = context.content / "published" / f"{stem}.csv"
        if path.exists():
            files[f"data/published/{stem}.csv"] = for_spreadsheets(path.read_bytes())
    sources = {stem: {key: source.get(key) for key in SOURCE} for stem, source in sorted(context.published.items())}
    about = {key: context.edition.get(key) for key in ("name", "kind", "as_of", "fingerprint", "engine")}
    placed = [(page, figure) for page in site.pages for figure in page.figures if not figure.is_lead]
    figures = [_figure(page, figure) for page, figure in sorted(placed, key=lambda pair: pair[1].id)]
    return {
        **files,
        "data/published/sources.json": as_json(sources),
        "data/figures.json": as_json({"edition": about, "figures": figures}),
    }


def _figure(page: SitePage, figure: Figure) -> dict[str, object]:
    entry: dict[str, object] = {
        "id": figure.id,
        "page": page.path,
        "anchor": figure.anchor,
        "number": figure.number,
        "title": plain(figure.title),
        "subtitle": plain(figure.subtitle),
        "basis": list(figure.tags),
        "rows": {"csv": f"data/{figure.id}.csv", "sha256": figure.csv_sha256},
        "denominators": [
            [{"label": step.label, "count": step.value} for step in denominator] for denominator in figure.denominators
        ],
        "published": {source["stem"]: source["sha256"] for source in figure.sources if "stem" in source},
    }
    if figure.provenance:
        traced = asdict(figure.provenance)
        query = {"path": traced.pop("query"), "sha256": traced.pop("query_sha256")}
        entry |= {"query": query, **traced}
    return entry
