"""Findings whose words are written by language (report/writing/), as the site's pages have them."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from markupsafe import Markup, escape

from report.claims.check import claim_problems
from report.core.kinds import Standing, standing_of
from report.core.texts import LANGUAGE
from report.figures.figure import Caption, Figure, Images, compose
from report.pages.blocks import Block, Source
from report.pages.context import SiteContext
from report.pages.findings import Finding, is_absent, spark_of
from report.pages.laying import Laying
from report.pages.markup import Piece, Press
from report.pages.sources import Listed
from report.pages.undrawn import named, waiting_in
from report.pages.waits import Waiting
from report.results.figure_data import FigureData, basis_tags
from report.writing.book import SITE, TOTALS, Book
from report.writing.page import KEY_NUMBER, Line
from report.writing.review import definition_faults, problems_of, tell
from report.writing.voice import Said, Voice, say_blocks

# Lists that stand side by side, by the anchor of the heading above them.
PAIR = ("strengths", "limits")
LIMITS = "limits"


@dataclass(frozen=True)
class Laid:
    """A page's body: its pieces, its Markdown, the figures on it, and those that a public page would have."""

    pieces: list[Piece]
    source: Source
    figures: list[Figure]
    waiting: list[Waiting]


class Written:
    """The findings that are written by language, in one edition.

    Args:
        book: their words, over the edition's facts.
        figures, render, edition: as of the site.
        says_why: whether each sentence has beside it what it hangs on.
    """

    def __init__(
        self,
        book: Book,
        standing: Standing,
        press: Press,
        figures: Mapping[str, FigureData],
        render: Callable[[str], Images],
        edition: Mapping,
        says_why: bool = False,
    ) -> None:
        self._book, self._standing, self._press = book, standing, press
        self._figures, self._render, self._edition, self._says_why = figures, render, edition, says_why
        self._ground = book.ground(standing.kind, standing.is_part)

    @property
    def stems(self) -> list[str]:
        return self._book.stems

    @cached_property
    def phrases(self) -> set[str]:
        """The phrases of definitions that these pages need.

        Raises:
            ContentError: the first problem of their words, with all others below it.
        """
        found, used = problems_of(self._book, self._figures)
        more, also = claim_problems(self._book)
        tell([*found, *more, *definition_faults(self._book, used | also)])
        return used | also

    @cached_property
    def pages(self) -> list[Listed]:
        """The findings as the list of all pages has them."""
        orders = {stem: self._book.shape(stem).get("order", 0) for stem in self.stems}
        return [Listed(stem, f"content/{LANGUAGE}/findings/{stem}.md", order) for stem, order in orders.items()]

    @cached_property
    def others(self) -> list[Listed]:
        """The pages that are no findings, as the list of all pages has them."""
        found = []
        for stem in self._book.others:
            nav, order = str(self.phrase(stem, "nav")), self._book.orders.get(stem, 0)
            called = nav or str(self.phrase(stem, "title"))
            found.append(Listed(stem, f"content/{LANGUAGE}/{stem}.md", order, nav, called))
        return found

    @property
    def opens(self) -> list[str]:
        """The claims that the front page opens with."""
        return self._book.front

    def finding(self, stem: str, number: int, has_page: bool = True) -> Finding:
        """A finding as other pages show it."""
        voice, page, shape = self._voice(stem), self._book.page(stem), self._book.shape(stem)
        said = {name: _plain(voice.slot(page, name)) for name in ("title", "question", "short", "summary", "listing")}
        headline = [line for name in ("title", "listing") for _, line in voice.lines(page, name)[:1]]
        tags = basis_tags(next(filter(None, map(voice.bases, headline)), []), self._standing.is_synthetic)
        numbers = [self._number(voice, line) for _, line in voice.lines(page, "numbers")]
        sparks = [{**entry, "caption": voice.slot(page, f"spark_{entry['basis']}")} for entry in shape.get("spark", [])]
        name, facts = f"content/findings/{stem}.toml", self._book.facts[stem]
        spark = spark_of(sparks, name, facts, self._figures, self._standing.decides, tags) if has_page else None
        return Finding(
            stem=stem,
            number=number,
            tags=tags,
            numbers=numbers,
            lacks=[part for part in shape.get("needs", []) if is_absent(part, self._edition)],
            spark=spark,
            waits="" if spark else _plain(voice.slot(page, "waits")),
            has_page=has_page,
            **said,
        )

    def laid_out(self, stem: str, placed: Mapping[str, Block] | None = None, demo: str = "") -> Laid:
        """The body of a page; `placed` is what a page that is no finding can place by name, beside figures."""
        placed = placed or {}
        voice, page = self._voice(stem, placed), self._book.page(stem)
        is_whole = stem in self.stems and not self._standing.is_real
        said = [*say_blocks(page, voice), *(named(self._book, stem, voice) if is_whole else ())]
        laying, figures, special = Laying(self._press, said), [], ""
        for each in said:
            text = _markdown(each)
            if each.kind == "heading" and each.name in PAIR:
                special = each.name
            elif each.kind == "heading" and each.level == 2:
                special = ""
                laying.heading(text, each.name)
            elif each.kind == "figure" and each.name in placed:
                laying.block(placed[each.name].kind, placed[each.name].content)
            elif each.kind == "figure":
                figures.append(self._figure(stem, each, voice))
                laying.block("figure", figures[-1], text)
            elif each.kind == "list" and special:
                if special == LIMITS and "limit" in voice.words:
                    text += f"\n- {voice.words['limit']}"
                laying.block(special, laying.converted(text), text)
                special = ""
            elif each.kind == "aside":
                laying.block("aside", laying.converted(text), text)
            elif each.kind == "note":
                laying.note(each.name, text)
            else:
                laying.text(text)
        waiting = waiting_in(self._book, self._figures, stem, voice, demo) if self._standing.is_real else []
        return Laid(laying.pieces, laying.source(), figures, waiting)

    def phrase(self, stem: str, name: str) -> Markup:
        """A slot of a page, as text."""
        return _plain(self._voice(stem, {}).slot(self._book.page(stem), name))

    def slots(self, stem: str) -> dict[str, Markup]:
        """All that a page says in slots, as text, by their names."""
        return {name: self.phrase(stem, name) for name in self._book.page(stem).slots}

    def tell(self, facts: Mapping[str, object]) -> None:
        """Make known facts of the build itself."""
        self._book.facts[SITE].update(facts)

    def _voice(self, stem: str, placed: Mapping[str, Block] | None = None) -> Voice:
        named = [block.name for block in self._book.page(stem).blocks if block.kind == "figure"]
        drawn = [name for name in named if name in (placed or {}) or self._is_drawn(_id(stem, name))]
        # What is no figure has no number.
        numbers = {name: at for at, name in enumerate((each for each in drawn if each not in (placed or {})), 1)}
        return Voice(
            self._book.language,
            self._ground,
            self._book.facts_of(stem),
            dict.fromkeys(drawn, 0) | numbers,
            self._says_why,
        )

    def _is_drawn(self, id: str) -> bool:
        return id in self._figures and bool(self._figures[id].rows) and not self._figures[id].absent

    def _number(self, voice: Voice, line: Line) -> dict[str, object]:
        found = KEY_NUMBER.fullmatch(line.text)
        parts = {"value": found[1], "unit": found[4], "label": found[5]}
        said = {key: _plain(voice.say(replace(line, text=text)).strip()) for key, text in parts.items()}
        return {**said, "tags": basis_tags(voice.bases(line), self._standing.is_synthetic)}

    def _figure(self, stem: str, said: Said, voice: Voice) -> Figure:
        data, words = self._figures[_id(stem, said.name)], self._book.figures(stem)
        labels, facts = self._book.language.labels, self._book.facts[data.finding]
        slots = {name: _plain(voice.slot(words, f"{said.name}.{name}")) for name in ("title", "subtitle", "alt")}
        steps = self._book.language.labels_of("steps", data.id)
        known = [
            denominator for denominator in data.denominators if all(facts[fact] is not None for _, fact in denominator)
        ]
        sample = _plain(voice.slot(words, f"{said.name}.n"))
        if not sample and known and data.units:
            last = facts[known[0][-1][1]]
            sample = self._book.language.as_of(last, *labels["units"][data.units[0]])
        caption = Caption(
            **slots,
            denominator=[
                [(steps[fact], -facts[fact] if sign == "-" else facts[fact]) for sign, fact in each] for each in known
            ],
            columns=self._book.language.labels_of("columns", data.id),
            description=self._press.markdown(_markdown(said)) if said.texts else "",
            counted=sample or None,
        )
        return compose(data, caption, voice.figures[said.name], self._render, is_lead=stem not in self.stems)


def written_in(context: SiteContext, press: Press, edition: Mapping, totals: Mapping, site: Mapping) -> Written:
    """What is written, checked. `site`: facts of the build itself.

    Raises:
        ContentError: the first problem of the words, with all others below it.
    """
    facts = {**context.facts.as_dict(), TOTALS: dict(totals), SITE: dict(site)}
    book = Book(context.content, context.settings.queries, LANGUAGE, facts, context.store)
    says_why = getattr(context.settings, "why", False)
    found = Written(book, standing_of(edition), press, context.figures, context.render, edition, says_why)
    _ = found.phrases
    return found


def _id(stem: str, name: str) -> str:
    """The figure that a page places: another finding's has its finding before it."""
    return name if "/" in name else f"{stem}/{name}"


def _markdown(said: Said) -> str:
    if said.kind == "list":
        return "\n".join(f"- {text}" for text in said.texts)
    if said.kind == "table":
        return "\n".join(said.texts)
    text = " ".join(said.texts)
    return f"{'#' * said.level} {text}" if said.kind == "heading" and said.level > 2 else text


def _plain(said: str) -> Markup:
    """Words of a headline: what they hold of HTML or Markdown is shown, not applied."""
    return Markup(escape(html.unescape(said)))
