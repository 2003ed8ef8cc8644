"""The pages there are: findings in the order they give, the others in that of the navigation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from report.core.errors import ContentError
from report.core.texts import LANGUAGE

FRONT = "index"
# Addresses of pages that no file in content/ makes.
TAKEN = ("404", "search")


@dataclass(frozen=True)
class Listed:
    """A page as the list of all has it.

    Attributes:
        name: its file as errors print it.
        order: its place among the findings, or in the navigation.
        nav: its name there; "" where it is not.
        called: what other pages call it.
    """

    stem: str
    name: str
    order: int
    nav: str = ""
    called: str = ""


def in_order(findings: Sequence[Listed]) -> list[Listed]:
    """Findings in their order."""
    return sorted(findings, key=lambda page: (page.order, page.stem))


def check_others(others: Sequence[Listed], content: Path, needed: Mapping[str, bool]) -> list[Listed]:
    """The pages that are no findings, the front page first, then in the order of the navigation.

    Args:
        needed: stem -> whether the site leads to it; one that it does not lead to is left out.

    Raises:
        ContentError: a page is missing, or has the address of another.
    """
    there = [page for page in others if needed.get(page.stem, True)]
    for stem in sorted(stem for stem, is_needed in needed.items() if is_needed):
        if stem not in {page.stem for page in there}:
            raise ContentError("this page is missing", f"{content.name}/{LANGUAGE}/{stem}.md", "the site leads to it")
    for page in there:
        if page.stem in TAKEN or (content / LANGUAGE / f"findings/{page.stem}.md").exists():
            raise ContentError(f"there is another page at {page.stem}.html", page.name, "give the file another name")
    return sorted(there, key=lambda page: (page.stem != FRONT, page.order, page.stem))
