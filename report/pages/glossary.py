"""The glossary: glossary.toml of the language, and the links that lead to it from the first use of a term on each page.

Links are set in prose, margin notes, points, lists and the descriptions of figures; never in headings, tables, code,
quotations or other links. Of terms that begin at one place the longest counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path

from markupsafe import Markup, escape

from report.core.entries import read_toml
from report.core.errors import ContentError
from report.core.facts import suggest
from report.pages.layout import Row, Section
from report.pages.markup import Heading

PAGE = "glossary.html"
FILE = "glossary.toml"
KEYS = {"name": str, "definition": str, "forms": list, "section": str}
# Within these, words are left as they are.
CLOSED = frozenset({"a", "code", "pre", "table", "blockquote", "dfn", "h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(frozen=True)
class Term:
    """A term.

    Attributes:
        anchor: its key, where it is on the page.
        name: how the glossary lists it.
        definition: plain text; its first sentence is shown where a link is pointed at.
        forms: the words that are linked; the name itself only if it is among them.
        section: heading of the method page that says more, or "".
    """

    anchor: str
    name: str
    definition: str
    forms: tuple[str, ...]
    section: str = ""

    @property
    def gist(self) -> str:
        return self.definition.partition(". ")[0].rstrip(".") + "."


class Glossary:
    """All terms in order of name, and the pages on which each was linked (`used`, by term).

    Args:
        terms: none may have a form that another has.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = sorted(terms, key=lambda term: term.name.lower())
        self.used: dict[Term, list[str]] = {term: [] for term in self.terms}
        self._by_form = {_key(form): term for term in self.terms for form in term.forms}
        longest = sorted(self._by_form, key=lambda form: (-len(form), form))
        forms = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in longest)
        self._pattern = re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])" if forms else r"(?!)", re.IGNORECASE)

    def reference(self, name: str, words: str | None = None) -> Markup:
        """A link to a term that a page asks for by the term's name or one of its forms.

        Raises:
            ContentError: there is no such term.
        """
        names = {_key(term.name): term for term in self.terms} | self._by_form
        if _key(name) not in names:
            raise ContentError(f"`{name}` is not a term of the glossary", hint=suggest(_key(name), names))
        return _link(names[_key(name)], str(escape(words or name)))

    def link(self, sections: Iterable[Section], path: str) -> None:
        """Link the first use of each term in a page's rows, in the order in which they are read."""
        seen: set[Term] = set()
        for section in sections:
            for row in section.rows:
                self._link_row(row, seen)
        for term in self.terms:
            if term in seen:
                self.used[term].append(path)

    def definition(self, term: Term) -> Markup:
        """A term's definition, the other terms in it linked."""
        return self._linked(escape(term.definition), {term})

    def sections(self) -> list[Section]:
        """The terms as sections, for what reads a page by its sections."""
        return [
            Section(Heading(escape(term.name), term.anchor), [Row("prose", self.definition(term))])
            for term in self.terms
        ]

    def _link_row(self, row: Row, seen: set[Term]) -> None:
        match row.kind:
            case "prose":
                row.content = self._linked(row.content, seen)
                row.asides = [self._linked(aside, seen) for aside in row.asides]
            case "figure":
                row.content = replace(row.content, description=self._linked(row.content.description, seen))
            case "points":
                row.content = [replace(point, html=self._linked(point.html, seen)) for point in row.content]
            case "pair":
                row.content = {side: self._linked(words, seen) for side, words in row.content.items()}

    def _linked(self, html: str, seen: set[Term]) -> Markup:
        reader = _Reader(self, seen)
        reader.feed(html)
        reader.close()
        return Markup("".join(reader.out))

    def linked_text(self, text: str, seen: set[Term]) -> str:
        """A stretch of text between tags, as HTML, with links to the terms that are not yet in `seen`."""

        def link(match: re.Match) -> str:
            term = self._by_form[_key(match[0])]
            if term in seen:
                return match[0]
            seen.add(term)
            return _link(term, match[0])

        return self._pattern.sub(link, text)

    def at(self, href: str) -> Term | None:
        """The term that an address leads to, or None."""
        page, _, anchor = href.partition("#")
        return next((term for term in self.terms if term.anchor == anchor), None) if page == PAGE else None


class _Reader(HTMLParser):
    """Copies HTML as it is, but for the text outside `CLOSED`."""

    def __init__(self, glossary: Glossary, seen: set[Term]) -> None:
        super().__init__(convert_charrefs=False)
        self._glossary, self._seen = glossary, seen
        self._closed: list[str] = []
        self.out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")
        if tag in CLOSED:
            self._closed.append(tag)
            term = self._glossary.at(dict(attrs).get("href") or "")
            if term:
                self._seen.add(term)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.out.append(f"</{tag}>")
        if tag in self._closed:
            self._closed.remove(tag)

    def handle_data(self, data: str) -> None:
        self.out.append(data if self._closed else self._glossary.linked_text(data, self._seen))

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.out.append(f"<!--{data}-->")


def read_glossary(path: Path) -> Glossary:
    """The terms of a file.

    Raises:
        ContentError: not TOML, a key missing, unknown or of the wrong type, a term or form that is there twice.
    """
    where = f"{path.parent.parent.name}/{path.parent.name}/{path.name}"
    terms = [_term(key, entry, f"{where}, [{key}]") for key, entry in (read_toml(path, where) or {}).items()]
    forms = [_key(form) for term in terms for form in term.forms]
    repeated = sorted({each for each in forms if forms.count(each) > 1})
    if repeated:
        raise ContentError(f"the form `{repeated[0]}` is in the glossary twice", where)
    return Glossary(terms)


def _term(key: str, entry: object, where: str) -> Term:
    if not isinstance(entry, Mapping) or not re.fullmatch(r"[a-z0-9-]+", key):
        raise ContentError("this is no term", where, "a term is a table under its key: [gini-coefficient]")
    for name, value in entry.items():
        if name not in KEYS:
            raise ContentError(f"`{name}` is not a key of a term", where, suggest(name, KEYS))
        if type(value) is not KEYS[name]:
            raise ContentError(f"`{name}` must be {'a list' if KEYS[name] is list else 'text'}", where)
    for name in ("name", "definition"):
        if not str(entry.get(name, "")).strip():
            raise ContentError(f"`{name}` is missing", where)
    forms = entry.get("forms", [entry["name"]])
    if not all(isinstance(form, str) and form.strip() for form in forms):
        raise ContentError("`forms` must be a list of words", where)
    return Term(key, entry["name"], " ".join(entry["definition"].split()), tuple(forms), entry.get("section", ""))


def _key(form: str) -> str:
    return " ".join(form.split()).lower()


def _link(term: Term, html: str) -> Markup:
    return Markup(f'<a class="term" href="{PAGE}#{term.anchor}" title="{escape(term.gist)}">{html}</a>')
