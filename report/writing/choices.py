"""Every choice of a finding with all its lines, as they read with numbers: for a writer to look through."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from report.core.columns import meaning
from report.core.kinds import ARCHIVE, KINDS
from report.writing.book import Book
from report.writing.page import Choice, Line
from report.writing.voice import COMPUTED, Ground, Voice

EDITIONS = (*KINDS, "published")
MISSING = "…"
WIDTH = 26


def said(book: Book, stem: str) -> Iterator[str]:
    """Every choice of the page and of its figures, a line each; those that depend on nothing are left out."""
    for page in (book.page(stem), book.figures(stem)):
        place = ""
        for name, choice in page.choices():
            if len(choice) == 1 and not choice[0].is_open:
                continue
            if name != place:
                place = name
                yield ""
                yield f"== {page.name}: {name} =="
            yield f"{choice[0].where.rpartition(':')[2]}:"
            for line in choice:
                yield from (f"  {label:<{WIDTH}} {text}" for label, text in _lines(book, stem, line, choice))


def _lines(book: Book, stem: str, line: Line, choice: Choice) -> Iterator[tuple[str, str]]:
    examples = _examples(book, stem, line)
    mark = "! " if line.asserts else ""
    for case in line.cases or ("",):
        facts = dict(book.facts)
        owner, _, of = line.of.rpartition(".")
        owner = owner or stem
        if case in examples:
            held = book.cases(owner).outcomes(book.facts[owner]).get(of) if owner in book.facts else None
            # The edition's own numbers where they fit, or those of an example.
            facts[owner] = {**facts[owner], **({} if held == case else examples[case])}
        kind = case if line.of == "edition" else ARCHIVE
        text = _say(book, stem, line, facts, kind)
        label = f"[{line.of}: {case}]" if case else f"[{line.of}]" if line.of else "~" if line is not choice[0] else ""
        yield mark + label, text


def _examples(book: Book, stem: str, line: Line) -> Mapping[str, Mapping]:
    owner, _, of = line.of.rpartition(".")
    return book.cases(owner or stem).examples(of) if line.cases and line.of != "edition" else {}


def _say(book: Book, stem: str, line: Line, facts: Mapping, kind: str) -> str:
    """The line in this kind of edition, or in the first kind that has the words that it takes."""
    drawn = {block.name: at for at, block in enumerate(book.page(stem).blocks, 1) if block.kind == "figure"}
    for each in dict.fromkeys((kind, *EDITIONS)):
        voice = Voice(book.language, Ground(each, facts, book.ground(each).bases, book.ground(each).cases), stem, drawn)
        if all(name in voice.words for name, _ in line.facts if name in ("here", "Here", "reserve", "agreement")):
            break
    plain = Line(line.text, line.where)
    return str(voice.say(plain, MISSING))


def listed(book: Book, stem: str) -> Iterator[str]:
    """The facts of a finding: name, meaning, basis, and the value in this edition."""
    bases, facts = book.bases(stem), book.facts[stem]
    used = {
        name
        for page in (book.page(stem), book.figures(stem))
        for _, choice in page.choices()
        for line in choice
        for name, _ in line.facts
    }
    width = max(map(len, facts))
    for name, value in facts.items():
        found = meaning(name)
        says = found.says or found.kind if found else ""
        shown = "not known" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
        mark = "*" if name in used else " "
        yield f"{mark} {name:<{width}}  {shown:<14} {bases.get(name, COMPUTED):<10} {says}"
    yield ""
    yield "* stands on the page. What is computed answers in an edition of the archive, and illustrates in others;"
    yield "what is published or external is the same in every edition."
