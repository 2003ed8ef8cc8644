"""The ledger as it is written: content/claims.toml, which has no language, and the words of each claim in one.

A claim is a sentence as it was said. It has one test, its own, or several, each a table of its own that names the claim
it is `of`. A test is decided by case sets over the facts of one finding, as pages ask them; what follows where none
decides is its `otherwise`. Claims become pages of a book, so that their words are read, checked and said as others are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from report.core.entries import check_keys, read_toml
from report.core.errors import ContentError
from report.core.facts import suggest
from report.writing.book import SITE, Book
from report.writing.page import Page
from report.writing.parity import OF

VERDICTS = (
    "holds", "holds in part", "not contradicted", "does not hold", "comes from elsewhere", "cannot be tested here",
)  # fmt: skip
HOLDS, IN_PART, OPEN, NOT, ELSEWHERE, UNTESTED = VERDICTS
# A verdict by the case of a set that gives it; any other case, such as `chance`, leaves it open.
CASES = {"holds": HOLDS, "part": IN_PART, "open": OPEN, "not": NOT}
# By the basis of what decides, the first that is known.
SETS = ("computed", "published", "external", "subset")
# Why a claim cannot be tested here: its metadata could settle it, no metadata could, or there is nothing to test.
REASONS = ("archive", "never", "opinion")
SOURCES = ("post", "announcement", "both")
FILE = "claims.toml"
OF_CLAIMS = ("source", "date", "links")
OF_TESTS = ("finding", "figure", "facts", "written", "known", "otherwise", *SETS)
NEEDED = ("title",)


@dataclass(frozen=True)
class Rule:
    """A test and what decides it.

    Attributes:
        about: whose facts it asks, a finding's.
        written: the day when it was written, ISO, or "" of what has no test.
        known: the published series that were known then, by name.
        otherwise: "elsewhere", or one of REASONS.
        bases: those of SETS that it has.
    """

    id: str
    finding: str
    figure: str
    about: str
    written: str
    known: tuple[str, ...]
    otherwise: str
    bases: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class Claim:
    """A sentence as it was said: `links` are names of addresses where it, or what decides it, can be read."""

    id: str
    source: str
    date: str
    links: tuple[str, ...]
    rules: tuple[Rule, ...]
    where: str


def read_claims(book: Book) -> list[Claim]:
    """The claims in the order of their file; each claim and test becomes a page of the book, by its name.

    Raises:
        ContentError: a file is missing or no TOML, a key is missing or wrong, or a claim has no words.
    """
    where = f"{book.content.name}/{FILE}"
    tables = read_toml(book.content / FILE, where)
    if not tables:
        raise ContentError("the ledger of claims is missing", where, "a claim is a table, by its name")
    words = _words(book)
    parts: dict[str, list[str]] = {}
    for name, table in tables.items():
        place = f"{where} [{name}]"
        if not isinstance(table, dict):
            raise ContentError(f"`{name}` is no claim", where, "a claim is a table, by its name")
        if name in book.facts:
            raise ContentError(f"`{name}` is the name of a finding", place, "give the claim another")
        is_part = "of" in table
        check_keys(table, (*(("of",) if is_part else OF_CLAIMS), *OF_TESTS), place, () if is_part else OF_CLAIMS[:2])
        if is_part and "source" not in tables.get(str(table["of"]), {}):
            raise ContentError(f"`{table['of']}` is no claim", place, suggest(str(table["of"]), tables))
        if name not in words:
            raise ContentError(f"`{name}` has no words", place, f"write them below `## {name}`")
        parts.setdefault(str(table.get("of", name)), []).append(name)
    for name in words.keys() - tables.keys():
        raise ContentError(f"`{name}` is no claim", words[name].name, suggest(name, tables))
    return [_claim(name, tables, parts[name], words, where, book) for name in parts]


def _claim(name: str, tables: Mapping, parts: list[str], words: Mapping[str, Page], file: str, book: Book) -> Claim:
    table, where = tables[name], f"{file} [{name}]"
    if table["source"] not in SOURCES:
        raise ContentError(f"`{table['source']}` is not a source", where, f"it is one of {', '.join(SOURCES)}")
    if not isinstance(table["date"], date):
        raise ContentError(f"`{table['date']}` is not a date such as 2025-12-23", where)
    rules = [_rule(part, {"finding": table.get("finding", ""), **tables[part]}, words[part], file, book)
             for part in parts if part != name or "otherwise" in table or set(SETS) & set(table)]  # fmt: skip
    if not rules:
        raise ContentError("nothing decides this claim", where, f"give {', '.join(SETS)} or `otherwise`")
    if name not in [rule.id for rule in rules]:
        book.also(name, table.get("finding") or SITE, {}, where, words[name])
    return Claim(name, table["source"], table["date"].isoformat(), tuple(table.get("links", ())), tuple(rules), where)


def _rule(name: str, table: Mapping, page: Page, file: str, book: Book) -> Rule:
    where = f"{file} [{name}]"
    about = table.get("facts") or table["finding"] or SITE
    if about not in book.facts:
        raise ContentError(f"`{about}` has no facts", where, suggest(about, book.facts))
    otherwise = table.get("otherwise", REASONS[0])
    if otherwise not in ("elsewhere", *REASONS):
        raise ContentError(f"`{otherwise}` is not known", where, f"elsewhere, {', '.join(REASONS)}")
    sets = {basis: table[basis] for basis in SETS if basis in table}
    for basis, cases in sets.items():
        if not isinstance(cases, dict) or not all(isinstance(text, str) for text in cases.values()):
            raise ContentError(f"`{basis}` is no set of cases", where, f'such as holds = "…"; {", ".join(CASES)}')
        if not CASES.keys() & cases.keys():
            raise ContentError(f"no case of `{basis}` gives a verdict", where, f"{', '.join(CASES)} do")
    book.also(name, about, sets, where, page)
    texts = {key: str(table.get(key, "")) for key in ("finding", "figure", "written")}
    return Rule(name, about=about, known=tuple(table.get("known", ())), otherwise=otherwise, bases=tuple(sets),
                where=where, **texts)  # fmt: skip


def _words(book: Book) -> dict[str, Page]:
    """The words of each claim and test: slots below `## name`, in any file of `<language>/claims/`."""
    found: dict[str, Page] = {}
    for page in book.claims.values():
        own: dict[str, Page] = {}
        for slot, choices in page.slots.items():
            name, _, slot = slot.rpartition(".")
            if (name, slot) == ("", OF):
                continue
            own.setdefault(name, Page(page.name)).slots[slot] = choices
        for name in own:
            if name in found:
                raise ContentError(f"the words of `{name}` are there twice", page.name, f"also in {found[name].name}")
        for first in [*own.values()][:1]:
            first.problems += page.problems
        found |= own
    return found
