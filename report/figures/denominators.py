"""Denominators: from the rows in, by what was left out and why, to the rows used, in counts that add up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from report.core.errors import ContentError
from report.core.facts import is_known
from report.core.numbers import MINUS, count


@dataclass(frozen=True)
class Step:
    """What is counted here and how many: those in, those left out as a negative count, those used; None is unknown."""

    label: str
    value: int | float | None
    printed: str


Denominator = Sequence[Step]


def denominators(denominator: Sequence) -> list[Denominator]:
    """The denominators of a figure, each with its steps as printed: "58,590,982", "− 16,025", "= 58,574,957".

    Args:
        denominator: (label, count) pairs, or a list of such lists where a figure counts several things.

    Raises:
        ContentError: rows in and left out do not come to the rows used.
    """
    is_one = bool(denominator) and isinstance(denominator[0], tuple)
    return [_denominator(pairs) for pairs in ([denominator] if is_one else denominator)]


def _denominator(pairs: Sequence[tuple[str, object]]) -> Denominator:
    values = [value for _, value in pairs]
    if len(pairs) > 1 and is_known(*values) and round(sum(values[:-1])) != round(values[-1]):
        raise ContentError(
            f"the denominator does not add up: {count(sum(values[:-1]))}, not {count(values[-1])}",
            hint="what is left out is a negative count; the last entry is what remains",
        )
    signs = ["", *("+" if is_known(value) and value > 0 else MINUS for value in values[1:-1]), "="][: len(values)]
    return [
        Step(label, value, f"{sign} {count(abs(value))}".strip())
        if is_known(value)
        else Step(label, None, f"= {count(value)}" if sign == "=" else count(value))
        for (label, value), sign in zip(pairs, signs, strict=True)
    ]
