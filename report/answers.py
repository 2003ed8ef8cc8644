"""Rows and facts: SQL over an edition's cubes and the published figures, each result kept by what it depends on.

In queries/<finding>/ a cube goes by its name, a published figure is `published.<stem>`, edition.json is `edition.…`,
and facts.sql may use a figure of its own finding as `rows.<figure>`, so that both say the same.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import date
from decimal import Decimal
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from report import queries
from report.edition import Edition, sha256
from report.errors import QueryError
from report.figures import FigureData
from report.published import Published
from report.sources.schema import TABLES
from report.store import Store, fingerprint

if TYPE_CHECKING:
    import duckdb

NOT_FINDINGS = {"staging", "cubes"}
# What of edition.json the queries can read, as `edition.…`.
ACCOUNT = ("as_of", "snapshot_year", "tables", "absent", "markers")


class Answers(Mapping[str, FigureData]):
    """Figure id -> its rows; `facts()` for the facts. Computed when first read.

    Args:
        folder: queries/.
    """

    def __init__(self, edition: Edition, published: Published, folder: Path, store: Store) -> None:
        self._edition = edition
        self._published = published
        self._folder = folder
        self._store = store
        code = [Path(module or "").read_bytes() for module in (__file__, queries.__file__)]
        self._engine = fingerprint(version("duckdb"), *code)
        self._sql = {
            path.name: queries.read_sql(path)
            for path in sorted(folder.iterdir())
            if path.is_dir() and path.name not in NOT_FINDINGS
        }
        self._figures = [f"{stem}/{name}" for stem, sql in self._sql.items() for name in sql if name != "facts"]
        self._read: dict[str, FigureData] = {}
        self._open = ExitStack()

    def __enter__(self) -> Answers:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def __iter__(self) -> Iterator[str]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)

    def __getitem__(self, figure: str) -> FigureData:
        if figure not in self._figures:
            raise KeyError(figure)
        if figure not in self._read:
            self._read[figure] = self._figure(*figure.split("/"))
        return self._read[figure]

    def facts(self) -> dict[str, dict[str, object]]:
        """{finding: {fact: value}}; None where the edition cannot say."""
        return {stem: self.facts_of(stem) for stem, sql in self._sql.items() if "facts" in sql}

    def facts_of(self, stem: str) -> dict[str, object]:
        """The facts of one finding.

        Raises:
            QueryError: its facts.sql fails or gives other than one row (or rows of fact and value).
        """
        columns, rows = self._run(stem, "facts")
        if columns == ["fact", "value"]:
            return dict(rows)
        if len(rows) == 1:
            return dict(zip(columns, rows[0], strict=True))
        where = self._folder / stem / "facts.sql"
        hint = "give one row with a column a fact, or rows with the columns fact and value"
        raise QueryError(f"facts are one row; this query gives {len(rows)}", where, hint)

    def _figure(self, stem: str, name: str) -> FigureData:
        sql = self._sql[stem][name]
        columns, rows = self._run(stem, name)
        all_sql = "\n".join([sql, *(self._sql[stem][other] for other in self._rows_named(stem, sql))])
        sources = [self._published.tables[ref] for ref in queries.references(all_sql, "published")]
        basis = {"external" if source["basis"] == "external" else "published" for source in sources}
        cubes = set(queries.relations(all_sql)) & set(self._edition.cubes)
        if cubes:
            basis.add("computed")
        return FigureData(
            id=f"{stem}/{name}",
            sql=sql,
            columns=columns,
            rows=[dict(zip(columns, row, strict=True)) for row in rows],
            basis=sorted(basis),
            sources=sources,
            is_synthetic=self._edition.is_synthetic,
            absent=None if rows else self._why_empty(cubes),
        )

    def _why_empty(self, cubes: set[str]) -> str:
        """Why a figure over these cubes has no rows."""
        absent = self._edition.manifest["absent"]["tables"]
        cube_sql = queries.read_sql(self._folder / "cubes")
        staging = {name for cube in cubes for name in queries.references(cube_sql.get(cube, ""), "staging")}
        lacking = [table for table, spec in TABLES.items() if spec.staging in staging and table in absent]
        if lacking:
            return f"This edition has no table {' and no table '.join(lacking)}."
        return "This edition holds too little for this figure, or lacks a column that it needs."

    def _run(self, stem: str, name: str) -> tuple[list[str], list[list]]:
        """Columns and rows of one query, from the store or from DuckDB."""
        sql = self._sql[stem][name]
        others = {other: self._sql[stem][other] for other in self._rows_named(stem, sql)}
        key = fingerprint(
            "answer", name, sql, list(others.items()), self._engine, *self._data_named(sql, *others.values())
        )

        def ask() -> bytes:
            for other, text in others.items():
                view = f'create or replace view rows."{other}" as {text.rstrip().rstrip(";")}'
                self._ask(view, self._folder / stem / f"{other}.sql")
            columns, rows = self._ask(sql, self._folder / stem / f"{name}.sql")
            return json.dumps([columns, rows], ensure_ascii=False, allow_nan=False).encode()

        columns, rows = json.loads(self._store.keep_bytes(key, ".json", ask, f"answer {stem}/{name}"))
        return columns, rows

    def _data_named(self, *sql: str) -> list[object]:
        """What the queries may read, as far as they name it: cubes, published figures, the edition's account.

        A name that stands in a comment counts as well: too much is asked again, never too little.
        """
        text = "\n".join(sql).casefold()
        named = [part for part in self._data if part[1].casefold() in text]
        account = {key: self._edition.manifest[key] for key in ACCOUNT} if "edition" in text else {}
        return [*named, json.dumps(account)]

    @cached_property
    def _data(self) -> list[tuple[str, str, str]]:
        """Cubes and published figures: schema, name as queries use it, SHA-256."""
        cubes = [("", name, self._edition.manifest["cubes"][name]["sha256"]) for name in self._edition.cubes]
        return cubes + [("published", stem, sha256(path.read_bytes())) for stem, path in self._published.files.items()]

    def _rows_named(self, stem: str, sql: str) -> list[str]:
        """Figures of the finding that a query uses as `rows.<figure>`, each after those it uses itself."""
        named: dict[str, None] = {}
        for name in queries.references(sql, "rows"):
            if name not in self._sql[stem]:
                raise QueryError(f"`rows.{name}` is not a figure of `{stem}`", self._folder / stem)
            named |= dict.fromkeys([*self._rows_named(stem, self._sql[stem][name]), name])
        return list(named)

    def _ask(self, sql: str, where: Path) -> tuple[list[str], list[list]]:
        import duckdb

        from report.statements import explain

        try:
            cursor = self._con.execute(sql)
            if cursor is None:
                raise QueryError("this file has no query", where)
            columns = [column[0] for column in cursor.description]
            rows = cursor.fetchall()
        except duckdb.Error as error:
            raise explain(error, where) from error
        repeated = sorted({name for name in columns if columns.count(name) > 1})
        if repeated:
            raise QueryError(f"column `{repeated[0]}` is there twice", where, "give each column a name of its own")
        try:
            return columns, [[_plain(value) for value in row] for row in rows]
        except TypeError as error:
            raise QueryError(str(error), where, "give numbers, text, booleans or dates") from error

    @cached_property
    def _con(self) -> duckdb.DuckDBPyConnection:
        """A connection with the cubes, the published figures and edition.json; one thread, so that sums of floats
        come in one order."""
        import duckdb

        from report.sources.files import csv, parquet

        con = self._open.enter_context(duckdb.connect(config={"threads": 1}))
        for name, path in self._edition.cubes.items():
            con.execute(f'create view "{name}" as select * from {parquet(path)}')
        for schema in ("published", "edition", "rows"):
            con.execute(f"create schema {schema}")
        for stem, path in self._published.files.items():
            con.execute(f'create view published."{stem}" as select * from {csv(path)}')
        tables = self._edition.manifest["tables"]
        con.execute("create table edition.snapshot (as_of date, snapshot_year integer)")
        con.execute(
            "insert into edition.snapshot values (?, ?)",
            [self._edition.manifest["as_of"], self._edition.manifest["snapshot_year"]],
        )
        con.execute("create table edition.tables (table_name varchar, rows_read bigint, rows_kept bigint)")
        con.execute(
            "create table edition.unusable "
            "(table_name varchar, column_name varchar, reason varchar, value_count bigint)"
        )
        con.execute("create table edition.absent_columns (table_name varchar, column_name varchar)")
        for table, columns in self._edition.manifest["absent"]["columns"].items():
            con.executemany("insert into edition.absent_columns values (?, ?)", [[table, name] for name in columns])
        con.execute(
            "create table edition.markers (marker_order integer, marker varchar, pattern varchar, note varchar)"
        )
        for order, marker in enumerate(self._edition.manifest["markers"], 1):
            con.execute("insert into edition.markers values (?, ?, ?, ?)", [order, *marker.values()])
        con.execute("create table edition.dropped (table_name varchar, reason varchar, row_count bigint)")
        for table, account in tables.items():
            con.execute(
                "insert into edition.tables values (?, ?, ?)",
                [table, account["rows_read"], account["rows_kept"]],
            )
            for reason, count in account["dropped"].items():
                con.execute("insert into edition.dropped values (?, ?, ?)", [table, reason, count])
            for column, reasons in account["unusable"].items():
                for reason, count in reasons.items():
                    con.execute("insert into edition.unusable values (?, ?, ?, ?)", [table, column, reason, count])
        return con


def _plain(value: object) -> object:
    """A value as JSON holds it: whole decimals as integers, dates as ISO text, what is no number as None."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, date):
        return value.isoformat()
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(f"a {type(value).__name__} is no fact and no cell of a figure")
