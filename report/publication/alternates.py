"""A Markdown alternate of each page, and llms.txt, which lists them: the report for those who read with programs.

It has the page's words, its figures as descriptions with the first rows of their tables, and links to all else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from report.claims.tally import Tally, mark_of
from report.claims.verdicts import Judged, Outcome
from report.compare.history import History
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
from report.writing.words import Words

ROWS_SHOWN = 12
LONGEST_CELL = 80


def alternates(context: SiteContext, site: SitePages) -> Files:
    """`<page>.md` beside each page, and llms.txt."""
    made = {
        alternate_path(page): redirected(_alternate(context, site, page), site.without_page).encode()
        for page in site.pages
    }
    return {"llms.txt": _listing(context, site).encode(), **made}


def alternate_path(page: SitePage) -> str:
    """Where the page's alternate is."""
    return f"{page.path.removesuffix('.html')}.md"


def _listing(context: SiteContext, site: SitePages) -> str:
    base = context.settings.base_url
    front, *_ = site.pages
    say = context.words.text
    names = ["facts.json", "edition.json", *(["claims.json"] if site.ledger else []), "figures.json", "licence.txt"]
    data = {name: say(f"programs.{name.partition('.')[0]}") for name in names}
    findings = [page for page in site.pages if page.finding]
    others = [page for page in site.pages if not page.finding]
    parts = [f"# {text(context.settings.title)}", f"> {text(front.summary)}", context.words.kind["notice"]]
    parts.append(say("programs.each"))
    lists = {
        say("programs.findings"): [
            (page.finding.question, alternate_path(page), page.finding.listing) for page in findings
        ],
        say("programs.pages"): [(page.title, alternate_path(page), page.summary) for page in others],
        say("programs.data"): [(name, f"data/{name}", about) for name, about in data.items()],
    }
    for heading, entries in lists.items():
        parts.append(f"## {heading}")
        parts.append("\n".join(f"- [{text(name)}]({base}{path}): {text(about)}" for name, path, about in entries))
    return "\n\n".join(part for part in parts if part) + "\n"


def _alternate(context: SiteContext, site: SitePages, page: SitePage) -> str:
    cite, say = Citations(context.settings, context.edition, context.words), context.words
    parts = [f"# {text(page.title)}", f"> {text(page.summary)}", context.words.kind["notice"]]
    stem = page.path.removesuffix(".html")
    for entry in context.history.notes.corrections:
        if stem in entry.pages:
            parts.append(prose(say("base.corrected", day=entry.date, wrong=entry.wrong, done=entry.done)))
    if page.finding:
        parts += _numbers(page)
    parts.append(prose(page.source.filled(lambda block: f"\n\n{_block(block, context, site, page)}\n\n")))
    if page.waiting:
        parts += [f"## {context.words.kind['adds']}", items(map(_waiting, page.waiting))]
    if page.finding and site.ledger:
        own = [claim for claim in site.ledger.claims if claim.finding == page.finding.stem]
        own = [_claim(claim, site.ledger) for claim in own]
        parts += [f"## {say('finding.claims')}", items(own)] if own else []
    if page.kind == "claims":
        parts += _ledger(site.ledger)
    if page.kind == "changes":
        shorts = {page.finding.stem: page.finding.short for page in site.pages if page.finding}
        shorts |= {"data": say("changes.data")}
        figures = {figure.id: figure for page in site.pages if page.finding for figure in page.figures}
        parts += changes(context.history, shorts, figures, say)
    parts += _terms(site.glossary, page, say) if site.glossary else []
    cited = cite.report() if page.kind == "front" else cite.page(page.title, page.path)
    parts += [prose(say("programs.with_figures", href=page.path, cited=cited.text))]
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
            return "\n\n".join(part for part in _figure(content, words, page, context.words) if part)
        case "point":
            tags, link = ", ".join(content.tags), f"[{text(content.finding.short)}]({content.finding.stem}.html)"
            return f"- **{text(content.lead)}** {words} ({tags}; {link})"
        case "aside":
            return words
        case "strengths" | "limits":
            return f"### {context.words(f'finding.{block.kind}')}\n\n{words}"
        case "listing":
            return "\n".join(
                f"{each.number}. {_link(each)} ({', '.join(each.tags)}) {text(each.listing)}" for each in content
            )
        case "waiting":
            return items(f"{_link(each)} {text(each.waits)}" for each in content)
        case "commands":
            return "\n\n".join(f"```\n{command}\n```" for command in content)
        case "board":
            return _board(content, context.history, context.words)
        case "said":
            return items(f"{_named(claim, content)} {text(claim.brief)}" for claim in content.front)
        case "brief":
            return items(_named(claim, content) for claim in content.claims)
        case "table":
            if content.absent and not content.rows:
                return content.absent
            rows = (map(text, row) for row in content.rows)
            return f"{content.caption}\n\n{table(content.headings, rows)}"
        case "fetch_window":
            window = context.edition.get("fetch_window")
            say, keys = context.words, ("first", "median", "last") if window else ()
            return items(f"**{say(f'data.{key}')}**: {day(window[key])}" for key in keys) or say("data.no_window")
        case "published_sources":
            return items(_source(stem, source, context.words) for stem, source in context.published.items())
        case "source_addresses":
            return items(_address(address, context.words) for address in context.addresses.values())
    raise NotImplementedError(f"no Markdown for a {block.kind}")


