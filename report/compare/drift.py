"""How far is too far: the limits of content/drift.toml, and the alarms where a newer edition goes beyond them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from math import inf, isclose
from pathlib import Path

from report.compare.moves import CHANGED, KNOWN, Move
from report.compare.notes import Acknowledged, Notes
from report.compare.said import Say
from report.compare.views import Comparison
from report.core.columns import COLUMN_KINDS, TEXT
from report.core.entries import check_keys, entries, read_toml, text_of
from report.core.errors import ContentError
from report.core.facts import is_known, suggest
from report.sources.schema import TABLES

LIMITS = "drift.toml"
LIMIT_UNITS = ("points", "percent", "amount")
SIZED = tuple(kind for kind in COLUMN_KINDS if kind != TEXT)


@dataclass(frozen=True)
class Limit:
    """How far facts may move.

    Attributes:
        unit: points (of a hundred), percent (of the value before) or amount; empty where they are not watched.
        most: the largest move that is no alarm.
        least: values below it, before and after, are not watched.
        reason: why the limit is what it is; `where` is its place in the file.
    """

    unit: str
    most: float
    least: float
    reason: str
    where: str

    def is_broken(self, before: float, after: float) -> bool:
        """Whether going from one to the other is too far."""
        if not self.unit or max(abs(before), abs(after)) < self.least:
            return False
        gap, most = abs(after - before), self._most(before)
        # 0.52 - 0.5 is more than 0.02 to a computer.
        return gap > most and not isclose(gap, most)

    def times(self, before: float, after: float) -> float:
        """How many times as far as allowed going from one to the other is."""
        most = self._most(before)
        return abs(after - before) / most if most else inf

    def _most(self, before: float) -> float:
        return self.most * {"percent": abs(before) / 100, "points": 0.01, "amount": 1}[self.unit]

    def __str__(self) -> str:
        unit = {"points": " points", "percent": "%", "amount": ""}[self.unit]
        return f"{self.most:g}{unit}"


@dataclass(frozen=True)
class Limits:
    """content/drift.toml: a limit a kind of fact, those of named facts, and that of rows lost."""

    kinds: Mapping[str, Limit]
    named: Sequence[tuple[str, Limit]]
    rows: Limit

    def of(self, move: Move) -> Limit:
        """The limit of a fact: the last pattern that fits its name, else that of its kind."""
        fitting = [limit for pattern, limit in self.named if fnmatchcase(move.name, pattern)]
        return fitting[-1] if fitting else self.kinds[move.kind]


@dataclass(frozen=True)
class Alarm:
    """A change that somebody must look at.

    Attributes:
        kind, subject: as of what acknowledges it.
        says: what moved from where to where, as a sentence without its end.
        limit: the limit it broke and where that is set, or "".
        acknowledged: the line that says it was looked at, or None.
        times: how many times as far as allowed it went; infinite for what may not happen at all.
    """

    kind: str
    subject: str
    says: str
    limit: str
    acknowledged: Acknowledged | None
    times: float = inf

    def __str__(self) -> str:
        return f"{self.says}; {self.limit}" if self.limit else self.says


def read_limits(content: Path) -> Limits | None:
    """The limits in `content`/drift.toml; None where there is no such file.

    Raises:
        ContentError: it is no TOML, or a limit cannot be read.
    """
    # Shown on the page as well, so it says nothing of the machine.
    place = f"{content.name}/{LIMITS}"
    tables = read_toml(content / LIMITS, place)
    if tables is None:
        return None
    check_keys(tables, ("rows", "default", "limit"), place, required=("rows", "default"))
    check_keys(tables["default"], SIZED, f"{place} [default]", required=SIZED)
    kinds = {kind: _limit(tables["default"][kind], f"{place} [default.{kind}]") for kind in SIZED}
    named = []
    for table, where in entries(tables, "limit", place):
        check_keys(table, ("facts", "watch", "least", "reason", *LIMIT_UNITS), where, required=("facts", "reason"))
        pattern = text_of(table, "facts", where)
        named.append((pattern, _limit({key: table[key] for key in table if key != "facts"}, where)))
    return Limits(kinds, named, _limit(tables["rows"], f"{place} [rows]"))


def alarms_of(
    comparison: Comparison, limits: Limits | None, notes: Notes, facts: Iterable[str], say: Say
) -> list[Alarm]:
    """Verdicts that flipped, facts beyond their limit, rows, tables and columns lost; each once, the worst first.

    Args:
        facts: names of all facts, as `<finding>.<fact>`.
        say: gives the words of an alarm.

    Raises:
        ContentError: a note or a limit of what is not there, or a note of a flip that was none.
    """
    known = set(facts)
    seen = notes.of(comparison.after["name"], comparison.before["name"])
    _check_notes(comparison, notes, seen, known)

    def alarm(kind: str, subject: str, says: str, limit: str = "", times: float = inf) -> Alarm:
        return Alarm(kind, subject, says, limit, seen.get((kind, subject)), times)

    found = [
        alarm(
            "flip",
            flip.after.id,
            say("alarm.flip", id=flip.after.id, before=flip.before.verdict, after=flip.after.verdict),
        )
        for flip in comparison.flips
    ]
    if limits is None:
        return found
    for pattern, limit in limits.named:
        if not any(fnmatchcase(name, pattern) for name in known):
            raise ContentError(f"no fact is called `{pattern}`", limit.where, suggest(pattern, known))
    for move in comparison.moves:
        if move.kind == TEXT or move.status == KNOWN:
            continue
        limit = limits.of(move)
        before, after, difference = move.shown
        if move.status == CHANGED and limit.is_broken(move.before, move.after):
            says = say("alarm.fact", name=move.name, before=before, after=after, change=difference)
            times = limit.times(move.before, move.after)
            told = say("alarm.limit", limit=str(limit), where=limit.where)
            found.append(alarm("fact", move.name, says, told, times))
        elif not is_known(move.after) and limit.unit:
            says = say("alarm.unknown", name=move.name, before=before)
            found.append(alarm("fact", move.name, says, say("alarm.limit_in", where=limit.where)))
    for table in comparison.tables:
        if table.is_lost:
            says = say("alarm.table_gone", name=table.name, rows=table.before["kept"])
            found.append(alarm("table", table.name, says))
        elif (table.kept_change or 0) < 0 and limits.rows.is_broken(table.before["kept"], table.after["kept"]):
            before, after = table.before["kept"], table.after["kept"]
            says = say("alarm.table", name=table.name, before=before, after=after, change=table.kept_change)
            told = say("alarm.limit_of_rows", limit=str(limits.rows), where=limits.rows.where)
            found.append(alarm("table", table.name, says, told, limits.rows.times(before, after)))
        for column in table.lost_columns:
            name = f"{table.name}.{column}"
            found.append(alarm("column", name, say("alarm.column_gone", name=name)))
    # Verdicts come first of what may not happen at all, in the order in which they were found.
    return sorted(found, key=lambda alarm: -alarm.times)


def _check_notes(comparison: Comparison, notes: Notes, seen: Mapping, facts: set[str]) -> None:
    known = {
        "flip": set(comparison.claims),
        "fact": facts,
        "table": set(TABLES),
        "column": {f"{table}.{name}" for table, spec in TABLES.items() for name in spec.columns},
    }
    for entry in notes.acknowledged:
        if entry.subject not in known[entry.kind]:
            kind = "claim" if entry.kind == "flip" else entry.kind
            hint = suggest(entry.subject, known[entry.kind])
            raise ContentError(f"there is no {kind} `{entry.subject}`", entry.where, hint)
    flips = {flip.after.id: (flip.before.verdict, flip.after.verdict) for flip in comparison.flips}
    for (kind, subject), entry in seen.items():
        if kind == "flip" and flips.get(subject) != (entry.before, entry.after):
            went = "from “{}” to “{}”".format(*flips[subject]) if subject in flips else "nowhere"
            raise ContentError(
                f"claim `{subject}` did not go from “{entry.before}” to “{entry.after}”, but {went}",
                entry.where,
                f"this is about edition {entry.edition} against {entry.compared}",
            )


def _limit(table: object, where: str) -> Limit:
    if not isinstance(table, dict):
        raise ContentError("this is not a limit", where, "give a unit and a reason")
    check_keys(table, (*LIMIT_UNITS, "watch", "least", "reason"), where, required=("reason",))
    units = [unit for unit in LIMIT_UNITS if unit in table]
    if (table.get("watch") is False) == bool(units) or len(units) > 1 or table.get("watch", False) is not False:
        raise ContentError("the limit is not clear", where, f"give one of {', '.join(LIMIT_UNITS)}, or watch = false")
    for key in (*units, "least"):
        value = table.get(key, 0)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < float("inf"):
            raise ContentError(f"`{key}` is not a number from 0 up", where)
    unit = units[0] if units else ""
    return Limit(unit, table.get(unit, 0), table.get("least", 0), text_of(table, "reason", where), where)
