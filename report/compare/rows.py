"""A figure's rows before and after, compared by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from report.compare.moves import Move, move_of
from report.core.columns import only_orders
from report.core.numbers import short
from report.results.contracts import read_contract
from report.results.figure_data import FigureData

Rows = Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class FigureChange:
    """What became of one figure's rows.

    Attributes:
        id: "<finding>/<figure>".
        key: columns that tell its rows apart.
        before, after: rows there are.
        added, vanished, changed: rows by key that are new, gone, or have another value.
        largest: the number that moved furthest, its size in hundredths of the largest in its column; None where none
            did. `largest_at` is its row's key as text.
    """

    id: str
    key: Sequence[str]
    before: int
    after: int
    added: int
    vanished: int
    changed: int
    largest: Move | None = None
    largest_at: str = ""

    @property
    def is_same(self) -> bool:
        return not (self.added or self.vanished or self.changed)


def compare_rows(before: FigureData, after: FigureData) -> FigureChange:
    """Compare the rows of one figure in two editions.

    Rows of two editions belong together that have the same key, which the contract of the query names.
    """
    key = read_contract(after.sql, Path("queries", f"{after.id}.sql")).key
    old, new = _by_key(key, before.rows), _by_key(key, after.rows)
    both = [at for at in new if at in old]
    changed = [at for at in both if old[at] != new[at]]
    largest, largest_at = _largest(
        after.columns, key, {at: (old[at], new[at]) for at in changed}, [*old.values(), *new.values()]
    )
    return FigureChange(
        id=after.id,
        key=key,
        before=len(before.rows),
        after=len(after.rows),
        added=len(new) - len(both),
        vanished=len(old) - len(both),
        changed=len(changed),
        largest=largest,
        largest_at=largest_at,
    )


def _largest(
    columns: Sequence[str], key: Sequence[str], changed: Mapping[tuple, tuple], rows: Rows
) -> tuple[Move | None, str]:
    """The number that moved furthest, as a part of the largest in its column, and its row's key as text."""
    furthest, found = 0.0, None
    for name in columns:
        if name in key or only_orders(name):
            continue
        extent = max((abs(row[name]) for row in rows if _is_number(row[name])), default=0)
        for at, (old, new) in changed.items():
            if _is_number(old[name]) and _is_number(new[name]) and abs(new[name] - old[name]) > furthest * extent:
                furthest, found = abs(new[name] - old[name]) / extent, (name, at)
    if found is None:
        return None, ""
    name, at = found
    move = move_of(name, *(row[name] for row in changed[at]))
    return replace(move, size=100 * furthest), ", ".join(_part(part) for part in at)


def _part(value: object) -> str:
    return short(value) if isinstance(value, float) else str(value)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _by_key(key: Sequence[str], rows: Rows) -> dict[tuple, Mapping[str, object]]:
    return {tuple(row[name] for name in key): row for row in rows}
