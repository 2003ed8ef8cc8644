"""The tables of the data page: what was read of an edition, left out, unusable and absent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from report.core.numbers import count, percent

# What the published totals call a table of the archive.
PUBLISHED_AS = {"features": "audio_features_rows", "track_audio_features": "audio_features_rows"}
WORDS = frozenset({"Column", "Columns", "Reason", "Read as", "Field"})


@dataclass(frozen=True)
class EditionTable:
    """A table; `absent` is what is said where it has no rows, "" where it is shown even so."""

    caption: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]
    absent: str = ""

    @property
    def holds_words(self) -> list[bool]:
        """For each column, whether it holds words."""
        return [heading in WORDS for heading in self.headings]


def edition_tables(
    edition: Mapping, totals: Mapping[str, int], published: Mapping[str, Mapping]
) -> dict[str, EditionTable]:
    """The tables by the names that pages call; how a table was read only where one was.

    Args:
        edition: what edition.json holds.
        totals: published rows of the whole archive, by table.
        published: all published figures, by stem.
    """
    tables, absent, reading = edition["tables"], edition["absent"], edition.get("reading") or {}
    unknown = reading.get("not_recognised", ())
    found = {
        "row_counts": EditionTable(
            "Rows read from each table, and the published count of the whole archive",
            ("Table", "Rows read", "Dropped", "Kept", "Published"),
            [
                (name, *_accounted(table), count(totals.get(PUBLISHED_AS.get(name, name))))
                for name, table in tables.items()
            ],
        ),
        "dropped_rows": EditionTable(
            "Rows dropped, by reason",
            ("Table", "Reason", "Rows"),
            [(name, *line) for name, table in tables.items() for line in _reasons(table["dropped"])],
            "No rows were dropped.",
        ),
        "unusable_values": EditionTable(
            "Values that could not be used, by table, column and reason",
            ("Table", "Column", "Reason", "Values"),
            [
                (name, column, *line)
                for name, table in tables.items()
                for column, reasons in table["unusable"].items()
                for line in _reasons(reasons)
            ],
            "Every value could be used.",
        ),
        "absent_parts": EditionTable(
            f"Tables and columns that {_lacking(unknown)}, or that have no content in any row",
            ("Table", "Columns"),
            [
                *(
                    (name, "all: not recognised" if unknown else "all: the table is absent")
                    for name in absent.get("tables", ())
                ),
                *((name, ", ".join(columns)) for name, columns in absent.get("columns", {}).items() if columns),
            ],
            "The source of this edition has every table and column that is asked for.",
        ),
    }
    if reading:
        found["columns_read"] = EditionTable(
            "Columns of the table, and what each was read as",
            ("In the file", "Read as"),
            [
                *((theirs, ours) for ours, theirs in reading.get("columns", {}).items()),
                *((name, "not needed: another column has it") for name in reading.get("passed_over", ())),
                *((name, "not recognised") for name in unknown),
            ],
        )
        found["reading_notes"] = EditionTable(
            "How the table was read",
            ("Note",),
            [(re.sub("`(.*?)`", r"“\1”", note),) for note in reading.get("notes", ())],
            "Nothing is to be noted about how the source was read.",
        )
    if "null_counts" in published:
        found["null_counts"] = EditionTable(
            "Empty fields, by table and field",
            ("Table", "Field", "Empty", "Rows", "Per cent"),
            [
                (
                    row["table"],
                    row["column"],
                    count(row["null_count"]),
                    count(row["row_count"]),
                    percent(row["null_count"] / row["row_count"], 2),
                )
                for row in published["null_counts"]["rows"]
            ],
        )
    if "integrity_counts" in published:
        found["integrity_counts"] = EditionTable(
            "Rows that do not fit, by check",
            ("Check", "Found", "Of"),
            [
                (row["check"].capitalize(), count(row["row_count"]), count(row["of"]))
                for row in published["integrity_counts"]["rows"]
            ],
        )
    return found


def _lacking(unknown: Sequence[str]) -> str:
    """What is said of what was not found, where there are columns that nobody knows."""
    return "were not recognised in this edition’s source" if unknown else "this edition’s source does not have"


def _accounted(table: Mapping[str, int]) -> tuple[str, str, str]:
    read, kept = table["rows_read"], table["rows_kept"]
    return count(read), count(read - kept), count(kept)


def _reasons(counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    return ((reason.replace("_", " "), count(n)) for reason, n in counts.items() if n)
