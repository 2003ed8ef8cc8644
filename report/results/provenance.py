"""Where a figure's rows come from: the source's rows and values that were left out, the cubes, what counted them.

All of it follows from edition.json and from what the queries name; nothing is declared twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from report.core import queries
from report.core.columns import source_of
from report.results.contracts import Contract
from report.sources.schema import TABLES
from report.warehouse.edition import Edition, sha256


@dataclass(frozen=True)
class Reading:
    """A table of the source as it was read; rows read are those kept and those dropped, by reason."""

    table: str
    rows_read: int
    rows_kept: int
    dropped: Mapping[str, int]


@dataclass(frozen=True)
class SetAside:
    """A column that the figure rests on, with its values that cannot be used, by reason; the row counts elsewhere."""

    column: str
    reasons: Mapping[str, int]


@dataclass(frozen=True)
class Provenance:
    """How one figure came about.

    Attributes:
        query, query_sha256: its file in the project, and that file's SHA-256.
        units: what is counted.
        denominator: what shares are of, in words.
        contract: the rules that its rows keep, by name.
        readings, set_aside: what was left out before anything was counted.
        cubes: name -> SHA-256.
        counted_by, asked_by: the engine of the cubes and that of the rows, with their versions; "" for no cubes.
    """

    query: str
    query_sha256: str
    units: Sequence[str]
    denominator: str
    contract: Mapping[str, str]
    readings: Sequence[Reading]
    set_aside: Sequence[SetAside]
    cubes: Mapping[str, str]
    counted_by: str
    asked_by: str


class Tracer:
    """Finds the provenance of figures over one edition.

    Args:
        folder: queries/.
        asked_by: the engine that answers them.
    """

    def __init__(self, edition: Edition, folder: Path, asked_by: str) -> None:
        self._manifest = edition.manifest
        self._folder = folder
        self._asked_by = asked_by

    def trace(self, figure: str, contract: Contract, sql: str, others: str, cubes: Iterable[str]) -> Provenance:
        """The provenance of a figure.

        Args:
            sql: its query's file.
            others: the queries of the figures that it uses.
            cubes: those that all of these name.
        """
        names = sorted(cubes)
        columns = self._columns(f"{sql}\n{others}", names)
        engine = self._manifest.get("engine") or {}
        return Provenance(
            query=f"queries/{figure}.sql",
            query_sha256=sha256(sql.encode()),
            units=contract.units,
            denominator=contract.denominator,
            contract={name: text for name, text in contract.texts.items() if name != "denominator"},
            readings=list(self._readings(names, columns)),
            set_aside=list(self._set_aside(names, columns)),
            cubes={name: self._manifest["cubes"][name]["sha256"] for name in names},
            counted_by=f"{engine.get('name', '')} {engine.get('version', '')}".strip() if names else "",
            asked_by=self._asked_by,
        )

    def tables(self, cubes: Iterable[str]) -> list[str]:
        """The source's tables that the cubes are counted from, whether or not this edition has them."""
        staged = {name for cube in cubes for name in queries.references(self._cubes.get(cube, ""), "staging")}
        derived = staged - {spec.staging for spec in TABLES.values()}
        staged |= {name for made in derived for name in queries.references(self._staging.get(made, ""), "staging")}
        return [table for table, spec in TABLES.items() if spec.staging in staged]

    def _columns(self, sql: str, cubes: Sequence[str]) -> set[str]:
        """The source's columns behind what the query asks of its cubes."""
        made = set().union(*(self._cube_words.get(cube, set()) for cube in cubes)) & _words(sql)
        return {column for word in made for column in source_of(word)}

    def _read(self, cubes: Sequence[str], columns: set[str]) -> list[str]:
        """The tables of this edition that the cubes are counted from, and those that staging took columns from."""
        needed = set(self.tables(cubes))
        own = {column for table in needed for column in _columns(table)}
        # Staging gives tracks what their album has, and features what their track and its album have.
        for column in columns - own if needed else ():
            needed |= set([table for table in ("tracks", "albums") if column in _columns(table)][:1])
        return [table for table in TABLES if table in needed and table in self._manifest["tables"]]

    def _readings(self, cubes: Sequence[str], columns: set[str]) -> Iterable[Reading]:
        for table in self._read(cubes, columns):
            account = self._manifest["tables"][table]
            yield Reading(table, account["rows_read"], account["rows_kept"], account["dropped"])

    def _set_aside(self, cubes: Sequence[str], columns: set[str]) -> Iterable[SetAside]:
        for table in self._read(cubes, columns):
            for column, reasons in self._manifest["tables"][table]["unusable"].items():
                if column in columns:
                    yield SetAside(f"{table}.{column}", reasons)

    @cached_property
    def _cubes(self) -> dict[str, str]:
        return queries.read_sql(self._folder / "cubes")

    @cached_property
    def _cube_words(self) -> dict[str, set[str]]:
        return {name: _words(sql) for name, sql in self._cubes.items()}

    @cached_property
    def _staging(self) -> dict[str, str]:
        return queries.read_sql(self._folder / "staging")


def _columns(table: str) -> list[str]:
    return [name for name, column in TABLES[table].columns.items() if not column.is_flat_only]


def _words(sql: str) -> set[str]:
    return set(re.findall(r"[a-z]\w*", queries.without_comments(sql)))
