"""Pages: content and facts through templates, to the files of the site.

A file in `content/findings/` is a finding: on the front page, in the row of findings, and at `<stem>.html`.
If there is a `content/claims.toml`, the claims in it are judged: at `claims.html`, on the front page, and each on
the page of its finding. If there is a `content/glossary.toml`, its terms are at
`glossary.html`, and linked from all pages.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from markupsafe import Markup

from report.changes.history import FACTS_SHOWN, History, pairs_of
from report.citation import Citations
from report.claims.tally import MARKS, Entry, Tally, entries, grouped
from report.claims.verdicts import judged
from report.facts import AllFacts
from report.figures.figure import Figure, FigureData, Images
from report.folders import files_in
from report.frontmatter import Page, read_page
from report.kinds import standing_of
from report.pages.calls import Calls
from report.pages.findings import FINDING_KEYS, FINDING_OPTIONS, Finding, is_absent, read_finding
from report.pages.glossary import Glossary, read_glossary
from report.pages.layout import Row, Section, arrange, insert_before
from report.pages.markup import Heading, Press
from report.prose.check import check_prose
from report.store import Store

EDITION = {"as_of": None, "fetch_window": None, "tables": {}, "absent": {}, "counts": {}, "source": {}}
COUNTED = ("tracks", "albums", "artists")
CLAIMS = "claims.toml"
CHANGES = "changes.md"
GLOSSARY = "glossary.toml"
# The claims on a finding's page stand before this section of it.
AFTER_CLAIMS = "what-this-cant-tell"


@dataclass(frozen=True)
class SiteContext:
    """All that a site is made of.

    Attributes:
        settings: has `title`, `base_url` (ends with "/", or is empty) and `repository` (a link, or empty).
        edition: edition.json and its fingerprint: name, kind (one of KINDS), as_of (a date
            or None), fingerprint, tables {name: {rows_read, rows_kept, dropped {reason: n},
            unusable {column: {reason: n}}}}, absent {tables: [...], columns: {table: [...]}},
            fetch_window {first, median, last} or None, counts {tracks, albums, artists} if
            these are to differ from the rows kept.
        facts: of all findings.
        figures: figure id -> its data; may compute them when they are read.
        render: figure id -> its pictures.
        published: stem of the CSV -> {rows: [{column: value}], title, publisher, note, basis, read_off}.
        content: folder of the pages.
        templates: folder of the templates, with `static/` in it.
        store: where pages, compiled templates, judged claims and the like are kept, or None to work them out each time.
        say: tells whoever builds what they should know.
        history: what changed since the edition before, and which earlier reports stay reachable.
    """

    settings: object
    edition: Mapping[str, object]
    facts: AllFacts
    figures: Mapping[str, FigureData]
    render: Callable[[str], Images]
    published: Mapping[str, Mapping]
    content: Path
    templates: Path
    store: Store | None = None
    say: Callable[[str], None] = lambda _: None
    history: History = field(default_factory=History)

    @cached_property
    def ledger(self) -> Tally | None:
        """The claims, judged; None where the content has none.

        Raises:
            ContentError: claims that cannot be read.
        """
        if not (self.content / CLAIMS).exists():
            return None
        return Tally(judged(self.content, self.facts, self.edition["kind"], self.store))


@dataclass(frozen=True)
class SitePage:
    """One page, as the other files of the site refer to it.

    Attributes:
        path: in the site, such as "duration.html".
        kind: front, finding, claims, changes or text.
        title, summary: plain text.
        html: the whole page.
        sections: what it holds, in order.
        figures: those placed on it, in order.
        finding: the finding that it is the page of, or None.
        files: what it shows beside its figures, by path.
    """

    path: str
    kind: str
    title: str
    summary: str
    html: str
    sections: list[Section]
    figures: list[Figure]
    finding: Finding | None = None
    files: Mapping[str, bytes | Path] = field(default_factory=dict)


@dataclass(frozen=True)
class SitePages:
    """All pages, in the order in which they are read; `press`, `ledger` and `glossary` made them."""

    pages: list[SitePage]
    press: Press
    ledger: Tally | None
    glossary: Glossary | None


def render_pages(context: SiteContext, bundle: object = None) -> SitePages:
    """The pages of the site, the front page first.

    Args:
        bundle: the archive of all data, with `href` and `size`; None where there is none to link.

    Raises:
        ContentError: a page, its front matter or a template that cannot be used, with file and line.
        FactError: a page that names a fact no query gives, likewise.
    """
    edition = {**EDITION, **context.edition}
    ledger = context.ledger
    glossary = read_glossary(context.content / GLOSSARY) if (context.content / GLOSSARY).exists() else None
    names = {**_names(context, edition), "ledger": ledger, "glossary": glossary, "bundle": bundle}
    press = Press(context.templates, context.content, names, context.store)
    sources = [
        read_page(path, context.content, FINDING_KEYS, FINDING_OPTIONS)
        for path in files_in(context.content / "findings", "*.md")
    ]
    sources.sort(key=lambda page: (page.values["order"], page.stem))
    findings = [
        read_finding(press, context.facts, context.figures, edition, page, number)
        for number, page in enumerate(sources, 1)
    ]

    def lay_out(source: Page) -> tuple[list[Section], list[Figure]]:
        calls = Calls(
            press, context.figures, context.render, findings, standing_of(edition).is_synthetic, ledger, glossary
        )
        facts = {"facts": context.facts[source.stem]} if source.stem in context.facts else {}
        sections = arrange(press.pieces(source, calls.blocks, **facts, **calls.names()))
        if glossary:
            glossary.link(sections, f"{source.stem}.html")
        return sections, calls.placed

    def finding_page(at: int, sections: list[Section], figures: list[Figure]) -> SitePage:
        finding, path = findings[at], f"{findings[at].stem}.html"
        html = press.template(
            "finding.html",
            path=path,
            sections=sections,
            finding=finding,
            before=findings[at - 1] if at else None,
            after=findings[at + 1] if at + 1 < len(findings) else None,
        )
        return SitePage(path, "finding", finding.title, finding.summary, html, sections, figures, finding)

    def other_page(stem: str, keys: tuple[str, ...], template: str, kind: str, **values: object) -> SitePage:
        source = read_page(context.content / f"{stem}.md", context.content, dict.fromkeys(keys, str))
        sections, figures = lay_out(source)
        phrases = _phrases(press, source, *keys)
        path = f"{stem}.html"
        html = press.template(template, path=path, sections=sections, page=phrases, current=stem, **values)
        return SitePage(path, kind, *(phrases[key] for key in keys[:2]), html, sections, figures)

    laid_out = [lay_out(source) for source in sources]
    listed = _entries(ledger, findings, [figure for _, placed in laid_out for figure in placed], edition)
    for finding, (sections, _) in zip(findings, laid_out, strict=True):
        own = [entry for entry in listed if entry.claim.finding == finding.stem]
        if own:
            insert_before(sections, AFTER_CLAIMS, Section(Heading(Markup("Claims"), "claims"), [Row("claims", own)]))
    pages = [other_page("index", ("title", "subtitle", "cutoff"), "index.html", "front")]
    pages += [finding_page(at, *page) for at, page in enumerate(laid_out)]
    if ledger:
        groups = {count.verdict: grouped(listed, count.verdict) for count in ledger.counts}
        pages.append(other_page("claims", ("title", "summary"), "claims.html", "claims", groups=groups))
    if (context.content / CHANGES).exists():
        pairs, files = pairs_of(context.history, [figure for _, placed in laid_out for figure in placed])
        shorts = {finding.stem: finding.short for finding in findings} | {"data": "Data"}
        values = {"pairs": pairs, "most_facts": FACTS_SHOWN, "shorts": shorts, "verdict_marks": MARKS}
        page = other_page("changes", ("title", "summary"), "changes.html", "changes", **values)
        pages.append(replace(page, files=files))
    pages += [other_page(stem, ("title", "summary"), "page.html", "text") for stem in ("method", "data", "about")]
    if glossary:
        places = {page.path: page.finding.short if page.finding else _called(page.path) for page in pages}
        page = other_page("glossary", ("title", "summary"), "glossary.html", "text", places=places)
        pages.append(replace(page, sections=[*page.sections, *glossary.sections()]))
    check_prose(context.content, context.store)
    return SitePages(pages, press, ledger, glossary)


def _called(path: str) -> str:
    """What other pages call one that is no finding."""
    return "Front page" if path == "index.html" else path.removesuffix(".html").capitalize()


def _entries(ledger: Tally | None, findings: list[Finding], figures: list[Figure], edition: Mapping) -> list[Entry]:
    questions = {finding.stem: finding.question for finding in findings}
    labels = {figure.id: f"Figure {figure.number}" for figure in figures}
    return entries(ledger.claims, questions, labels, standing_of(edition).is_synthetic) if ledger else []


def _names(context: SiteContext, edition: Mapping) -> dict[str, object]:
    counts = {}
    for name in COUNTED:
        table = edition["tables"].get(name, {})
        counts[name] = edition["counts"].get(name, table.get("rows_kept"))
    totals = context.published.get("totals", {"rows": []})["rows"]
    return {
        "settings": context.settings,
        "edition": edition,
        "standing": standing_of(edition),
        "cite": Citations(context.settings, edition),
        "counts": counts,
        "totals": {row["table"]: row["rows"] for row in totals},
        "published": context.published,
        "findings": context.facts,
        "history": context.history,
        "has": partial(_is_held, edition),
    }


def _phrases(press: Press, page: Page, *keys: str, **facts: object) -> dict[str, str]:
    return {key: press.phrase(page, key, **facts) for key in keys}


def _is_held(edition: Mapping, part: str) -> bool:
    return not is_absent(part, edition)
