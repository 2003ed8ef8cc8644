"""The rows of a figure as series: values safe to draw, gaps where a year has none, computed and published."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyarrow as pa

from report.charts.toolkit import theme
from report.charts.toolkit.theme import Variant
from report.core.columns import of_half

_NO_XML = "\ufffe\uffff"

Points = Sequence[tuple[float, float | None]]


def records(rows: pa.Table) -> list[dict[str, Any]]:
    """The rows as dicts safe to draw: decimals as floats, no NaN or infinity, no control characters."""
    return [{name: _safe(value) for name, value in row.items()} for row in rows.to_pylist()]


@dataclass(frozen=True)
class Role:
    """One of two columns of the same measure: `key` "computed" or "published", its name and its colour."""

    key: str
    name: str
    colour: str
    is_main: bool

    @property
    def word_colour(self) -> str:
        """Colour of the series' name."""
        return theme.word_colour(self.colour)

    @property
    def partial(self) -> str:
        """The column that says which of the series' years was not over."""
        return "is_partial" if self.key == "computed" else f"is_{self.key}_partial"

    def column(self, measure: str, bare: bool = False) -> str:
        """Column of a measure; with `bare`, the computed column has no prefix."""
        return measure if bare and self.key == "computed" else of_half(self.key, measure)


def yearly(rows: Sequence[Mapping[str, Any]], field: str, partial: str = "is_partial") -> tuple[Points, Points]:
    """Points of whole years, with years that have no row as gaps; and that of a last year that isn't over.

    Args:
        rows: one row per year (`release_year`, the field, and `partial` where the query says it).
        partial: the column that says which year of the field's series was not over.
    """
    values = {row["release_year"]: row[field] for row in rows}
    last = max((year for year, value in values.items() if value is not None), default=None)
    unfinished = {row["release_year"] for row in rows if row.get(partial)} & {last}
    over = [year for year in values if year not in unfinished]
    span = range(min(over), max(over) + 1) if over else range(0)
    whole = [(year, None if year in unfinished else values.get(year)) for year in span]
    return whole, [(year, values[year]) for year in unfinished]


def known(points: Points) -> list[tuple[float, float]]:
    """The points that have a y."""
    return [(x, y) for x, y in points if y is not None]


def longest_run(points: Points) -> list[tuple[float, float]]:
    """The longest stretch of points without a gap: where a line's name belongs."""
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in points:
        if y is None:
            runs.append([])
        else:
            runs[-1].append((x, y))
    return max(runs, key=len)


def roles(variant: Variant, has: Callable[[str], bool]) -> list[Role]:
    """Computed and published, the main one first; a column without values has no role.

    Args:
        has: whether "computed" or "published" has any value.

    In a synthetic edition the published series is the main one and the computed one stands back.
    """
    computed = variant.say("synthetic_series" if variant.is_synthetic else "computed")
    order = [("computed", computed), ("published", variant.say("published"))]
    if variant.is_synthetic:
        order.reverse()
    there = [(key, name) for key, name in order if has(key)] or order[:1]
    beside = theme.CONTEXT if variant.is_synthetic else theme.INK
    return [Role(key, name, theme.ACCENT if rank == 0 else beside, rank == 0) for rank, (key, name) in enumerate(there)]


def _safe(value: Any) -> Any:
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, str):
        return "".join(char for char in value if unicodedata.category(char) not in ("Cc", "Cs") and char not in _NO_XML)
    return value
