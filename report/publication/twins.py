"""A Markdown twin of each page, and llms.txt, which lists them: the report for those who read with programs.

A twin has the page's words, its figures as descriptions with the first rows of their tables, and links to all else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from report.citation import Citations
from report.claims.tally import SOURCES
from report.claims.verdicts import Judged
from report.figures.figure import Figure
from report.kinds import standing_of
from report.pages.layout import Row
from report.pages.rendering import SiteContext, SitePage, SitePages
from report.plain import plain, shortened
from report.publication import Files, markdown
from report.publication.kept import kept
from report.publication.markdown import escaped, to_markdown

ROWS_SHOWN = 12
LONGEST_CELL = 80
# What makes a twin of a page, beside what made the page.
CODE = (Path(__file__), Path(markdown.__file__), Path(__file__).parents[1] / "plain.py")


def twins(context: SiteContext, site: SitePages) -> Files:
    """`<page>.md` beside each page, and llms.txt."""
    code = [path.read_bytes() for path in (*CODE, context.templates / "part.html")]
    files: Files = {"llms.txt": _listing(context, site).encode()}
    for page in site.pages:
        # A page's HTML holds all that its twin is made of.
        made = kept(context, ".md", lambda page=page: _twin(context, site, page).encode(), *code, page.html)
        files[twin_path(page)] = made
    return files


def twin_path(page: SitePage) -> str:
    """Where the page's twin is."""
    return f"{page.path.removesuffix('.html')}.md"


def _listing(context: SiteContext, site: SitePages) -> str:
    base = context.settings.base_url
    front, *_ = site.pages
    data = {"facts.json": "every fact used in the text", "edition.json": "what the data is and what it lacks"}
    if site.ledger:
        data["claims.json"] = "each claim with its test and verdict"
    data["figures.json"] = "how each figure came about, down to the hashes of its files"
    data["licence.txt"] = "how all of it may be used"
    findings = [page for page in site.pages if page.finding]
    others = [page for page in site.pages if not page.finding]
    parts = [f"# {_text(context.settings.title)}", f"> {_text(front.summary)}", standing_of(context.edition).notice]
    parts.append("Each page is Markdown; the same address with .html is the page with its figures.")
    lists = {
        "Findings": [(page.finding.question, twin_path(page), page.finding.listing) for page in findings],
        "Pages": [(page.title, twin_path(page), page.summary) for page in others],
        "Data": [(name, f"data/{name}", about) for name, about in data.items()],
    }
    for heading, entries in lists.items():
        parts.append(f"## {heading}")
        parts.append("\n".join(f"- [{_text(name)}]({base}{path}): {_text(about)}" for name, path, about in entries))
    return "\n\n".join(part for part in parts if part) + "\n"


def _twin(context: SiteContext, site: SitePages, page: SitePage) -> str:
    cite = Citations(context.settings, context.edition)
    parts = [f"# {_text(page.title)}", f"> {_text(page.summary)}", standing_of(context.edition).notice]
    if page.finding:
        parts += _numbers(page)
    for section in page.sections:
        if section.heading:
            parts.append(f"## {_text(section.heading.title)}")
        for row in section.rows:
            parts += _row(row, site, page)
    if page.kind == "claims":
        parts += _ledger(site)
    if page.kind == "changes":
        # Its tables are its template's, below the words of its sections.
        parts += [to_markdown(part) for part in re.findall(r"<section\b.*?</section>", page.html, re.DOTALL)]
    cited = cite.report() if page.kind == "front" else cite.page(page.title, page.path)
    parts += [f"[This page with its figures]({page.path}). Cite as: {escaped(cited.text)}"]
    return "\n\n".join(part for part in parts if part) + "\n"


def _numbers(page: SitePage) -> list[str]:
    lines = []
    for number in page.finding.numbers:
        said = [_text(number[key]) for key in ("value", "unit", "label") if number[key]]
        lines.append(f"- {' '.join(said)} ({', '.join(number['tags'])})")
    return ["\n".join(lines)]


def _row(row: Row, site: SitePages, page: SitePage) -> list[str]:
    if row.kind == "figure":
        return list(_figure(row.content, page))
    if row.kind == "claims":
        return ["\n".join(_claim(entry.claim) for entry in row.content)]
    return [to_markdown(site.press.template("part.html", path=page.path, row=row))]


def _figure(figure: Figure, page: SitePage) -> Iterator[str]:
    yield f"### Figure {figure.number}. {_text(figure.title)}"
    yield ("Synthetic edition. " if figure.is_synthetic else "") + _text(figure.subtitle)
    if figure.plate is not None:
        yield f"Not in this edition. {_text(figure.plate)}".strip()
        return
    yield to_markdown(str(figure.description))
    if not figure.is_lead:
        rows = [[escaped(shortened(plain(cell), LONGEST_CELL)) for cell in row] for row in figure.table.rows]
        yield markdown.table([escaped(heading) for heading in figure.table.headings], rows[:ROWS_SHOWN])
        if figure.table.total > ROWS_SHOWN:
            yield f"The first {ROWS_SHOWN} of {figure.table.total} rows."
    source = [f"Basis: {', '.join(figure.tags)}."]
    source += [f"Source: {_text(source['publisher']).rstrip('.')}." for source in figure.sources]
    source += [f"n: {_text(figure.sample)}."] if figure.sample else []
    links = [f"[{file.label}]({file.href})" for file in figure.downloads]
    yield " ".join([*source, *links, f"[permalink]({page.path}#{figure.anchor})"])


def _ledger(site: SitePages) -> Iterator[str]:
    for count in site.ledger.counts:
        claims = [claim for claim in site.ledger.claims if claim.verdict == count.verdict]
        if claims:
            yield f"## {count.verdict.capitalize()}: {count.count}"
            yield "\n".join(_claim(claim) for claim in claims)


def _claim(claim: Judged) -> str:
    words = f"- [{claim.id}](claims.html#{claim.id}) “{_text(claim.words)}” ({SOURCES[claim.source]}, {claim.date})"
    return f"{words} **{claim.verdict.capitalize()}.** Test: {_text(claim.test)} {_text(claim.why)}"


def _text(value: object) -> str:
    return escaped(plain(value))
