"""DuckDB runs staging and cubes. Memory is bounded; what does not fit spills to the cache folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from report.errors import QueryError
from report.progress import Stage
from report.sources.files import parquet, quoted
from report.statements import run
from report.store import explain_os_error, is_running

# Floats differ with the order of summing, and Parquet has no 128-bit integer: a cube holds neither.
CUBE_TYPES = ("BOOLEAN", "INTEGER", "BIGINT", "VARCHAR", "DATE", "DECIMAL(38,0)")


@contextmanager
def connect(memory: str, threads: int | None, spill: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the schemas `source` and `staging`.

    Args:
        memory: DuckDB's limit, such as "4GB".
        threads: number of threads, or None for one a core.
        spill: folder for what does not fit; made here, rid of what killed runs left.

    Raises:
        StoreError: the folder cannot be written.
    """
    own = spill / str(os.getpid())
    try:
        own.mkdir(parents=True, exist_ok=True)
        for folder in spill.iterdir():
            if not is_running(folder.name):
                shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise explain_os_error(error, spill) from error
    config: dict[str, object] = {
        "memory_limit": memory,
        "temp_directory": str(own),
        "autoinstall_known_extensions": False,
    }
    if threads:
        config["threads"] = threads
    try:
        with duckdb.connect(config=config) as con:
            con.execute("set enable_progress_bar = true")
            con.execute("set enable_progress_bar_print = false")
            con.execute("create schema source")
            con.execute("create schema staging")
            yield con
    finally:
        shutil.rmtree(own, ignore_errors=True)


def write_staging(con: duckdb.DuckDBPyConnection, sql: str, path: Path, where: Path, stage: Stage | None) -> None:
    """Run a staging query into a Parquet file."""
    run(
        con,
        f"copy ({_bare(sql)}) to {quoted(path)} (format parquet, compression zstd, compression_level 1)",
        where,
        stage,
    )


def offer_staging(con: duckdb.DuckDBPyConnection, name: str, path: Path) -> None:
    """Make a staging file `staging.<name>`: without the rows that have a drop_reason."""
    relation = parquet(path)
    columns = [row[0] for row in con.execute(f"describe select * from {relation}").fetchall()]
    kept = " where drop_reason is null" if "drop_reason" in columns else ""
    con.execute(f'create or replace view staging."{name}" as select * from {relation}{kept}')


def write_cube(con: duckdb.DuckDBPyConnection, sql: str, path: Path, where: Path, stage: Stage | None = None) -> None:
    """Run a cube's query into a Parquet file, rows in the order of all its columns.

    Raises:
        QueryError: it fails, or gives a type that would not come out the same on every machine.
    """
    types = {row[0]: row[1] for row in run(con, f"describe {_bare(sql)}", where)}
    for column, found in types.items():
        if found not in CUBE_TYPES:
            raise QueryError(
                f"column `{column}` of this cube is {found}",
                where,
                f"cast it to one of {', '.join(CUBE_TYPES)}: sums of integers are the same everywhere",
            )
    run(
        con,
        f"copy (select * from ({_bare(sql)}) order by all) to {quoted(path)} (format parquet, compression zstd)",
        where,
        stage,
    )


def audit_staging(con: duckdb.DuckDBPyConnection, path: Path, where: Path) -> dict:
    """What became of the rows: kept, dropped by reason, values set aside by column and reason.

    A staging query says so in columns: `drop_reason` (NULL is kept), `source_rows` (rows of the source behind one row)
    and `unusable_<column>` (why the value is not used).
    """
    relation = parquet(path)
    columns = [row[0] for row in run(con, f"describe select * from {relation}", where)]
    behind = "source_rows" if "source_rows" in columns else "1"
    reason = "drop_reason" if "drop_reason" in columns else "cast(null as varchar)"
    rows = run(
        con,
        f"select {reason}, count(*), coalesce(sum({behind}), 0) from {relation} group by 1 order by 1 nulls first",
        where,
    )
    kept = sum(count for why, count, _ in rows if why is None)
    dropped = {why: int(source_rows) for why, _, source_rows in rows if why is not None}
    repeats = sum(int(source_rows) - count for why, count, source_rows in rows if why is None)
    if repeats:
        dropped["repeats another row"] = repeats
    unusable = {}
    for column in columns:
        if column.startswith("unusable_"):
            reasons = run(
                con,
                f'select "{column}", count(*) from {relation} where "{column}" is not null group by 1 order by 1',
                where,
            )
            if reasons:
                unusable[column.removeprefix("unusable_")] = dict(reasons)
    return {"rows_kept": kept, "dropped": dropped, "unusable": unusable}


def _bare(sql: str) -> str:
    # The line break ends a comment that the query may end with.
    return sql.strip().rstrip(";") + "\n"
