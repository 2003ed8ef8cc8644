"""What people said of changes: content/changes.toml, which explains its keys.

A verdict that flipped and a fact beyond its limit are acknowledged there, each for one pair of editions; corrections
of the report itself are listed there as well.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from report.claims.ledger import VERDICTS
from report.errors import ContentError
from report.facts import suggest

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
    try:
        tables = tomllib.loads((content / NOTES).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Notes()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(f"this is not TOML: {error}", place) from error
    check_keys(tables, ("flip", "drift", "correction"), place)
    flips = [_flip(table, where) for table, where in entries(tables, "flip", place)]
    drifts = [_drift(table, where) for table, where in entries(tables, "drift", place)]
    corrections = [_correction(table, where, content) for table, where in entries(tables, "correction", place)]
    return Notes([*flips, *drifts], sorted(corrections, key=lambda entry: entry.date, reverse=True))


def entries(tables: Mapping, name: str, place: str) -> list[tuple[Mapping, str]]:
    """The tables under [[name]], each with its place for errors."""
    found = tables.get(name, [])
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise ContentError(f"`{name}` is not a list of tables", place, f"each is a table under [[{name}]]")
    return [(table, f"{place} [[{name}]] {number}") for number, table in enumerate(found, 1)]


def check_keys(table: Mapping, known: Sequence[str], where: str, required: Sequence[str] = ()) -> None:
    """Raises ContentError for a key that is not `known`, or one `required` that is missing."""
    for key in table:
        if key not in known:
            raise ContentError(f"`{key}` is not a key here", where, suggest(key, known) or f"known: {', '.join(known)}")
    for key in required:
        if key not in table:
            raise ContentError(f"`{key}` is missing", where)


def text_of(table: Mapping, key: str, where: str) -> str:
    """A text that is not empty, its white space as single spaces."""
    if not isinstance(table[key], str) or not table[key].strip():
        raise ContentError(f"`{key}` is not a text", where)
    return " ".join(table[key].split())


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
    known = sorted(path.stem for folder in (content, content / "findings") for path in folder.glob("*.md"))
    for stem in stems:
        if stem not in known:
            raise ContentError(f"`{stem}` is not a page", where, suggest(stem, known))
    return Correction(_day(table, where), text_of(table, "wrong", where), text_of(table, "done", where), stems)


def _day(table: Mapping, where: str) -> str:
    try:
        return date.fromisoformat(str(table["date"])).isoformat()
    except ValueError:
        raise ContentError(f"`{table['date']}` is not a date such as 2025-12-23", where) from None
