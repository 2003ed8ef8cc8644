"""Ranges of a SQLite table's rowids, and what SQLite itself counts in each."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from report.sources.schema import Column
from report.sources.sqlite.database import UnfitError, read

# What a killed import loses is at most one range.
RANGE = 1_000_000
MOST = 4096
# In SQLite a column's declaration is a wish: what a value really is, typeof() says. Text is read as its bytes, whatever
# it is, so no value of a text column is loose.
CONFORMING = {"integer": "('integer','null')", "real": "('real','integer','null')"}


@dataclass(frozen=True)
class Span:
    """Rowids from `first` to `last`, both included."""

    first: int
    last: int


@dataclass(frozen=True)
class Counted:
    """What SQLite itself counts in a span: rows, sums of the conforming integers, columns with other values."""

    rows: int
    sums: dict[str, int]
    loose: list[str]


def spans(con: sqlite3.Connection, table: str) -> list[Span]:
    """The ranges that cover the rowids of a table; one of nothing where it has no rows.

    Each begins at a rowid that is there, and where rowids lie far apart the ranges grow, so that there are never more
    than a few thousand.
    """
    first, last = con.execute(
        f'select (select min(_rowid_) from "{table}"), (select max(_rowid_) from "{table}")'
    ).fetchone()
    if first is None:
        return [Span(0, 0)]
    width = RANGE
    while True:
        found = [Span(first, min(first + width - 1, last))]
        while found[-1].last < last and len(found) < MOST:
            above = f'select min(_rowid_) from "{table}" where _rowid_ > {found[-1].last}'
            (start,) = con.execute(above).fetchone()
            found.append(Span(start, min(start + width - 1, last)))
        if found[-1].last == last:
            return found
        width *= 2


def between(span: Span) -> str:
    """The WHERE clause of the span."""
    return f"where _rowid_ between {span.first} and {span.last}"


def count(database: Path, table: str, columns: dict[str, Column], span: Span) -> Counted | None:
    """What SQLite counts in the span; None where an integer column may hold something else.

    A sum is an integer of integers alone, or of text that reads as integers: copying comes upon that, and upon whatever
    real columns should not hold. The driver has but one row to carry here, so it cannot lose a part.

    Raises:
        SourceError: the database is locked or damaged.
    """
    integers = _integers(columns)
    try:
        rows, *sums = _row(database, table, [f'sum("{name}")' for name in integers], span)
    except UnfitError:
        return None
    if any(isinstance(value, float) for value in sums):
        return None
    return Counted(rows, {name: value or 0 for name, value in zip(integers, sums, strict=True)}, [])


def count_loose(database: Path, table: str, columns: dict[str, Column], span: Span) -> Counted:
    """Like `count`, whatever the values are."""
    integers = _integers(columns)
    # total() is a float and sum() fails beyond 63 bits: the low and high halves are summed apart.
    halves = [
        f'coalesce(sum(case when typeof("{name}") = \'integer\' then "{name}" {half} end), 0)'
        for name in integers
        for half in ("& 4294967295", ">> 32")
    ]
    typed = {name: CONFORMING[column.kind] for name, column in columns.items() if column.kind in CONFORMING}
    others = [f'sum(typeof("{name}") not in {conforming})' for name, conforming in typed.items()]
    rows, *found = _row(database, table, [*halves, *others], span)
    summed = iter(found[: len(halves)])
    return Counted(
        rows,
        sums={name: low + (high << 32) for name, low, high in zip(integers, summed, summed, strict=True)},
        loose=[name for name, count in zip(typed, found[len(halves) :], strict=True) if count],
    )


def _integers(columns: dict[str, Column]) -> list[str]:
    return [name for name, column in columns.items() if column.kind == "integer"]


def _row(database: Path, table: str, asked: list[str], span: Span) -> list:
    """How many rows the span has, and what else is asked of them all."""
    counted = ", ".join(["count(*)", *asked])
    (row,) = zip(*read(database, f'select {counted} from "{table}" {between(span)}'), strict=True)
    return [value.as_py() for value in row]
