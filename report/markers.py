"""Title markers: words in a track's title that say what kind of track it is, in one table a reader can see.

queries/markers.csv gives each a name, a pattern and a note. A pattern is matched without regard to case and between
characters that are neither letters nor digits, of any script.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from report.errors import QueryError

COLUMNS = ["marker", "pattern", "note"]
BEFORE, AFTER = r"(?:^|[^\p{L}\p{N}])", r"(?:$|[^\p{L}\p{N}])"


@dataclass(frozen=True)
class Marker:
    """One marker: its name, the pattern it is found by (RE2), and what else it may find."""

    name: str
    pattern: str
    note: str


def read_markers(path: Path) -> list[Marker]:
    """The markers of a table, in its order.

    Raises:
        QueryError: the table is missing, has other columns, or a pattern that is no regular expression.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            header, *records = csv.reader(file)
    except (OSError, ValueError) as error:
        raise QueryError("the table of title markers cannot be read", path) from error
    if header != COLUMNS:
        raise QueryError(f"the columns are {', '.join(header)}", path, f"expected {', '.join(COLUMNS)}")
    markers = []
    for number, record in enumerate(records, 2):
        if len(record) != len(COLUMNS):
            raise QueryError(f"{len(record)} fields where the header has {len(COLUMNS)}", f"{path}:{number}")
        try:
            re.compile(record[1])
        except re.error as error:
            raise QueryError(f"`{record[1]}` is no pattern: {error}", f"{path}:{number}") from error
        markers.append(Marker(*record))
    return markers


def macro(markers: list[Marker]) -> str:
    """SQL that makes `title_markers(title)`, the list of a title's markers in the table's order.

    All patterns as one alternation come first: few titles pass, and only those are told apart.
    """

    def matches(pattern: str) -> str:
        text = f"{BEFORE}(?:{pattern}){AFTER}".replace("'", "''")
        return f"regexp_matches(title, '{text}', 'i')"

    names = [marker.name.replace("'", "''") for marker in markers]
    each = ", ".join(
        f"case when {matches(marker.pattern)} then '{name}' end" for marker, name in zip(markers, names, strict=True)
    )
    anything = matches("|".join(marker.pattern for marker in markers))
    return (
        "create macro title_markers(title) as "
        f"case when {anything} then list_filter([{each}], lambda marker: marker is not null) end"
    )
