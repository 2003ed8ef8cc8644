"""Title markers: words in a track's title that say what kind of track it is, in one table a reader can see.

queries/markers.csv gives each a name, a pattern and a note. A pattern is matched without regard to case and between
characters that are neither letters nor digits, of any script.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from report.core.errors import QueryError
from report.core.texts import ENCODING

COLUMNS = ["marker", "pattern", "note"]
# As many as a whole number has bits for.
MOST = 62
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
        QueryError: the table is missing, has other columns, too many rows, or a pattern that is no regular expression.
    """
    try:
        with path.open(encoding=ENCODING, newline="") as file:
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
    if not 0 < len(markers) <= MOST:
        raise QueryError(f"there are {len(markers)} title markers", path, f"there can be from 1 to {MOST}")
    return markers


def macros(markers: list[Marker]) -> str:
    """SQL that makes `has_title_marker(title)`; for titles that have one `title_markers(title, folded)`, which gives
    them as the bits of a number; and `marker_names(bits)`, the list that such a number stands for, in the table's
    order.

    The first matches all patterns as one alternation. Few titles pass, and only those are told apart: `folded` is
    `folded_title(title)`, and a pattern is only matched where the text it cannot do without is in that, which is ten
    times as fast to find.
    """

    def matches(pattern: str) -> str:
        return f"regexp_matches(title, {_quoted(f'{BEFORE}(?:{pattern}){AFTER}')}, 'i')"

    def bit(number: int, marker: Marker) -> str:
        needed = needed_text(marker.pattern)
        found = f"case when {matches(marker.pattern)} then {1 << number} else 0 end"
        return f"case when contains(folded, {_quoted(needed)}) then {found} else 0 end" if needed else found

    bits = " + ".join(bit(number, marker) for number, marker in enumerate(markers))
    names = ", ".join(
        f"case when bits & {1 << number} <> 0 then {_quoted(marker.name)} end" for number, marker in enumerate(markers)
    )
    # The long s is the one character besides capitals that folds to an ASCII letter.
    return (
        f"create macro has_title_marker(title) as {matches('|'.join(marker.pattern for marker in markers))}; "
        "create macro folded_title(title) as replace(lower(title), 'ſ', 's'); "
        f"create macro title_markers(title, folded) as cast({bits} as bigint); "
        f"create macro marker_names(bits) as list_filter([{names}], lambda marker: marker is not null)"
    )


def needed_text(pattern: str) -> str:
    """Text without which the pattern is nowhere found, in lower case: `lo-?fi` -> "lo"; empty where none is evident."""
    rest, before = re.sub(r"\[[^\]]*\][?*]?", "\n", pattern), None
    while rest != before:
        rest, before = re.sub(r"\([^()]*\)[?*]?", "\n", rest), rest
    rest = re.sub(r".[?*]", "\n", rest)
    if re.search(r"[|\\{}()\[\]]", rest):
        return ""
    return max(re.findall(r"[a-z0-9 -]{2,}", rest.lower()), key=len, default="")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
