"""What a search can find: pages, figures, claims and glossary entries, each at an address of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from report.core.plain import plain
from report.pages.context import SitePage, SitePages
from report.pages.layout import Row, Section

# Pages that are called otherwise than a page.
CALLED = ("finding", "claims")
GLOSSARY = "glossary.html"


@dataclass(frozen=True)
class Record:
    """One thing to find. `kind` is what a reader would call it, `text` all that it is found by beside its title."""

    url: str
    kind: str
    title: str
    text: str


def records(site: SitePages) -> list[Record]:
    """All that can be found, in the order in which it is read; nothing that is on another page as well."""
    found, say = [], site.press.words.text
    for page in site.pages:
        if page.path == GLOSSARY:
            found += _terms(page, say("search.term"))
            continue
        kind = page.kind if page.kind in CALLED else "page"
        words = [page.summary, *_words(page.sections)]
        found.append(Record(page.path, say(f"search.{kind}"), plain(page.title), " ".join(map(plain, words))))
        for figure in page.figures:
            if not figure.is_lead:
                text = " ".join(map(plain, (figure.subtitle, Markup(figure.description), figure.alt)))
                found.append(Record(f"{page.path}#{figure.anchor}", say("search.figure"), plain(figure.title), text))
    for claim in site.ledger.claims if site.ledger else ():
        text = " ".join(map(plain, (claim.verdict, claim.test, claim.why)))
        found.append(Record(f"claims.html#{claim.id}", say("search.claim"), plain(claim.words), text))
    return found


def _terms(page: SitePage, kind: str) -> Iterator[Record]:
    for section in page.sections:
        text = " ".join(map(plain, _words([section])))
        if section.heading:
            yield Record(f"{page.path}#{section.heading.id}", kind, plain(section.heading.title), text)


def _words(sections: list[Section]) -> Iterator[object]:
    for section in sections:
        if section.heading:
            yield section.heading.title
        for row in section.rows:
            yield from _row_words(row)


def _row_words(row: Row) -> Iterator[object]:
    match row.kind:
        case "prose":
            yield row.content
            yield from row.asides
        case "points":
            for point in row.content:
                yield from (point.lead, point.html)
        case "pair":
            yield from row.content.values()
