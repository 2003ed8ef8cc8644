"""Which column of a table of tracks is which of ours: by the names that public tables use (columns.toml)."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from report.core.errors import SourceError
from report.core.texts import read_text

NAMES = Path(__file__).with_name("columns.toml")
REQUIRED = {"id": "the track's id", "popularity": "the popularity", "duration_ms": "the duration"}
# Keys of columns.toml that list names, and the unit that a name in them stands for.
DURATION_UNITS = {"names": "", "seconds": "s", "minutes": "min", "unit_not_named": "?"}
# What pandas and R call a column of row numbers.
UNNAMED = re.compile(r"unnamed: \d+|\.\.\.1|x", re.IGNORECASE)
SHOWN = 40
# What to do where a column is not found.
ADVICE = {
    "id": "call the column that tells tracks apart `track_id`; where there is none, add one that is the same in all "
    "rows of a track and in no other, such as its title and artists together",
    "popularity": "call the column with scores from 0 to 100 `popularity`; without scores there is nothing to report",
    "duration_ms": "call the column with durations `duration_ms`, `duration_s` or `duration`",
}


@dataclass(frozen=True)
class Match:
    """A column of the table that is one of ours.

    Attributes:
        name: as the table has it.
        position: of the column, from 0.
        unit: "" for ours, "s" or "min" for durations in those, "?" for a duration whose name doesn't say, "%".
    """

    name: str
    position: int
    unit: str = ""

    @property
    def is_plural(self) -> bool:
        """Whether the name is that of several: artists, Artist Name(s)."""
        plain = normalised(self.name)
        return "artists" in plain or plain.endswith("s")


@dataclass(frozen=True)
class Columns:
    """The columns of a table: those that are ours by our name, and the names of the rest."""

    found: dict[str, Match]
    not_recognised: list[str]
    passed_over: list[str]


def normalised(name: str) -> str:
    """A column's name without what tells no columns apart: case, spaces, underscores, hyphens, brackets."""
    return re.sub(r"[^\w%]|_", "", name.casefold())


def read_names() -> dict[str, dict]:
    """columns.toml: our names in order, each with `means` and its lists of names."""
    return tomllib.loads(read_text(NAMES))


def find_columns(header: list[str], path: Path, delimiter: str = "") -> Columns:
    """Which column of the table is which of ours.

    Args:
        delimiter: what parts the fields, in words, for messages.

    Raises:
        SourceError: there is none for the id, the popularity or the duration of a track.
    """
    known = read_names()
    by_name = {normalised(name): position for position, name in reversed(list(enumerate(header)))}
    found, usual = {}, set()
    for ours, spec in known.items():
        for key, unit in DURATION_UNITS.items():
            for name in map(normalised, spec.get(key, ())):
                for plain, its_unit in ((name, unit), (f"{name}%", "%")):
                    if plain in by_name:
                        position = by_name[plain]
                        usual.add(position)
                        found.setdefault(ours, Match(header[position].strip(), position, its_unit))
    missing = [ours for ours in REQUIRED if ours not in found]
    if missing:
        wanted = ", nor for ".join(
            f"{REQUIRED[ours]} ({' or '.join(f'`{name}`' for name in dict.fromkeys((ours, known[ours]['names'][0])))})"
            for ours in missing
        )
        read = f"; the first line was read as fields parted by {delimiter}" if delimiter else ""
        raise SourceError(
            f"this table has no column for {wanted}",
            path,
            f"found {listed(header) or 'no columns'}{read}; {'; '.join(ADVICE[ours] for ours in missing)}; "
            "docs/tables.md lists the names that are known",
        )
    used = {match.position for match in found.values()}
    rest = [(position, name.strip()) for position, name in enumerate(header) if position not in used and name.strip()]
    return Columns(
        found,
        [name for position, name in rest if position not in usual and not UNNAMED.fullmatch(name)],
        [name for position, name in rest if position in usual],
    )


def listed(names: list[str], most: int = SHOWN) -> str:
    """Names of columns for a message, at most so many of them."""
    shown = ", ".join(f"`{name.strip()}`" for name in names[:most] if name.strip())
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def as_markdown() -> str:
    """The table of docs/tables.md."""
    lines = ["| What it is | Names, in the order in which they are looked for |", "|---|---|"]
    words = {"seconds": "in seconds: ", "minutes": "in minutes: ", "unit_not_named": "unit told by the values: "}
    for spec in read_names().values():
        names = "; ".join(
            words.get(key, "") + ", ".join(f"`{name}`" for name in spec[key]) for key in DURATION_UNITS if key in spec
        )
        lines.append(f"| {spec['means']} | {names} |")
    return "\n".join(lines) + "\n"
