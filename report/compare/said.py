"""A comparison in words: what is the same on the page of changes, in its Markdown alternate and on the terminal."""

from __future__ import annotations

from collections.abc import Callable

from report.compare.rows import FigureChange
from report.compare.views import Comparison, TableChange

Say = Callable[..., str]


def since(comparison: Comparison, say: Say) -> str:
    """How many verdicts changed: "Two verdicts have changed since edition first"."""
    return say("changes.since", some=len(comparison.flips) or None, before=comparison.before["name"])


def verdicts(comparison: Comparison, say: Say) -> str:
    """That no verdict changed."""
    return say("changes.same_verdicts", claims=len(comparison.claims) or None)


def facts(comparison: Comparison, say: Say) -> str:
    """How many facts changed."""
    moved, same, unknown = len(comparison.moves) or None, comparison.same_facts, comparison.unknown_facts
    return say("changes.moved", moved=moved, same=same, unknown=unknown)


def figures(comparison: Comparison, say: Say) -> str:
    """How many figures changed."""
    return say("changes.redrawn", moved=len(comparison.figures) or None, same=comparison.same_figures)


def tables(comparison: Comparison, say: Say) -> str:
    """What tables and columns came and went, in sentences."""
    said = [sentence for table in comparison.tables for sentence in _table(table, say)]
    return " ".join(said) or say("changes.same_tables")


def rows(change: FigureChange, say: Say) -> str:
    """How many rows of a figure are not as before: "3 of 101 rows changed, 1 new"."""
    parts: list[str] = []
    for some, of, word in (
        (change.changed, change.after, "changed"),
        (change.added, change.after, "new"),
        (change.vanished, change.before, "gone"),
    ):
        if some:
            parts.append(say(f"changes.{'also' if parts else 'rows'}_{word}", some=some, of=of))
    return ", ".join(parts)


def furthest(change: FigureChange, say: Say) -> str:
    """The value of a figure that moved furthest; "" where none did."""
    if change.largest is None:
        return ""
    before, after, difference = change.largest.shown
    about = {"name": change.largest.name, "at": change.largest_at, "before": before, "after": after}
    return say("changes.furthest", **about, change=difference or None)


def limits(open_alarms: int, all_alarms: int, say: Say) -> str:
    """How many of what went beyond a limit nobody has looked at."""
    slot = "how_far" if not open_alarms else "waiting_all" if open_alarms == all_alarms else "waiting_some"
    return say(f"changes.{slot}", some=open_alarms, all=all_alarms)


def _table(table: TableChange, say: Say) -> list[str]:
    came = [("table_new", table.name)] if table.is_new else [("table_gone", table.name)] if table.is_lost else []
    came += [("column_new", f"{table.name}.{column}") for column in table.new_columns]
    came += [("column_gone", f"{table.name}.{column}") for column in table.lost_columns]
    return [say(f"changes.{slot}", name=name) for slot, name in came]
