"""feed.xml, an Atom feed of editions and corrections, for those who want to know when something has changed.

Dates are those of the data and of what was written down, never of the build. An edition without a date gives no feed:
an entry must say when it was. What is named in it keeps its id wherever the site is published.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from report.core.plain import plain, shortened
from report.pages.citation import Citations
from report.pages.context import SiteContext, SitePages
from report.publication import Files

PATH = "feed.xml"
ATOM = "http://www.w3.org/2005/Atom"
LONGEST_TITLE = 100


@dataclass(frozen=True)
class Entry:
    """Something that happened on a day; `key` tells it from all others, `href` is a path in the site."""

    key: tuple[str, ...]
    date: str
    title: str
    text: str
    href: str


def feed(context: SiteContext, _: SitePages) -> Files:
    """The feed, the latest first; a report within another's site has none of its own."""
    current = Citations(context.settings, context.edition, context.words)
    if not current.date or context.is_within:
        return {}
    base, title = context.settings.base_url, plain(context.settings.title)
    entries = sorted(_entries(context, current.date), key=lambda entry: (entry.date, entry.key), reverse=True)
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": context.words.language.code})
    _add(root, "id", _id(title))
    _add(root, "title", title)
    _add(root, "subtitle", context.words.text("feed.about"))
    _add(root, "updated", _moment(entries[0].date))
    _add(_add(root, "author"), "name", plain(current.author))
    _add(root, "link", rel="alternate", type="text/html", href=f"{base}index.html")
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{base}{PATH}")
    for entry in entries:
        element = _add(root, "entry")
        _add(element, "id", _id(title, *entry.key))
        _add(element, "title", shortened(plain(entry.title), LONGEST_TITLE))
        _add(element, "updated", _moment(entry.date))
        _add(element, "link", rel="alternate", type="text/html", href=f"{base}{entry.href}")
        _add(element, "content", plain(entry.text), type="text")
    ET.indent(root, " ")
    return {PATH: ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"}


def _entries(context: SiteContext, date: str) -> Iterator[Entry]:
    edition, changes = context.edition, "changes.html"
    name = str(edition["name"])
    tables = edition.get("tables", {})
    say = context.words.text
    rows = say("feed.tracks", tracks=tables["tracks"]["rows_kept"]) if "tracks" in tables else ""
    about = f"{rows} {context.words.kind['notice']}".strip()
    yield Entry(("edition", name), date, say("feed.edition", edition=name), about, "index.html")
    for earlier in context.history.earlier:
        if earlier.as_of:
            title, text = say("feed.edition", edition=earlier.name), say("feed.earlier")
            yield Entry(("edition", earlier.name), earlier.as_of[:10], title, text, earlier.href)
    notes = context.history.notes
    for noted in notes.acknowledged:
        if noted.kind == "flip":
            key = ("flip", noted.subject, noted.edition, noted.compared)
            title = say("feed.flip", id=noted.subject, before=noted.before, after=noted.after)
            yield Entry(key, noted.date, title, noted.note, changes)
    for correction in notes.corrections:
        text = f"{correction.wrong} {correction.done}"
        yield Entry(("correction", correction.date, correction.wrong), correction.date,
                    say("feed.correction", wrong=correction.wrong), text, changes)  # fmt: skip


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes)
    element.text = text
    return element


def _id(*key: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, chr(10).join(key))}"


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
