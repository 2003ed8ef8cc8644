"""A Markdown alternate of each page, and llms.txt, which lists them: the report for those who read with programs.

It has the page's words, its figures as descriptions with the first rows of their tables, and links to all else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from report.claims.tally import SOURCES, Tally
from report.claims.verdicts import Judged
from report.compare.history import History
from report.core.kinds import standing_of
from report.core.numbers import day
from report.core.plain import plain, shortened
from report.figures.figure import Figure
from report.pages.blocks import Block
from report.pages.citation import Citations
from report.pages.context import SiteContext, SitePage, SitePages
from report.pages.findings import Finding
from report.pages.glossary import PAGE, Glossary
from report.pages.waits import Waiting, redirected
from report.publication import Files
from report.publication.changes import changes
from report.publication.markdown import escaped, items, prose, table, text
from report.warehouse.published import basis_of

ROWS_SHOWN = 12
LONGEST_CELL = 80


def alternates(context: SiteContext, site: SitePages) -> Files:
    """`<page>.md` beside each page, and llms.txt."""
    made = {twin_path(page): redirected(_twin(context, site, page), site.without_page).encode() for page in site.pages}
    return {"llms.txt": _listing(context, site).encode(), **made}


def twin_path(page: SitePage) -> str:
    """Where the page's alternate is."""
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
    parts = [f"# {text(context.settings.title)}", f"> {text(front.summary)}", standing_of(context.edition).notice]
    parts.append("Each page is Markdown; the same address with .html is the page with its figures.")
    lists = {
        "Findings": [(page.finding.question, twin_path(page), page.finding.listing) for page in findings],
        "Pages": [(page.title, twin_path(page), page.summary) for page in others],
        "Data": [(name, f"data/{name}", about) for name, about in data.items()],
    }
    for heading, entries in lists.items():
        parts.append(f"## {heading}")
        parts.append("\n".join(f"- [{text(name)}]({base}{path}): {text(about)}" for name, path, about in entries))
    return "\n\n".join(part for part in parts if part) + "\n"


def _twin(context: SiteContext, site: SitePages, page: SitePage) -> str:
    cite = Citations(context.settings, context.edition)
    parts = [f"# {text(page.title)}", f"> {text(page.summary)}", standing_of(context.edition).notice]
    if page.finding:
        parts += _numbers(page)
    parts.append(prose(page.source.filled(lambda block: f"\n\n{_block(block, context, site, page)}\n\n")))
    if page.waiting:
        parts += [f"## {standing_of(context.edition).adds}", items(map(_waiting, page.waiting))]
    if page.finding and site.ledger:
        own = [claim for claim in site.ledger.claims if claim.finding == page.finding.stem]
        parts += ["## Claims", items(map(_claim, own))] if own else []
    if page.kind == "claims":
        parts += _ledger(site)
    if page.kind == "changes":
        shorts = {page.finding.stem: page.finding.short for page in site.pages if page.finding} | {"data": "Data"}
        figures = {figure.id: figure for page in site.pages if page.finding for figure in page.figures}
        parts += changes(context.history, shorts, figures)
    parts += _terms(site.glossary, page) if site.glossary else []
    cited = cite.report() if page.kind == "front" else cite.page(page.title, page.path)
    parts += [f"[This page with its figures]({page.path}). Cite as: {text(cited.text)}"]
    return "\n\n".join(part for part in parts if part) + "\n"


def _numbers(page: SitePage) -> list[str]:
    lines = []
    for number in page.finding.numbers:
        said = [text(number[key]) for key in ("value", "unit", "label") if number[key]]
        lines.append(f"{' '.join(said)} ({', '.join(number['tags'])})")
    return [items(lines)]


def _block(block: Block, context: SiteContext, site: SitePages, page: SitePage) -> str:
    content, words = block.content, prose(block.source)
    match block.kind:
        case "figure":
            return "\n\n".join(part for part in _figure(content, words, page) if part)
        case "point":
            tags, link = ", ".join(content.tags), f"[{text(content.finding.short)}]({content.finding.stem}.html)"
            return f"- **{text(content.lead)}** {words} ({tags}; {link})"
        case "aside":
            return words
        case "strengths" | "limits":
            return f"### {block.kind.capitalize()}\n\n{words}"
        case "listing":
            return "\n".join(
                f"{each.number}. {_link(each)} ({', '.join(each.tags)}) {text(each.listing)}" for each in content
            )
        case "waiting":
            return items(f"{_link(each)} {text(each.waits)}" for each in content)
        case "commands":
            return "\n\n".join(f"```\n{command}\n```" for command in content)
        case "tally":
            return _tally(content, context.history)
        case "table":
            if content.absent and not content.rows:
                return content.absent
            rows = (map(text, row) for row in content.rows)
            return f"{content.caption}\n\n{table(content.headings, rows)}"
        case "fetch_window":
            window = context.edition.get("fetch_window")
            names = {"first": "first fetched", "median": "median", "last": "last fetched"}
            said = items(f"**{name}**: {day(window[key])}" for key, name in names.items()) if window else ""
            return said or "The source of this edition does not say when its rows were fetched."
        case "published_sources":
            return items(_source(stem, source) for stem, source in context.published.items())
        case "source_addresses":
            return items(map(_address, context.addresses.values()))
    raise NotImplementedError(f"no Markdown for a {block.kind}")


