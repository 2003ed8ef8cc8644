"""Two editions by hand: a test names only what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from report.claims.verdicts import Judged
from report.compare.views import Comparison, View, compare
from report.core.facts import AllFacts
from report.results.figure_data import FigureData


def view(
    name: str = "new",
    *,
    kind: str = "archive",
    as_of: str = "2025-07-01",
    facts: Mapping[str, object] | None = None,
    rows: Sequence[Mapping[str, object]] = (),
    key: str = "duration_s",
    verdicts: Mapping[str, str] | None = None,
    kept: Mapping[str, int] | None = None,
    lacks: Sequence[str] = (),
) -> View:
    """An edition with facts of `duration`, rows of `duration/histogram`, verdicts by claim, and rows kept by table.

    Args:
        key: of the rows.
        lacks: tables, or columns as `table.column`.
    """
    columns = {}
    for lacking in lacks:
        table, _, column = lacking.partition(".")
        if column:
            columns.setdefault(table, []).append(column)
    sql = f"-- What?\n--\n-- unit: tracks\n-- key: {key}\n-- rows: 0..9\nselect 1"
    names = list(rows[0]) if rows else ["duration_s", "track_count"]
    return View(
        edition={
            "name": name, "kind": kind, "as_of": as_of, "fingerprint": "ab" * 32,
            "tables": {
                table: {"rows_read": 1000, "rows_kept": count} for table, count in (kept or {"tracks": 1000}).items()
            },
            "absent": {"tables": [name for name in lacks if "." not in name], "columns": columns},
        },
        facts=AllFacts({"duration": facts or {}}),
        figures={"duration/histogram": FigureData("duration/histogram", sql, names, list(rows), ["computed"])},
        claims=[claim(id, verdict) for id, verdict in (verdicts or {}).items()],
    )  # fmt: skip


def claim(id: str, verdict: str) -> Judged:
    return Judged(
        id=id, words=f"What {id} says.", source="post", date="2025-12-23", finding="duration", figure="",
        test="", written="", known=[], verdict=verdict, reason="", observed="1.27", observed_of="at 3:00",
        basis="computed", is_illustration=False, why="It is so.", quote="", english="", brief="Yes.", links=[],
        tests=[],
    )  # fmt: skip


def facts_compared(before: Mapping[str, object], after: Mapping[str, object]) -> Comparison:
    return compare(view("old", facts=before), view("new", facts=after))
