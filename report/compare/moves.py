"""How far a number moved: its kind by its name, the size of a change, and both values as they are printed.

Sizes of different kinds are made comparable by one convention, which the page of changes states: a percentage point of
a share, a hundredth of a coefficient, a year of a date and one per cent of any other number count as equally large.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

from report.core import numbers
from report.core.columns import COEFFICIENT, COUNT, SHARE, TEXT, YEAR, kind_of
from report.core.facts import is_known

CHANGED, KNOWN, UNKNOWN = "changed", "became known", "became unknown"
# Added to the larger count, so that a handful more or less is no large change.
HANDFUL = 100
MOST_DIGITS = 6


@dataclass(frozen=True)
class Move:
    """A value before and after.

    Attributes:
        name: `<finding>.<fact>`, or the column of a figure's row.
        kind: one of columns.COLUMN_KINDS.
        status: changed, became known or became unknown.
        size: of the change, by the convention above; 0 where it has none.
        shown: the values before and after and the difference, printed.
    """

    name: str
    kind: str
    before: object
    after: object
    status: str
    size: float
    shown: tuple[str, str, str]


def move_of(name: str, before: object, after: object) -> Move | None:
    """The move of one value; None where it stayed, known or not."""
    are_known = is_known(before), is_known(after)
    if not any(are_known) or (all(are_known) and before == after):
        return None
    kind = kind_of(name, before, after)
    if not all(are_known):
        printed = (_print(kind, value, _digits(kind, value)) for value in (before, after))
        return Move(name, kind, before, after, KNOWN if are_known[1] else UNKNOWN, 0.0, (*printed, ""))
    return Move(name, kind, before, after, CHANGED, size_of(kind, before, after), _shown(kind, before, after))


def size_of(kind: str, before: float, after: float) -> float:
    """How large a change is: points, hundredths, years or per cent, as the kind has it; words have no size."""
    if kind == TEXT:
        return 0.0
    gap = abs(after - before)
    if kind in (SHARE, COEFFICIENT):
        return 100 * gap
    if kind == YEAR:
        return float(gap)
    # Of the larger of the two, so that a change from zero is a hundred per cent and the way does not matter.
    return 100 * gap / (max(abs(before), abs(after)) + (HANDFUL if kind == COUNT else 0))


def relative(before: float, after: float) -> float | None:
    """The change as a fraction of what was before; None from zero."""
    return (after - before) / abs(before) if before else None


def _shown(kind: str, before: object, after: object) -> tuple[str, str, str]:
    if kind == TEXT:
        return (_print(kind, before, 0), _print(kind, after, 0), "")
    gap = after - before
    digits = _digits(kind, gap)
    return _print(kind, before, digits), _print(kind, after, digits), _difference(kind, before, gap, digits)


def _digits(kind: str, *values: float) -> int:
    """As many decimals as show two digits of the smallest value; none where all are whole."""
    known = [abs(value * (100 if kind == SHARE else 1)) for value in values if kind != TEXT and value]
    if not known or (kind != SHARE and _are_whole(values)):
        return 1 if kind == SHARE else 0
    return min(MOST_DIGITS, max(1, 1 - floor(log10(min(known)))))


def _print(kind: str, value: object, digits: int) -> str:
    if not is_known(value):
        return numbers.MISSING
    if kind == TEXT:
        return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
    if kind == SHARE:
        return numbers.percent(value, digits)
    if kind == YEAR:
        return numbers.year(value)
    return numbers.decimal(value, digits)


def _difference(kind: str, before: float, gap: float, digits: int) -> str:
    plus = "+" if gap > 0 else ""
    if kind == SHARE:
        return f"{plus}{numbers.points(gap, digits)} points"
    if kind == YEAR:
        return f"{plus}{numbers.count(gap)} year{'' if abs(gap) == 1 else 's'}"
    if kind == COEFFICIENT or not before:
        return plus + numbers.decimal(gap, digits)
    return numbers.change(relative(before, before + gap), 1)


def _are_whole(values: object) -> bool:
    return all(float(value).is_integer() for value in values)
