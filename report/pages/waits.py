"""What a public page leaves out, since nobody has counted it, and where links to a finding without a page lead."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from report.pages.layout import Row, Section, insert_before
from report.pages.markup import Heading
from report.results.figure_data import FigureData

# It ends the argument of a page: what follows defines, checks and limits.
BEFORE = ("definitions", "definition-checks", "what-this-cant-tell", "strengths-and-limits")
ADDRESS = r'((?:href="|\]\())({})\.(?:html|md)(?:#[^"\s)]*)?(?=["\s)])'


@dataclass(frozen=True)
class Waiting:
    """A figure that takes the archive: its title, its measure where the title does not say it, its place elsewhere.

    Attributes:
        href: the same figure of the demonstration; "" where there is none.
    """

    title: str
    measure: str
    href: str


def measure_of(subtitle: object) -> str:
    """What a figure measures: the first sentence of its subtitle."""
    return str(subtitle).partition(". ")[0].rstrip(".")


def place_of(demo: str, finding: str, anchor: str) -> str:
    """Where a figure is in the demonstration at `demo`; "" where there is none."""
    return f"{demo}{finding}.html#{anchor}" if demo else ""


def insert_waiting(sections: list[Section], found: Sequence[Waiting], title: Markup) -> None:
    """Say where a page's argument ends what the archive would add."""
    there = [section.heading.id for section in sections if section.heading]
    before = next((id for id in there if id in BEFORE), "")
    insert_before(sections, before, Section(Heading(title, "still-open"), [Row("adds", found)]))


def without_page(figures: Mapping[str, FigureData]) -> set[str]:
    """Those findings of whose figures none can be drawn: they have no page of a public report."""
    return {data.finding for data in figures.values()} - {
        data.finding for data in figures.values() if data.rows and not data.absent
    }


def redirected(text: str, stems: Collection[str]) -> str:
    """HTML or Markdown whose links to findings without a page lead to where the front page lists them."""
    if not stems:
        return text
    return re.sub(ADDRESS.format("|".join(sorted(stems))), r"\1index.html#waits-\2", text)
