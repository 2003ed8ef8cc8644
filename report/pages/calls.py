"""What a page's text can call: figures, margin notes, points, lists of findings, tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from functools import partial

from jinja2 import Undefined
from markupsafe import Markup

from report.core.errors import ContentError
from report.core.facts import suggest
from report.core.kinds import Standing
from report.figures.figure import Caption, Figure, Images, compose
from report.pages.blocks import Block, token
from report.pages.edition_tables import EditionTable
from report.pages.findings import Finding, check_basis
from report.pages.glossary import Glossary
from report.pages.markup import Press
from report.results.figure_data import FigureData, basis_tags

# What else the data page lists, by the macro of templates/data.html that prints it.
LISTS = ("fetch_window", "published_sources", "source_addresses")


@dataclass(frozen=True)
class Point:
    """A main point of the front page: `lead` is a figure that the sentence in `html` completes."""

    lead: str
    html: Markup
    tags: tuple[str, ...]
    finding: Finding


class Calls:
    """The calls of one page.

    Args:
        press: renders the Markdown between call and endcall.
        figures: figure id -> its data.
        render: figure id -> its pictures.
        findings: all of them, in order.
        standing: of the edition: what it computes may be marked synthetic, and a page of real figures has no empty one.
        glossary: the terms, or None where the content has none.
        tables: those of the edition, by name.

    Attributes:
        blocks: what the calls left in the text, for `Press.pieces`.
        placed: the figures on the page, in order.
        left_out: those of a public page that have no rows.
    """

    def __init__(
        self,
        press: Press,
        figures: Mapping[str, FigureData],
        render: Callable[[str], Images],
        findings: Sequence[Finding],
        standing: Standing,
        glossary: Glossary | None = None,
        tables: Mapping[str, EditionTable] | None = None,
    ) -> None:
        self._press, self._figures, self._render, self._standing = press, figures, render, standing
        self._glossary, self._tables = glossary, tables or {}
        self._findings = {finding.stem: finding for finding in findings}
        self.blocks: list[Block] = []
        self.placed: list[Figure] = []
        self.left_out: list[Figure] = []

    def names(self) -> dict[str, Callable]:
        """The calls by the names that pages use; `questions` and `waits` count findings."""
        calls = (
            self.figure,
            self.lead_figure,
            self.point,
            self.aside,
            self.strengths,
            self.limits,
            self.listing,
            self.waiting,
            self.term,
        )
        lists = {name: partial(self._keep, name, None) for name in LISTS}
        lists |= {name: partial(self._keep, "table", table) for name, table in self._tables.items()}
        asked = {"questions": len(self._findings), "waits": sum(bool(each.waits) for each in self._findings.values())}
        return {**{call.__name__: call for call in calls}, **lists, **asked}

    def figure(self, id: str, *, caller: Callable | None = None, **caption: object) -> Markup:
        """Place a figure; `caption` is what `Caption` takes, the text of the call its description."""
        return self._place(id, caller, caption, is_lead=False)

    def lead_figure(self, id: str, *, caller: Callable | None = None, **caption: object) -> Markup:
        """Place another page's figure: without its table and query, with a link to that page."""
        return self._place(id, caller, caption, is_lead=True)

    def point(self, lead: object, basis: str, to: str, *, caller: Callable) -> Markup:
        """Place a main point that leads to the finding `to`."""
        check_basis(basis)
        if to not in self._findings:
            raise ContentError(f"`{to}` is not a finding", hint=suggest(to, self._findings))
        tags = basis_tags([basis], self._standing.is_synthetic)
        text = caller()
        point = Point(_defined(lead), _inline(self._press.markdown(text)), tags, self._findings[to])
        return self._keep("point", point, text)

    def aside(self, *, caller: Callable) -> Markup:
        """Place a note in the margin."""
        return self._words("aside", caller())

    def strengths(self, *, caller: Callable) -> Markup:
        """Place the list of strengths; limits beside it."""
        return self._words("strengths", caller())

    def limits(self, *, caller: Callable) -> Markup:
        """Place the list of limits."""
        return self._words("limits", caller())

    def listing(self) -> Markup:
        """Place the list of the findings that have an answer."""
        return self._keep("listing", [finding for finding in self._findings.values() if not finding.waits])

    def waiting(self) -> Markup:
        """Place the list of the findings that wait for data, with what they wait for."""
        return self._keep("waiting", [finding for finding in self._findings.values() if finding.waits])

    def term(self, name: str, words: str | None = None) -> Markup:
        """Link a term of the glossary, wherever it stands in the page; by other `words` if they are given."""
        if self._glossary is None:
            raise ContentError("there are no terms to link", hint="they are listed in glossary.toml")
        return self._glossary.reference(_defined(name), words)

    def _words(self, kind: str, text: str) -> Markup:
        return self._keep(kind, self._press.markdown(text), text)

    def _keep(self, kind: str, content: object, source: str = "") -> Markup:
        return token(self.blocks, Block(kind, content, source))

    def _place(self, id: str, caller: Callable | None, caption: dict, is_lead: bool) -> Markup:
        _check_caption(id, caption)
        try:
            data = self._figures[id]
        except KeyError:
            raise ContentError(f"there is no figure `{id}`", hint=suggest(id, self._figures)) from None
        if any(figure.id == id for figure in self.placed):
            raise ContentError(f"figure `{id}` is on this page twice")
        text = caller() if caller else ""
        words = Caption(**caption, description=self._press.markdown(text) if caller else "")
        figure = compose(data, words, len(self.placed) + 1, self._render, is_lead)
        if figure.placeholder is not None:
            self.left_out += [] if data.rows else [figure]
            return Markup("")
        self.placed.append(figure)
        return self._keep("figure", figure, text)


def _check_caption(id: str, caption: Mapping[str, object]) -> None:
    known = {field.name: field for field in fields(Caption) if field.name != "description"}
    for name, value in caption.items():
        if name not in known:
            hint = suggest(name, known) or f"known: {', '.join(known)}"
            raise ContentError(f"`{name}` is not a part of figure `{id}`", hint=hint)
        _defined(value)
    for name, field in known.items():
        if name not in caption and field.default is MISSING and field.default_factory is MISSING:
            raise ContentError(f"figure `{id}` has no `{name}`")


def _defined(value: object) -> object:
    if isinstance(value, Undefined):
        str(value)
    return value


def _inline(html: Markup) -> Markup:
    text = html.strip()
    return Markup(text.removeprefix("<p>").removesuffix("</p>")) if text.count("<p>") == 1 else html
