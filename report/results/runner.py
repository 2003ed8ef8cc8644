"""Asking DuckDB over an edition: what a query of queries/<finding>/ can name, and its result in plain values.

DuckDB is imported when something is really asked: a build with nothing new asks nothing.
"""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from report.core.errors import QueryError
from report.core.kinds import standing_of
from report.core.limits import MACROS
from report.warehouse.edition import Edition
from report.warehouse.published import Published

if TYPE_CHECKING:
    import duckdb

# Comments and blanks before the query itself.
HEADER = re.compile(r"\A(?:\s*--[^\n]*(?:\n|\Z))*\s*")


def connect(edition: Edition, published: Published, folder: Path, macros: str = "") -> duckdb.DuckDBPyConnection:
    """A connection with the cubes, the published figures and edition.json; one thread, so that sums of floats come in
    one order.

    Args:
        folder: queries/, by which an edition that counts nothing has its cubes, empty.
        macros: SQL that defines what several queries compute in one way.
    """
    from report.results.uncounted import offer_empty_cubes
    from report.sources.files import csv, parquet
    from report.sql.connection import connect_closed

    con = connect_closed({"threads": 1, "temp_directory": ""})
    for name, value in MACROS.items():
        con.execute(f"create macro {name}() as {value}")
    con.execute(macros)
    if not standing_of(edition.manifest).counts:
        offer_empty_cubes(con, folder)
    for name, path in edition.cubes.items():
        # Each is named by many queries, and takes longer to open than to read.
        con.execute(f'create table "{name}" as select * from {parquet(path)}')
    for schema in ("published", "edition", "rows"):
        con.execute(f"create schema {schema}")
    for stem, path in published.files.items():
        con.execute(f'create view published."{stem}" as select * from {csv(path)}')
    tables = edition.manifest["tables"]
    con.execute("create table edition.snapshot (as_of date, snapshot_year integer, last_full_year integer)")
    con.execute(
        "insert into edition.snapshot values (?, ?, ?)",
        [edition.manifest[name] for name in ("as_of", "snapshot_year", "last_full_year")],
    )
    con.execute("create table edition.tables (table_name varchar, rows_read bigint, rows_kept bigint)")
    con.execute(
        "create table edition.unusable (table_name varchar, column_name varchar, reason varchar, value_count bigint)"
    )
    con.execute("create table edition.absent_columns (table_name varchar, column_name varchar)")
    for table, columns in edition.manifest["absent"]["columns"].items():
        con.executemany("insert into edition.absent_columns values (?, ?)", [[table, name] for name in columns])
    con.execute("create table edition.markers (marker_order integer, marker varchar, pattern varchar, note varchar)")
    for order, marker in enumerate(edition.manifest["markers"], 1):
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


def ask(con: duckdb.DuckDBPyConnection, sql: str, where: Path) -> tuple[list[str], list[list]]:
    """The columns and rows that a query gives, as JSON can hold them.

    Args:
        where: the query's file.

    Raises:
        QueryError: DuckDB refuses it, two columns have one name, or a value is neither number, text, boolean nor date.
    """
    import duckdb

    from report.sql.connection import explain

    try:
        # DuckDB loses count of where it is in a query that begins with a comment.
        cursor = con.execute(HEADER.sub("", sql))
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
