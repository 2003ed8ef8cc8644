"""Rules that a query's result keeps: each finds the rows that break it.

A rule is about a result of columns and rows as a page shows them: numbers, text, booleans, ISO dates, None where
unknown. None breaks no rule but those that ask for it: what is not stated is not wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from itertools import pairwise
from typing import Protocol

from report.core.columns import meaning

Row = Mapping[str, object]

# Shares are quotients of integers: what is off by more is wrong, not rounded.
TOLERANCE = 1e-9
STEP = re.compile(r"([-+=]?) *(\w+)")
NO_BOUNDS = (None, None)


@dataclass(frozen=True)
class Breach:
    """What is wrong, and the row that is; None where it is the result as a whole."""

    said: str
    row: Row | None = None


class Rule(Protocol):
    """One rule; `columns` are those it speaks of, where a `*` stands for any letters."""

    @property
    def columns(self) -> Sequence[str]: ...

    def breaches(self, rows: Sequence[Row], bounds: Mapping[str, object]) -> Iterator[Breach]:
        """What breaks the rule, in the order of the rows.

        Args:
            bounds: values of the names that a range may end in, None where unknown.
        """
        ...


@dataclass(frozen=True)
class Key:
    """No two rows have the same values in these columns, and none of them is unknown."""

    columns: Sequence[str]

    def breaches(self, rows: Sequence[Row], _: Mapping[str, object]) -> Iterator[Breach]:
        seen = set()
        for row in rows:
            key = tuple(row[column] for column in self.columns)
            if None in key:
                yield Breach(f"`{self.columns[key.index(None)]}` is unknown, and it is part of the key", row)
            elif key in seen:
                yield Breach("another row has this key", row)
            seen.add(key)


@dataclass(frozen=True)
class RowCount:
    """The number of rows lies in one of the ranges."""

    ranges: Sequence[tuple[int, int | None]]
    columns: Sequence[str] = ()

    def breaches(self, rows: Sequence[Row], _: Mapping[str, object]) -> Iterator[Breach]:
        if not any(low <= len(rows) and (high is None or len(rows) <= high) for low, high in self.ranges):
            yield Breach(f"there are {len(rows):,} rows")


@dataclass(frozen=True)
class Order:
    """Each row comes after the one before it: by the first column, then the second; what is unknown comes last."""

    by: Sequence[tuple[str, bool]]

    @property
    def columns(self) -> Sequence[str]:
        return [column for column, _ in self.by]

    def breaches(self, rows: Sequence[Row], _: Mapping[str, object]) -> Iterator[Breach]:
        for before, row in pairwise(rows):
            if not self._is_after(before, row):
                yield Breach("this row is not in its place", row)

    def _is_after(self, before: Row, row: Row) -> bool:
        for column, is_falling in self.by:
            left, right = before[column], row[column]
            if left == right:
                continue
            if left is None or right is None:
                return right is None
            return (left > right) if is_falling else (left < right)
        return False


@dataclass(frozen=True)
class Known:
    """No value of these columns is unknown."""

    columns: Sequence[str]

    def breaches(self, rows: Sequence[Row], _: Mapping[str, object]) -> Iterator[Breach]:
        named = [name for pattern in self.columns for name in matching(pattern, rows[0] if rows else ())]
        yield from _unknown(rows, named)


@dataclass(frozen=True)
class KnownBut:
    """No value is unknown, other than of these columns."""

    columns: Sequence[str] = ()

    def breaches(self, rows: Sequence[Row], _: Mapping[str, object]) -> Iterator[Breach]:
        excepted = {name for pattern in self.columns for name in matching(pattern, rows[0] if rows else ())}
        yield from _unknown(rows, [name for name in rows[0] if name not in excepted] if rows else [])


@dataclass(frozen=True)
class Within:
    """Values lie from `low` to `high`; either may be a number, an ISO date, the name of a bound, or None."""

    column: str
    low: object
    high: object

    @property
    def columns(self) -> Sequence[str]:
        return [self.column]

    def breaches(self, rows: Sequence[Row], bounds: Mapping[str, object]) -> Iterator[Breach]:
        low, high = (bounds.get(end, end) if isinstance(end, str) else end for end in (self.low, self.high))
        columns = matching(self.column, rows[0]) if rows else []
        for row in rows:
            for column in columns:
                value = row[column]
                if value is not None and not is_within(value, low, high):
                    yield Breach(f"`{column}` is {shown(value)}, not within {_range(low, high)}", row)


@dataclass(frozen=True)
class OneOf:
    """Values of a column are among those listed."""

    column: str
    values: Sequence[str]

    @property
    def columns(self) -> Sequence[str]:
        return [self.column]

    def breaches(self, rows: Sequence[Row], _: Mapping[str, object]) -> Iterator[Breach]:
        for row in rows:
            value = row[self.column]
            if value is not None and str(value) not in self.values:
                yield Breach(f"`{self.column}` is {shown(value)}, which is not listed", row)


@dataclass(frozen=True)
class SumsTo:
    """The known values of a column come to `total`, in each group of rows that has any."""

    column: str
    total: float
    per: Sequence[str] = ()
    is_at_most: bool = False
    tolerance: float = TOLERANCE

    @property
    def columns(self) -> Sequence[str]:
        return [self.column, *self.per]

    def breaches(self, rows: Sequence[Row], _: Mapping[str, object]) -> Iterator[Breach]:
        sums: dict[tuple, float] = {}
        for row in rows:
            if row[self.column] is not None:
                group = tuple(row[column] for column in self.per)
                sums[group] = sums.get(group, 0) + row[self.column]
        for group, found in sums.items():
            if found > self.total + self.tolerance or not (self.is_at_most or found >= self.total - self.tolerance):
                row = dict(zip(self.per, group, strict=True)) or None
                yield Breach(f"`{self.column}` comes to {found:.6g}", row)


@dataclass(frozen=True)
class Holds:
    """What two sums of columns are to each other: `tracks + left_out = tracks_in`."""

    left: Sequence[str]
    sign: str
    right: Sequence[str]

    @property
    def columns(self) -> Sequence[str]:
        return [*self.left, *self.right]

    def breaches(self, rows: Sequence[Row], _: Mapping[str, object]) -> Iterator[Breach]:
        for row in rows:
            if any(row[column] is None for column in self.columns):
                continue
            left, right = (sum(row[column] for column in side) for side in (self.left, self.right))
            is_equal = abs(left - right) <= TOLERANCE * max(1, abs(left), abs(right))
            is_below = left < right and not is_equal
            if not {"=": is_equal, "<": is_below, "<=": is_below or is_equal}[self.sign]:
                yield Breach(f"{shown(left)} {self.sign} {shown(right)} does not hold", row)


def by_name(columns: Sequence[str]) -> list[Within]:
    """The ranges that the names of columns promise."""
    named = [(column, meaning(column)) for column in columns]
    return [
        Within(column, each.low, each.high) for column, each in named if each and (each.low, each.high) != NO_BOUNDS
    ]


def matching(pattern: str, columns: Sequence[str] | Row) -> list[str]:
    """The columns that a name, or a pattern with `*`, speaks of."""
    return [column for column in columns if fnmatchcase(column, pattern)]


def is_within(value: object, low: object, high: object) -> bool:
    """Whether a value lies in a range; a text is in no range of numbers, a number in none of dates."""
    ends = [end for end in (low, high) if end is not None]
    if any(isinstance(end, str) != isinstance(value, str) for end in ends):
        return False
    slack = "" if isinstance(value, str) else TOLERANCE
    return (low is None or value + slack >= low) and (high is None or value <= high + slack)


def _unknown(rows: Sequence[Row], columns: Sequence[str]) -> Iterator[Breach]:
    for row in rows:
        for column in columns:
            if row[column] is None:
                yield Breach(f"`{column}` is unknown", row)


def _range(low: object, high: object) -> str:
    return f"{'' if low is None else low}..{'' if high is None else high}"


def shown(value: object) -> str:
    """A value as an error shows it: short."""
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def denominators_of(text: str) -> list[list[tuple[str, str]]]:
    """The denominators of a `denominator`, separated by `;`: pairs of sign and fact, from those in to those used.

    Raises:
        ValueError: how the line would have to read.
    """
    parts = [part for part in text.split(";") if part.strip()]
    denominators = [STEP.findall(part) for part in parts]
    for part, denominator in zip(parts, denominators, strict=True):
        signs = [sign for sign, _ in denominator]
        is_read = "".join(f"{sign}{fact}" for sign, fact in denominator) == re.sub(r"\s+", "", part)
        is_sum = len(denominator) == 1 or (signs[-1] == "=" and not {"", "="} & {*signs[1:-1]})
        if not (is_read and is_sum) or signs[0]:
            raise ValueError("it reads like this: tracks_in - tracks_without_year = tracks_with_year")
    return denominators
