"""What people said of changes: content/changes.toml, which explains its keys.

A verdict that flipped and a fact beyond its limit are acknowledged there, each for one pair of editions; corrections
of the report itself are listed there as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from report.claims.ledger import VERDICTS
from report.core.entries import check_keys, entries, read_toml, text_of
from report.core.errors import ContentError
from report.core.facts import suggest
from report.core.folders import files_in
from report.core.texts import LANGUAGE

NOTES = "changes.toml"
PAIR = ("edition", "compared", "date", "note")
SUBJECTS = ("fact", "table", "column")


@dataclass(frozen=True)
class Acknowledged:
    """One change between two editions that somebody has looked at.

    Attributes:
        kind: flip, fact, table or column; `subject` is the claim, fact, table or `table.column`.
        before, after: the verdicts of a flip, else empty.
        edition, compared: names of the newer and the older edition.
        date: ISO date; `note` is a sentence or two.
        where: file and entry, for errors.
    """

    kind: str
    subject: str
    before: str
    after: str
    edition: str
    compared: str
    date: str
    note: str
    where: str


@dataclass(frozen=True)
class Correction:
    """A mistake in the report itself: what was wrong, what was done, and the stems of the pages concerned."""

    date: str
    wrong: str
    done: str
    pages: Sequence[str]


@dataclass(frozen=True)
class Notes:
    """content/changes.toml: what is acknowledged, in the file's order, and the corrections, the latest first."""

    acknowledged: Sequence[Acknowledged] = ()
    corrections: Sequence[Correction] = ()

    def of(self, newer: str, older: str) -> dict[tuple[str, str], Acknowledged]:
        """What is acknowledged of one pair of editions, by kind and subject."""
        return {
            (entry.kind, entry.subject): entry
            for entry in self.acknowledged
            if (entry.edition, entry.compared) == (newer, older)
        }


def read_notes(content: Path) -> Notes:
    """The notes in `content`/changes.toml; none where there is no such file.

    Raises:
        ContentError: it is no TOML, or an entry lacks a key, or has one that is not to be used so.
    """
    # Shown on the page as well, so it says nothing of the machine.
    place = f"{content.name}/{NOTES}"
    tables = read_toml(content / NOTES, place)
    if tables is None:
        return Notes()
    check_keys(tables, ("flip", "drift", "correction"), place)
    flips = [_flip(table, where) for table, where in entries(tables, "flip", place)]
    drifts = [_drift(table, where) for table, where in entries(tables, "drift", place)]
    corrections = [_correction(table, where, content) for table, where in entries(tables, "correction", place)]
    return Notes([*flips, *drifts], sorted(corrections, key=lambda entry: entry.date, reverse=True))


def _flip(table: Mapping, where: str) -> Acknowledged:
    keys = ("claim", "from", "to", *PAIR)
    check_keys(table, keys, where, required=keys)
    words = {key: text_of(table, key, where) for key in keys if key != "date"}
    for key in ("from", "to"):
        if words[key] not in VERDICTS:
            hint = f"a verdict is one of: {', '.join(VERDICTS)}"
            raise ContentError(f"`{words[key]}` is not a verdict", where, hint)
    if words["from"] == words["to"]:
        raise ContentError(f"`{words['claim']}` cannot flip from a verdict to the same", where)
    return Acknowledged("flip", words["claim"], words["from"], words["to"], words["edition"], words["compared"],
                        _day(table, where), words["note"], where)  # fmt: skip


def _drift(table: Mapping, where: str) -> Acknowledged:
    check_keys(table, (*SUBJECTS, *PAIR), where, required=PAIR)
    kinds = [kind for kind in SUBJECTS if kind in table]
    if len(kinds) != 1:
        raise ContentError("it is not clear what drifted", where, "give one of `fact`, `table` and `column`")
    words = {key: text_of(table, key, where) for key in table if key != "date"}
    return Acknowledged(kinds[0], words[kinds[0]], "", "", words["edition"], words["compared"],
                        _day(table, where), words["note"], where)  # fmt: skip


def _correction(table: Mapping, where: str, content: Path) -> Correction:
    keys = ("date", "wrong", "done", "pages")
    check_keys(table, keys, where, required=keys)
    stems = table["pages"]
    if not isinstance(stems, list) or not all(isinstance(stem, str) for stem in stems):
        raise ContentError("`pages` is not a list of pages' names", where, 'write it like ["duration", "method"]')
    folders = (content, content / LANGUAGE, content / LANGUAGE / "findings")
    known = sorted(path.stem for folder in folders for path in files_in(folder, "*.md"))
    for stem in stems:
        if stem not in known:
            raise ContentError(f"`{stem}` is not a page", where, suggest(stem, known))
    return Correction(_day(table, where), text_of(table, "wrong", where), text_of(table, "done", where), stems)


def _day(table: Mapping, where: str) -> str:
    try:
        return date.fromisoformat(str(table["date"])).isoformat()
    except ValueError:
        raise ContentError(f"`{table['date']}` is not a date such as 2025-12-23", where) from None
