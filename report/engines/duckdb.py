"""DuckDB runs staging and cubes. Memory is bounded; what does not fit spills to the cache folder."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from report.errors import QueryError
from report.progress import Stage
from report.sources.files import quoted
from report.store import StoreError

SECONDS_BETWEEN_LOOKS = 0.1
# Floats differ with the order of summing, and Parquet has no 128-bit integer: a cube holds neither.
CUBE_TYPES = ("BOOLEAN", "INTEGER", "BIGINT", "VARCHAR", "DATE", "DECIMAL(38,0)")


@contextmanager
def connect(memory: str, threads: int | None, spill: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the schemas `source` and `staging`.

    Args:
        memory: DuckDB's limit, such as "4GB".
        threads: number of threads, or None for one a core.
        spill: folder for what does not fit; made here, emptied of what a killed run left.
    """
    spill.mkdir(parents=True, exist_ok=True)
    for leftover in spill.iterdir():
        leftover.unlink(missing_ok=True)
    config: dict[str, object] = {
        "memory_limit": memory,
        "temp_directory": str(spill),
        "autoinstall_known_extensions": False,
    }
    if threads:
        config["threads"] = threads
    with duckdb.connect(config=config) as con:
        con.execute("set enable_progress_bar = true")
        con.execute("set enable_progress_bar_print = false")
        con.execute("create schema source")
        con.execute("create schema staging")
        yield con


def run(con: duckdb.DuckDBPyConnection, sql: str, where: Path, stage: Stage | None = None) -> list[tuple]:
    """Execute `sql` and fetch what it gives, telling `stage` how far it is; Ctrl-C stops it at once.

    Args:
        where: the SQL file, for messages.

    Raises:
        QueryError: DuckDB refuses the query.
        StoreError: memory or disk ran out.
    """
    outcome: list = []

    def work() -> None:
        try:
            outcome.append(con.execute(sql).fetchall())
        except BaseException as error:
            outcome.append(error)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    try:
        while worker.is_alive():
            worker.join(SECONDS_BETWEEN_LOOKS)
            if stage and stage.total:
                share = con.query_progress()
                if share > 0:
                    stage.advance(max(0, int(stage.total * min(share, 100) / 100) - stage.done))
    except BaseException:
        con.interrupt()
        worker.join()
        raise
    if isinstance(outcome[0], BaseException):
        raise explain(outcome[0], where) from outcome[0]
    if stage and stage.total:
        stage.advance(stage.total - stage.done)
    return outcome[0]


def explain(error: BaseException, where: Path) -> BaseException:
    """The error of the family for what DuckDB said; anything else as it is."""
    if isinstance(error, duckdb.OutOfMemoryException):
        hint = "give more with --memory, or fewer --threads"
        if "temp_directory" in str(error) or "disk" in str(error).lower():
            hint = "free some space under the cache folder, or put --cache on another disk"
        return StoreError("memory ran out", where, hint)
    if isinstance(error, duckdb.IOException) and "space" in str(error).lower():
        return StoreError("no space left on the disk", where, "free some space, or put --cache on another disk")
    if isinstance(error, duckdb.Error):
        lines = [line for line in str(error).strip().splitlines() if line.strip()]
        return QueryError(lines[0] if lines else "the query failed", where, " ".join(lines[1:3]) or None)
    return error


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
    relation = f"read_parquet({quoted(path)})"
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
    relation = f"read_parquet({quoted(path)})"
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
    return sql.strip().rstrip(";")
