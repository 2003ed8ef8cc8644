"""The cubes of an edition that counts nothing: empty tables with the columns that their queries give.

So every query of a finding runs, and what it asks of a cube is not known.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from report.core import queries
from report.sources.relations import RawTable, typed_select
from report.sources.schema import TABLES
from report.warehouse.markers import macros, read_markers

if TYPE_CHECKING:
    import duckdb

# What the engine defines for staging queries; which rows they would give is no question here.
MACROS = "create macro slice(key) as true; create macro id_start(id) as id; create macro id_key(id) as hash(id);"
NO_TABLE = RawTable("(select 1 where false)", {}, 0, "")


def offer_empty_cubes(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Make every cube of queries/, `folder`, an empty table; the tables that it is counted from go again."""
    con.execute(MACROS + macros(read_markers(folder / "markers.csv")))
    con.execute("create schema source; create schema staging")
    for table, spec in TABLES.items():
        if spec.staging:
            _empty(con, f'source."{table}"', typed_select(table, NO_TABLE, has_repeats=False, has_repeated_ids=False))
    staging = queries.read_sql(folder / "staging")
    for name in queries.in_order(staging, "staging", folder / "staging"):
        _empty(con, f'staging."{name}"', staging[name])
    for name, sql in queries.read_sql(folder / "cubes").items():
        _empty(con, f'"{name}"', sql)
    con.execute("drop schema source cascade; drop schema staging cascade")


def _empty(con: duckdb.DuckDBPyConnection, name: str, sql: str) -> None:
    con.execute(f"create table {name} as from ({sql.strip().rstrip(';')}\n) where false")
