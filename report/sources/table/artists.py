"""Names of artists told apart: lists, and names joined by a sign that the table itself shows to be one.

A comma can be part of a name (Earth, Wind & Fire), so it parts names only where the table shows that it does.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

# What the programs that write such tables put where there is no value.
MISSING = frozenset(("", "NA", "N/A", "NaN", "nan", "NULL", "null", "None", "[]"))
STRING = r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)\""""
QUOTED = re.compile(STRING, re.DOTALL)
NAMED = re.compile(rf"""['"]name['"]\s*:\s*(?:{STRING})""", re.DOTALL)
SEPARATORS = {";": "a semicolon", ", ": "a comma and a blank", ",": "a comma"}
# A sign parts names where as many values show it, and as large a share of those that have it.
LEAST_VALUES, LEAST_SHARE = 3, 0.5


@dataclass(frozen=True)
class Value:
    """A value of the column: its text, how many artist ids its rows have (None if not known), in how many tracks."""

    text: str
    ids: int | None
    tracks: int


@dataclass
class Telling:
    """How the artists of a table are told apart.

    Attributes:
        separator: the sign that parts names, or "".
        by_ids: whether a value is parted only where it has as many ids as parts.
        joined: neighbours that are one name: those in several tracks and never without each other, or of one id.
        how: it in words.
    """

    separator: str = ""
    by_ids: bool = False
    are_bracketed: bool = False
    joined: set[tuple[str, str]] = field(default_factory=set)
    how: str = ""

    def names(self, value: Value) -> list[str]:
        """The artists of a value, each once, in order."""
        names = listed(value.text, self.are_bracketed)
        if names is None:
            names = self._parted(value)
        return list(dict.fromkeys(name for name in map(str.strip, names) if name not in MISSING))

    def _parted(self, value: Value) -> list[str]:
        parts = split(value.text, self.separator)
        if self.by_ids and len(parts) == value.ids:
            return parts
        names = parts[:1]
        for before, part in pairwise(parts):
            if (before.strip(), part.strip()) in self.joined:
                names[-1] += self.separator + part
            else:
                names.append(part)
        return names if not self.by_ids or len(names) == value.ids else [value.text]


def split(text: str, separator: str) -> list[str]:
    return text.split(separator) if separator else [text]


def listed(text: str, are_bracketed: bool = False) -> list[str] | None:
    """Names of a list as Python or JSON prints it, of texts or of objects with a name; None where it is no list."""
    if not (text.startswith("[") and text.endswith("]")):
        return None
    inner = text[1:-1].strip()
    if inner in MISSING:
        return []
    if inner[0] not in "'\"{":
        # There are artists whose name has brackets.
        return inner.split(",") if are_bracketed else None
    if inner[0] != "'":
        try:
            items = json.loads(text)
            return [str(item.get("name") or "") if isinstance(item, dict) else str(item) for item in items if item]
        except ValueError:
            pass
    pattern = NAMED if inner[0] == "{" else QUOTED
    return [re.sub(r"\\(.)", r"\1", one or other) for one, other in pattern.findall(inner)]


def tell(values: Sequence[Value], *, is_plural: bool) -> Telling:
    """How the artists in these values are told apart.

    Args:
        values: the different ones of the column.
        is_plural: whether the column's name says that a value can be several artists.
    """
    bracketed = sum(value.text.startswith("[") and value.text.endswith("]") for value in values)
    telling = Telling(are_bracketed=bracketed > len(values) / 2)
    plain = [value for value in values if listed(value.text, telling.are_bracketed) is None]
    lists = "as lists" if len(plain) < len(values) else ""
    kept = ""
    for separator, words in SEPARATORS.items():
        having = [value for value in plain if _has(value.text, separator)]
        if not having:
            continue
        # Where no row has several ids, they may be those of the first artists alone.
        has_ids = any((value.ids or 0) > 1 for value in plain)
        shown = _by_ids(having, separator) if has_ids else _alone(plain, having, separator)
        if not shown and separator == ";" and is_plural:
            shown = "as is usual"
        if shown:
            telling.separator, telling.by_ids = separator, shown.startswith("where")
            telling.joined = _joined_by_ids(having, separator) if telling.by_ids else _joined(plain, separator)
            kept = f"parted at {words}, {shown}"
            break
        kept = kept or (
            f"one a value; {len(having):,} of {len(values):,} different values have {words}, and are one artist each, "
            "since the table does not show that it parts names"
        )
    telling.how = ", else ".join(filter(None, (lists, kept))) or "one a value"
    return telling


def _has(text: str, separator: str) -> bool:
    return re.search(r"\S,(?=[^\s\d])", text) is not None if separator == "," else separator in text


def _by_ids(having: Iterable[Value], separator: str) -> str:
    """How the ids show it, or ""."""
    if any(value.ids == len(split(value.text, separator)) for value in having):
        return "where the row has as many artist ids as parts"
    return ""


def _joined_by_ids(having: Iterable[Value], separator: str) -> set[tuple[str, str]]:
    """Neighbours in values that are one artist by their id."""
    whole = [split(value.text, separator) for value in having if value.ids == 1]
    return {pair for parts in whole for pair in pairwise(part.strip() for part in parts)}


def _alone(plain: Sequence[Value], having: Sequence[Value], separator: str) -> str:
    """How names that stand alone in other rows show it, or ""."""
    alone = {value.text.strip() for value in plain if not _has(value.text, separator)}
    showing = sum(any(part.strip() in alone for part in split(value.text, separator)) for value in having)
    if showing >= LEAST_VALUES and showing >= len(having) * LEAST_SHARE:
        return f"since {showing:,} of the {len(having):,} different values that have it name an artist of another row"
    return ""


def _joined(plain: Iterable[Value], separator: str) -> set[tuple[str, str]]:
    parts, pairs = Counter(), Counter()
    for value in plain:
        names = [part.strip() for part in split(value.text, separator)]
        for name in set(names):
            parts[name] += value.tracks
        for pair in set(pairwise(names)):
            pairs[pair] += value.tracks
    return {
        (one, other)
        for (one, other), tracks in pairs.items()
        if tracks > 1 and parts[one] == tracks and parts[other] == tracks and separator != ";"
    }
