"""What must hold of the words of the ledger: what holds of every page, and that each verdict has its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from report.claims.ledger import CASES, FILE, NEEDED, SETS, Claim, Rule, read_claims
from report.writing.book import Book
from report.writing.check import Check
from report.writing.page import Line, Problem

# What somebody else said: its figures are the claim's, and the claim's other words may name them.
QUOTED = ("title", "quote", "english")


def claim_problems(book: Book, claims: Sequence[Claim] | None = None) -> tuple[list[Problem], set[str]]:
    """All that is wrong with the claims of a book, and the phrases of definitions that their words need.

    Args:
        claims: those of the book, if they are read; without a ledger there are none.
    """
    if claims is None:
        claims = read_claims(book) if (book.content / FILE).is_file() else []
    found, used = [], set()
    for claim in claims:
        for check in (_Words(book, name, claim) for name in dict.fromkeys((claim.id, *_ids(claim)))):
            found += check.problems()
            used |= check.used
    return found, used


def _ids(claim: Claim) -> list[str]:
    return [rule.id for rule in claim.rules]


class _Words(Check):
    """The words of one claim or test."""

    def __init__(self, book: Book, name: str, claim: Claim) -> None:
        super().__init__(book, name, book.definitions, "claims")
        self._rule: Rule | None = next((rule for rule in claim.rules if rule.id == name), None)
        self._book_cases = book.cases(name)
        pages = [book.page(each) for each in dict.fromkeys((claim.id, name))]
        choices = [choice for page in pages for slot in QUOTED for choice in page.slots.get(slot, [])]
        texts = [line.text for choice in choices for line in choice]
        said = [found.value for text in texts for found in self._wording.numbers(self._wording.masked(text)[0])]
        limits = [limit for of in self._book_cases.sets for limit in self._book_cases.constants(of, [*CASES])]
        self._said = {abs(value) for value in (*said, *limits) if value is not None}

    def problems(self) -> list[Problem]:
        page = self._page
        found = [*page.problems, *self._book_cases.problems()]
        for slot in (*NEEDED, *(("test", "why") if self._rule else ())):
            if not page.slots.get(slot):
                found.append(Problem(page.name, f"`{self.name}` has no `{slot}`", f"write it below `## {self.name}`"))
        for slot, choice in page.choices():
            for line in choice:
                found += self._facts(line)
                found += [] if slot in QUOTED else self._bound(line)
            found += self._total(choice)
        return [*found, *self._unsaid()]

    def _constants(self, line: Line) -> set[float]:
        return self._said | super()._constants(line)

    def _unsaid(self) -> Iterator[Problem]:
        """Verdicts that have no sentence of their own."""
        lines = [line for choice in self._page.slots.get("why", []) for line in choice]
        for of in SETS if self._rule else ():
            named = {case for line in lines if line.of == of for case in line.cases}
            for case in self._book_cases.sets.get(of, {}):
                if case in CASES and case not in named:
                    where = lines[0].where if lines else self._page.name
                    yield Problem(where, f"`why` says nothing for {case} of `{of}`", f"[{of}: {case}] …")
