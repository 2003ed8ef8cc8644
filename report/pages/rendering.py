"""Pages: content and facts through templates, to the files of the site.

A file in `findings/` of the language is a finding: on the front page, in the row of findings, and at `<stem>.html`. One
beside is a page, in the navigation if it has a `nav`. If there is a `content/claims.toml`, the claims
in it are judged: at `claims.html`, on the front page, and each on the page of its finding. If there is a
`glossary.toml` in the language, its terms are at `glossary.html`, and linked from all pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from report.claims.tally import MARKS, Entry, Tally, entries, grouped
from report.compare import said
from report.compare.history import FACTS_SHOWN, pairs_of
from report.core.kinds import Standing, standing_of
from report.core.texts import LANGUAGE
from report.figures.figure import Figure
from report.pages.blocks import Source
from report.pages.citation import Citations
from report.pages.commands import read_commands
from report.pages.context import SiteContext, SitePage, SitePages
from report.pages.edition_tables import edition_tables
from report.pages.findings import Finding, is_absent
from report.pages.glossary import FILE, read_glossary
from report.pages.layout import Row, Section, arrange, insert_before
from report.pages.linked_data import LinkedData
from report.pages.markup import Heading, Press
from report.pages.placed import finding_facts, placed_blocks, site_facts
from report.pages.sources import FRONT, Listed, check_others, in_order
from report.pages.waits import Waiting, insert_waiting, redirected, without_page
from report.pages.written import written_in
from report.writing.words import Words

EDITION = {
    "as_of": None,
    "snapshot_year": None,
    "last_full_year": None,
    "fetch_window": None,
    "tables": {},
    "absent": {},
    "counts": {},
    "cubes": {},
    "source": {},
}
COUNTED = ("tracks", "albums", "artists")
# Pages with a template, and a kind, of their own.
OWN_TEMPLATES = ("claims", "changes", "glossary")
# The claims on a finding's page stand before this section of it.
AFTER_CLAIMS = "what-this-cant-tell"


def render_pages(context: SiteContext, bundle: object = None) -> SitePages:
    """The pages of the site, the front page first.

    Args:
        bundle: the archive of all data, with `href` and `size`; None where there is none to link.

    Raises:
        ContentError: a page, its front matter or a template that cannot be used, with file and line.
        FactError: a page that names a fact no query gives, likewise.
    """
    edition = {**EDITION, **context.edition}
    say = context.words
    ledger, terms = context.ledger, context.content / LANGUAGE / FILE
    glossary = read_glossary(terms) if terms.exists() else None
    names = {**_names(context, edition), "ledger": ledger, "glossary": glossary, "bundle": bundle}
    names["linked"] = LinkedData(context.settings, edition, context.words, bundle)
    press = Press(context.templates, names, context.words, context.store)
    site = site_facts(context.settings, edition, names["counts"], bundle, context.history, ledger)
    written = written_in(context, press, edition, names["totals"], site)
    if ledger:
        ledger = names["ledger"] = replace(ledger, words=written.slots("claims"), opens=written.opens)
    needed = {FRONT: True, "claims": ledger is not None, "glossary": glossary is not None}
    front, *others = check_others(written.others, context.content, needed)
    # The page of changes is there for its address to stay; it is led to where something is compared.
    names["navigation"] = [
        (source.stem, source.nav)
        for source in (front, *others)
        if source.nav and (source.stem != "changes" or context.history.comparison)
    ]
    sources = in_order(written.pages)
    standing = standing_of(edition)
    pageless = without_page(context.figures) if standing.is_real else set()
    findings = [written.finding(page.stem, number, page.stem not in pageless) for number, page in enumerate(sources, 1)]
    written.tell(finding_facts(findings))
    tables = edition_tables(edition, names["totals"], context.published, say.language)
    commands = read_commands(context.content, context.settings.base_url, bool(context.cubes))

    def lay_out(page: Listed) -> tuple[list[Section], list[Figure], Source, list[Waiting]]:
        laid = written.laid_out(page.stem, placed_blocks(findings, ledger, tables, commands), context.demo)
        sections = arrange(laid.pieces)
        if glossary:
            glossary.link(sections, f"{page.stem}.html")
        if laid.waiting:
            insert_waiting(sections, laid.waiting, say.plain("finding.open"))
        return sections, laid.figures, laid.source, laid.waiting

    def finding_page(
        at: int, sections: list[Section], figures: list[Figure], source: Source, left_out: list[Waiting]
    ) -> SitePage:
        finding, path = shown[at], f"{shown[at].stem}.html"
        html = press.template(
            "finding.html",
            path=path,
            sections=sections,
            finding=finding,
            before=shown[at - 1] if at else None,
            after=shown[at + 1] if at + 1 < len(shown) else None,
        )
        about = finding.title, finding.summary
        return SitePage(path, "finding", *about, html, sections, figures, source, finding, waiting=left_out)

    def other_page(page: Listed, kind: str = "text", **values: object) -> SitePage:
        sections, figures, source, _ = lay_out(page)
        phrases = written.slots(page.stem)
        path = f"{page.stem}.html"
        template = path if page is front or page.stem in OWN_TEMPLATES else "page.html"
        named = {"current": page.stem, "called": page.called}
        html = press.template(template, path=path, sections=sections, page=phrases, **named, **values)
        return SitePage(
            path,
            kind,
            phrases["title"],
            phrases["subtitle" if page is front else "summary"],
            html,
            sections,
            figures,
            source,
        )

    shown = [finding for finding in findings if finding.has_page]
    laid_out = [lay_out(source) for source in sources if source.stem not in pageless]
    placed = [figure for _, figures, *_ in laid_out for figure in figures]
    listed = _entries(context, ledger, findings, placed, standing)
    for finding, (sections, *_) in zip(shown, laid_out, strict=True):
        own = [entry for entry in listed if entry.claim.finding == finding.stem]
        if own:
            heading = Heading(say.plain("finding.claims"), "claims")
            insert_before(sections, AFTER_CLAIMS, Section(heading, [Row("claims", own)]))
    pages = [other_page(front, "front")]
    pages += [finding_page(at, *page) for at, page in enumerate(laid_out)]
    made = {}
    # The glossary last: it lists where its terms were linked.
    for source in sorted(others, key=lambda source: source.stem == "glossary"):
        if source.stem == "claims":
            made["claims"] = other_page(source, "claims", groups=grouped(listed))
        elif source.stem == "changes":
            pairs, files = pairs_of(context.history, placed)
            shorts = {finding.stem: finding.short for finding in findings} | {"data": say.text("changes.data")}
            values = {"pairs": pairs, "most_facts": FACTS_SHOWN, "shorts": shorts, "verdict_marks": MARKS, "said": said}
            made["changes"] = replace(other_page(source, "changes", **values), files=files)
        elif source.stem == "glossary":
            places = {page.path: page.finding.short if page.finding else say.text("base.front") for page in pages}
            places |= {f"{other.stem}.html": other.called for other in others}
            page = other_page(source, places=places)
            made["glossary"] = replace(page, sections=[*page.sections, *glossary.sections()])
        else:
            made[source.stem] = other_page(source, uses=_uses(pages, say))
    pages += [made[source.stem] for source in others]
    pages = [replace(page, html=redirected(page.html, pageless)) for page in pages]
    return SitePages(pages, press, ledger, glossary, pageless)


def _entries(
    context: SiteContext, ledger: Tally | None, findings: list[Finding], placed: list[Figure], standing: Standing
) -> list[Entry]:
    questions = {finding.stem: finding.question for finding in findings}
    shorts = {finding.stem: finding.short for finding in findings}
    links: dict[str, tuple[str, str] | None] = dict.fromkeys(context.figures)
    for figure in placed:
        label = context.words.text("figure.of", number=figure.number, page=shorts.get(figure.finding, figure.finding))
        links[figure.id] = f"{figure.finding}.html#{figure.anchor}", label
    titles = {name: source["title"] for name, source in context.published.items()}
    return entries(ledger, questions, links, standing.is_synthetic, titles, context.addresses) if ledger else []


def _uses(pages: list[SitePage], say: Words) -> dict[str, list[tuple[str, str]]]:
    """Stem of a published figure -> the figures that show it, as label and address."""
    uses: dict[str, list[tuple[str, str]]] = {}
    for page in pages:
        for figure in page.figures if page.finding else ():
            for source in figure.sources:
                label = say.text("figure.of", number=figure.number, page=page.finding.short)
                uses.setdefault(source.get("stem", ""), []).append((label, f"{page.path}#{figure.anchor}"))
    return uses


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
        "cite": Citations(context.settings, edition, context.words),
        "counts": counts,
        "totals": {row["table"]: row["rows"] for row in totals},
        "published": context.published,
        "addresses": context.addresses,
        "findings": context.facts,
        "history": context.history,
        "demo": context.demo,
        "is_demo": context.is_demo,
        "has": partial(_is_held, edition),
    }


def _is_held(edition: Mapping, part: str) -> bool:
    return not is_absent(part, edition)
