"""The tables of the data page: what was read of an edition, left out, unusable and absent; and what others counted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from report.core.numbers import count, percent
from report.writing.formats import Language

# What the published totals call a table of the archive.
PUBLISHED_AS = {"features": "audio_features_rows", "track_audio_features": "audio_features_rows"}
# The columns that hold words, beside the first.
WORDS = {
    "dropped_rows": {1},
    "unusable_values": {1, 2},
    "absent_parts": {1},
    "columns_read": {1},
    "null_counts": {1},
}
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True)
class EditionTable:
    """A table; `absent` is what is said where it has no rows, "" where it is shown even so.

    Attributes:
        holds_words: for each column, whether it holds words.
    """

    caption: str
    headings: Sequence[str]
    rows: Rows
    absent: str
    holds_words: Sequence[bool]


def edition_tables(
    edition: Mapping, totals: Mapping[str, int], published: Mapping[str, Mapping], language: Language
) -> dict[str, EditionTable]:
    """The tables by the names that pages place; how a table was read only where one was.

    Args:
        edition: what edition.json holds.
        totals: published rows of the whole archive, by table.
        published: all published figures, by stem.
        language: labels.toml has captions and headings.
    """
    tables, words = edition["tables"], language.labels["tables"]
    is_unsure = bool((edition.get("reading") or {}).get("not_recognised"))
    found: dict[str, Rows] = {
        "row_counts": [
            (name, *_accounted(table), count(totals.get(PUBLISHED_AS.get(name, name))))
            for name, table in tables.items()
        ],
        "dropped_rows": [(name, *line) for name, table in tables.items() for line in _reasons(table["dropped"])],
        "unusable_values": [
            (name, column, *line)
            for name, table in tables.items()
            for column, reasons in table["unusable"].items()
            for line in _reasons(reasons)
        ],
        "absent_parts": list(_absent(edition["absent"], words, is_unsure)),
        **_reading(edition.get("reading") or {}, words),
        **_published(published),
    }
    return {name: _table(name, rows, words[name], is_unsure) for name, rows in found.items()}


def _table(name: str, rows: Rows, words: Mapping, is_unsure: bool) -> EditionTable:
    caption = (is_unsure and words.get("caption_not_recognised")) or words["caption"]
    holds_words = [at in WORDS.get(name, ()) for at in range(len(words["headings"]))]
    return EditionTable(caption, words["headings"], rows, words.get("none", ""), holds_words)


def _absent(absent: Mapping, words: Mapping, is_unsure: bool) -> Iterator[tuple[str, str]]:
    for name in absent.get("tables", ()):
        yield name, words["table_not_recognised" if is_unsure else "table_absent"]
    for name, columns in absent.get("columns", {}).items():
        if columns:
            yield name, ", ".join(columns)


def _reading(reading: Mapping, words: Mapping) -> dict[str, Rows]:
    if not reading:
        return {}
    columns = [(theirs, ours) for ours, theirs in reading.get("columns", {}).items()]
    columns += [(name, words["passed_over"]) for name in reading.get("passed_over", ())]
    columns += [(name, words["not_recognised"]) for name in reading.get("not_recognised", ())]
    notes = [(re.sub("`(.*?)`", r"“\1”", note),) for note in reading.get("notes", ())]
    return {"columns_read": columns, "reading_notes": notes}


def _published(published: Mapping[str, Mapping]) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    if "null_counts" in published:
        found["null_counts"] = [
            (
                row["table"],
                row["column"],
                count(row["null_count"]),
                count(row["row_count"]),
                percent(row["null_count"] / row["row_count"], 2),
            )
            for row in published["null_counts"]["rows"]
        ]
    if "integrity_counts" in published:
        found["integrity_counts"] = [
            (row["check"].capitalize(), count(row["row_count"]), count(row["of"]))
            for row in published["integrity_counts"]["rows"]
        ]
    return found


def _accounted(table: Mapping[str, int]) -> tuple[str, str, str]:
    read, kept = table["rows_read"], table["rows_kept"]
    return count(read), count(read - kept), count(kept)


def _reasons(counts: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    return ((reason.replace("_", " "), count(n)) for reason, n in counts.items() if n)
