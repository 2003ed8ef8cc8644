"""Facts: the numbers that prose may use, by finding and name.

`facts.median_s` on a page is a fact of that page's finding, `findings.duration.median_s` one of any. A name
that no query gives is an error; a fact that the edition cannot state is `Unknown`, which prints as "—".
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from report.core.errors import FactError
from report.core.plain import shown

# A fact of this ending is how far chance moves the one that it is named after.
STANDARD_ERROR = "_standard_error"


class Unknown:
    """A fact that this edition cannot state (SQL NULL).

    Sums and products with it are unknown too, it is false, and it prints as "—". It cannot be ordered: a page
    that compares it would assert something nobody counted, so that is an error.

    Args:
        name: how the error calls it.
    """

    def __init__(self, name: str = "a fact") -> None:
        self._name = name

    def __str__(self) -> str:
        return "—"

    __repr__ = __str__

    def __bool__(self) -> bool:
        return False

    def __eq__(self, other: object) -> bool:
        return other is None or isinstance(other, Unknown)

    def __hash__(self) -> int:
        return hash(None)

    def _unknown(self, *_: object) -> Unknown:
        return self

    __neg__ = __pos__ = __abs__ = _unknown
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _unknown
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = _unknown

    def _order(self, _: object) -> bool:
        raise FactError(
            f"{self._name} is unknown in this edition and cannot be compared",
            hint="ask first: {% if facts.name is known and facts.name > 0 %}",
        )

    __lt__ = __le__ = __gt__ = __ge__ = _order


def is_known(*values: object) -> bool:
    """Whether the edition states all of these facts."""
    return not any(value is None or isinstance(value, Unknown) for value in values)


def suggest(name: str, known: Iterable[str]) -> str | None:
    """A hint naming the likeliest of `known` for a name that isn't there, or None."""
    near = get_close_matches(name, list(known), n=1)
    return f"did you mean `{near[0]}`?" if near else None


class Facts:
    """The facts of one finding as attributes; a text as it can be shown, whole only in `as_dict` and when iterated.

    Args:
        stem: the finding.
        values: fact name to number, text, boolean, date or None.

    Raises:
        FactError: on reading a name that is not among `values`.
    """

    def __init__(self, stem: str, values: Mapping[str, object]) -> None:
        self._stem = stem
        self._values = {name: _plain(value) for name, value in values.items()}

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            value = self._values[name]
        except KeyError:
            raise FactError(f"`{name}` is not a fact of `{self._stem}`", hint=suggest(name, self._values)) from None
        if value is None:
            return Unknown(f"`{name}` of `{self._stem}`")
        return shown(value) if isinstance(value, str) else value

    def __iter__(self) -> Iterator[tuple[str, object]]:
        """Pairs of name and plain value, None where unknown."""
        return iter(self._values.items())


class AllFacts:
    """The facts of every finding: `findings.<stem>.<fact>`.

    Args:
        values: {finding: {fact: value}}.

    Raises:
        FactError: on reading a stem that has no facts.
    """

    def __init__(self, values: Mapping[str, Mapping[str, object]]) -> None:
        self._findings = {stem: Facts(stem, facts) for stem, facts in values.items()}

    def __getattr__(self, stem: str) -> Facts:
        if stem.startswith("_"):
            raise AttributeError(stem)
        return self[stem]

    def __getitem__(self, stem: str) -> Facts:
        try:
            return self._findings[stem]
        except KeyError:
            raise FactError(f"`{stem}` has no facts", hint=suggest(stem, self._findings)) from None

    def __contains__(self, stem: object) -> bool:
        return stem in self._findings

    def as_dict(self) -> dict[str, dict[str, object]]:
        """{finding: {fact: value}}, in order of name; numbers, text, booleans and None only."""
        return {stem: dict(sorted(facts)) for stem, facts in sorted(self._findings.items())}


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, date):
        return value.isoformat()
    return value