def _waiting(figure: Waiting) -> str:
    name = f"[{text(figure.title)}]({figure.href})" if figure.href else text(figure.title)
    return f"{name}: {text(figure.measure)}" if figure.measure else name


def _link(finding: Finding) -> str:
    return f"[{text(finding.question)}]({finding.stem}.html)"


def _tally(ledger: Tally, history: History) -> str:
    parts = [f"Of [{ledger.subject}](claims.html), {ledger.outcome}."]
    if history.comparison and history.comparison.flips:
        parts.append(
            f"Since edition {text(history.comparison.before['name'])} [{history.flipped}](changes.html#verdicts)."
        )
    counts = (f"[{count.verdict.capitalize()}](claims.html#{count.anchor}): {count.count}" for count in ledger.counts)
    return "\n\n".join([*parts, items(counts)])


def _source(stem: str, source: Mapping[str, object]) -> str:
    said = f"**{text(source['title'])}** ({basis_of(source)})"
    said += f", [CSV](data/published/{stem}.csv)" if "sha256" in source else ""
    read_off = "Read off a chart: good to the digits shown." if source.get("read_off") else ""
    publisher = f"{text(source['publisher']).rstrip('.')}{_links(source)}"
    return f"{said}: {publisher}. {read_off} {text(source.get('note') or '')}".rstrip()


def _address(address: Mapping[str, object]) -> str:
    name = f"[{text(address['title'])}]({address['url']})" if address["url"] else text(address["title"])
    said = f"{name}, {text(address['publisher'])}" + (f", {address['date']}" if address["date"] else "")
    return f"{said}. {text(address['supports'])} Seen: {text(address['seen'])}"


def _links(source: Mapping[str, object]) -> str:
    """Where a source can be read: "" where that is nowhere."""
    links = [f"[{text(each['title'])}]({each['url']})" for each in source.get("addresses", ()) if each["url"]]
    return f" ({', '.join(links)})" if links else ""


def _terms(glossary: Glossary, page: SitePage) -> Iterator[str]:
    if page.path == PAGE:
        for term in glossary.terms:
            yield f"## {text(term.name)}\n\n{text(term.definition)}"
    used = [f"[{text(term.name)}]({PAGE}#{term.anchor})" for term in glossary.terms if page.path in glossary.used[term]]
    if used:
        yield f"Terms: {', '.join(used)}."


def _figure(figure: Figure, description: str, page: SitePage) -> Iterator[str]:
    yield f"### Figure {figure.number}. {text(figure.title)}"
    yield ("Synthetic edition. " if figure.is_synthetic else "") + text(figure.subtitle)
    if figure.placeholder is not None:
        yield f"Not in this edition. {text(figure.placeholder)}".strip()
        return
    yield description
    if not figure.is_lead:
        rows = [
            [escaped(shortened(plain(cell), LONGEST_CELL)) for cell in row] for row in figure.table.rows[:ROWS_SHOWN]
        ]
        yield table(map(text, figure.table.headings), rows)
        if figure.table.total > ROWS_SHOWN:
            yield f"The first {ROWS_SHOWN} of {figure.table.total} rows."
    source = [f"Basis: {', '.join(figure.tags)}."]
    source += [f"Source: {text(source['publisher']).rstrip('.')}{_links(source)}." for source in figure.sources]
    source += [f"n: {text(figure.counted)}."] if figure.counted else []
    links = [f"[{file.label}]({file.href})" for file in figure.downloads]
    yield " ".join([*source, *links, f"[permalink]({page.path}#{figure.anchor})"])


def _ledger(site: SitePages) -> Iterator[str]:
    for count in site.ledger.counts:
        claims = [claim for claim in site.ledger.claims if claim.verdict == count.verdict]
        if claims:
            yield f"## {count.verdict.capitalize()}: {count.count}"
            yield items(map(_claim, claims))


def _claim(claim: Judged) -> str:
    words = f"[{claim.id}](claims.html#{claim.id}) “{text(claim.words)}” ({SOURCES[claim.source]}, {claim.date})"
    return f"{words} **{claim.verdict.capitalize()}.** Test: {text(claim.test)} {text(claim.why)}"