def _waiting(figure: Waiting) -> str:
    name = f"[{text(figure.title)}]({figure.href})" if figure.href else text(figure.title)
    return f"{name}: {text(figure.measure)}" if figure.measure else name


def _link(finding: Finding) -> str:
    return f"[{text(finding.question)}]({finding.stem}.html)"


def _board(ledger: Tally, history: History, say: Words) -> str:
    parts = []
    if history.comparison and history.comparison.flips:
        comparison = history.comparison
        flipped = say("changes.flipped", some=len(comparison.flips))
        since = prose(say("changes.since_edition", before=comparison.before["name"]))
        parts.append(f"{since} [{flipped}](changes.html#verdicts).")
    counts = (f"**{count.name.capitalize()}**: {count.count}. {text(count.meaning)}" for count in ledger.counts)
    return "\n\n".join([*parts, items(counts)])


def _source(stem: str, source: Mapping[str, object], say: Words) -> str:
    said = f"**{text(source['title'])}** ({say(f'basis.{basis_of(source)}')})"
    said += f", [{say('data.csv')}](data/published/{stem}.csv)" if "sha256" in source else ""
    read_off = say("data.read_off", accuracy=source.get("accuracy") or None) if source.get("read_off") else ""
    publisher = f"{text(source['publisher']).rstrip('.')}{_links(source)}"
    return f"{said}: {publisher}. {read_off} {text(source.get('note') or '')}".rstrip()


def _address(address: Mapping[str, object], say: Words) -> str:
    name = f"[{text(address['title'])}]({address['url']})" if address["url"] else text(address["title"])
    said = f"{name}, {text(address['publisher'])}" + (f", {address['date']}" if address["date"] else "")
    seen = say("data.address", seen=address["seen"], day=address["retrieved"])
    return f"{said}. {text(address['supports'])} {prose(seen)}"


def _links(source: Mapping[str, object]) -> str:
    """Where a source can be read: "" where that is nowhere."""
    links = [f"[{text(each['title'])}]({each['url']})" for each in source.get("addresses", ()) if each["url"]]
    return f" ({', '.join(links)})" if links else ""


def _terms(glossary: Glossary, page: SitePage, say: Words) -> Iterator[str]:
    if page.path == PAGE:
        for term in glossary.terms:
            yield f"## {text(term.name)}\n\n{text(term.definition)}"
    used = [f"[{text(term.name)}]({PAGE}#{term.anchor})" for term in glossary.terms if page.path in glossary.used[term]]
    if used:
        yield f"{say('programs.terms')} {', '.join(used)}."


def _figure(figure: Figure, description: str, page: SitePage, say: Words) -> Iterator[str]:
    yield f"### {say('figure.named', number=figure.number)}. {text(figure.title)}"
    yield (f"{say('figure.synthetic')} " if figure.is_synthetic else "") + text(figure.subtitle)
    yield description
    if not figure.is_lead:
        rows = [
            [escaped(shortened(plain(cell), LONGEST_CELL)) for cell in row] for row in figure.table.rows[:ROWS_SHOWN]
        ]
        yield table(map(text, figure.table.headings), rows)
        if figure.table.total > ROWS_SHOWN:
            yield say("figure.cut", shown=ROWS_SHOWN, total=figure.table.total, href=None)
    tags = ", ".join(say.text(f"basis.{tag}") for tag in figure.tags)
    source = [say("programs.basis", tags=tags)]
    named = say("programs.source")
    source += [f"{named} {text(source['publisher']).rstrip('.')}{_links(source)}." for source in figure.sources]
    source += [prose(say("programs.n", counted=figure.counted))] if figure.counted else []
    links = [f"[{file.label}]({file.href})" for file in figure.downloads]
    yield " ".join([*source, *links, f"[{say('programs.permalink')}]({page.path}#{figure.anchor})"])


def _ledger(ledger: Tally) -> Iterator[str]:
    for claim in ledger.claims:
        yield f"## {text(claim.words)}"
        yield f"“{text(claim.english)}” «{text(claim.quote)}»" if claim.quote else ""
        yield items(f"{text(test.words)}: {_tested(test, ledger)}" for test in claim.tests)


def _claim(claim: Judged, ledger: Tally) -> str:
    tests = " ".join(_tested(test, ledger) for test in claim.tests)
    return f"{_linked(claim)} ({ledger.words.get(f'source.{claim.source}', claim.source)}, {claim.date}) {tests}"


def _linked(claim: Judged) -> str:
    return f"[{claim.id}](claims.html#{claim.id}) “{text(claim.words)}”"


def _named(claim: Judged, ledger: Tally) -> str:
    return f"{_linked(claim)} **{_verdict(claim, ledger)}.**"


def _tested(test: Outcome, ledger: Tally) -> str:
    observed = f"Observed: {text(f'{test.observed} {test.observed_of}')}. " if test.observed_of else ""
    return f"**{_verdict(test, ledger)}.** Test: {text(test.test)} {observed}{text(test.why)}"


def _verdict(test: Outcome, ledger: Tally) -> str:
    return ledger.name(mark_of(test)).capitalize()
