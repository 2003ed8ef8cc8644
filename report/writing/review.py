"""All that is written in a language, checked at once; what was in order is kept, so that only what changed is read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial

from report.cache.code import code_of
from report.cache.store import fingerprint
from report.core.errors import ContentError
from report.core.facts import suggest
from report.results.figure_data import FigureData
from report.writing.book import Book
from report.writing.check import Check, bound
from report.writing.definitions import FILE, definition_problems, idle_problems, line_of
from report.writing.page import Problem
from report.writing.parity import label_parity, parity, stale
from report.writing.wording import Wording

# What is said beside pages, by the names that definitions have for it.
APART = ("site", "claims", "glossary")
# So many problems are shown below the first.
SHOWN = 30
# What of a language and of a finding its words depend on.
SHARED = ("site.toml", "data.toml")
OF_PAGES = ("findings/{}.md", "figures/{}.md", "{}.md", "language.toml", "labels.toml", "definitions.toml")


def problems_of(book: Book, figures: Mapping[str, FigureData]) -> tuple[list[Problem], set[str]]:
    """All that is wrong in all pages of a language, and the phrases of definitions that they need."""
    problems, used = [], set()
    for stem in (*book.stems, *book.others):
        data = [each for id, each in figures.items() if stem in book.stems and id.startswith(f"{stem}/")]
        if book.store is None:
            kept = _look(book, stem, data)
        else:
            key = fingerprint("words", stem, *_read(book, stem, data), code_of(book.store, _look))
            kept = book.store.keep_bytes(key, ".json", partial(_look, book, stem, data))
        listed, phrases = json.loads(kept)
        problems += [Problem(**each) for each in listed]
        used |= {*phrases}
    wording, site = Wording(book.language), book.site_words
    problems += site.problems
    for page, lines in (("glossary", [*book.terms()]), ("site", [line for _, each in site.choices() for line in each])):
        phrases = _phrases(book, page)
        for line in lines:
            found, needed = bound(wording, line, phrases)
            wrong = [(facts, told) for _, facts in line.facts if (told := book.language.filter_problem(facts))]
            problems += [*found, *(Problem(line.where, f"{facts}: {told[0]}", told[1]) for facts, told in wrong)]
            used |= needed
    return problems, used


def definition_faults(book: Book, used: set[str]) -> list[Problem]:
    """Definitions that define nothing, are there twice or of no page, and phrases that nothing said needs."""
    path, pages = book.content / book.code / FILE, {*(f"findings/{stem}" for stem in book.stems), *book.others, *APART}
    found = definition_problems(path, book.definitions, Wording(book.language))
    for page in (page for known in book.definitions for page in known.pages if page not in pages):
        found.append(Problem(line_of(path, page), f"there is no page `{page}`", suggest(page, pages) or ""))
    return [*found, *idle_problems(path, book.definitions, used)]


def parity_problems(one: Book, other: Book) -> list[Problem]:
    """What a language says otherwise than the one that it is translated from, and labels that it lacks."""
    found = []
    ours = [*one.stems, *one.others]
    stems = [stem for stem in (*other.stems, *other.others) if stem in ours]
    pairs = [(one.page(stem), other.page(stem)) for stem in stems]
    pairs += [(one.figures(stem), other.figures(stem)) for stem in stems if one.figures(stem).slots]
    pairs += [(page, other.claims[name]) for name, page in one.claims.items() if name in other.claims]
    for left, right in [*pairs, (one.site_words, other.site_words)]:
        found += [*parity(left, right), *stale(one.mark(left), left, right)]
    found += label_parity(one.language.labels, other.language.labels, f"{other.content.name}/{other.code}/labels.toml")
    return found


def _look(book: Book, stem: str, figures: list[FigureData]) -> bytes:
    """What is wrong with a finding's words, and the phrases that they need, as they are kept."""
    check = Check(book, stem, book.definitions)
    found = check.problems([data.name for data in figures])
    for data in figures:
        found += check.labels(data)
    return json.dumps([[vars(each) for each in found], sorted(check.used)]).encode()


def _phrases(book: Book, page: str) -> list[str]:
    return [phrase for known in book.definitions if known.is_for(page) for phrase in known.phrases]


def _read(book: Book, stem: str, figures: list[FigureData]) -> list[object]:
    paths = [book.content / book.code / name.format(stem) for name in OF_PAGES]
    paths += [book.content / name for name in (f"findings/{stem}.toml", *SHARED)]
    paths.append(book.queries / stem / "facts.sql")
    texts = [path.read_bytes() if path.is_file() else b"" for path in paths]
    named = [(data.id, *data.columns, data.denominators, data.units) for data in figures]
    return [*texts, named, json.dumps(book.facts, sort_keys=True)]


def tell(problems: list[Problem]) -> None:
    """Raises ContentError for the first problem, with all others below it."""
    if problems:
        first, *more = problems
        excerpt = [f"{each.where}: {each.message}" + (f" ({each.hint})" if each.hint else "") for each in more[:SHOWN]]
        if len(more) > SHOWN:
            excerpt.append(f"and {len(more) - SHOWN} more")
        raise ContentError(first.message, first.where, first.hint or None, excerpt)
