"""DuckDB as the engine. Memory is bounded; what does not fit spills to the cache folder."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import duckdb

from report.cache.store import Store, explain_os_error, is_running
from report.core.errors import QueryError
from report.core.progress import Stage
from report.core.queries import without_comments
from report.core.settings import check_size
from report.sources.files import parquet, quoted
from report.sources.footers import count_rows, read_footers
from report.sql.connection import computing_threads, connect_closed, run
from report.sql.engine import Cut, Known

# Floats differ with the order of summing, and Parquet has no 128-bit integer: a cube holds neither.
CUBE_TYPES = ("BOOLEAN", "INTEGER", "BIGINT", "VARCHAR", "DATE", "DECIMAL(38,0)")


# What a row takes in the join or the grouping of a staging query that can be cut, and more than as much to spare: the
# tables of a join double at powers of two.
BYTES_A_ROW = 64
# Rows that are read to tell where to cut, from so many places, and how many of them tell.
SAMPLED = 8_000_000
PLACES = 64
TELLING = 100_000
# Characters of an id by which a join on ids is cut: they make some hundreds of parts.
START = 2
# Bytes of columns that are not asked for, read because they lie between two that are. Left to itself DuckDB guesses how
# many from what reading has taken, and on a disk that is slow for a while reads up to three times as much.
GAP = 65_536
# Version 2 packs what rises and what repeats. LZ4, with dictionaries that are given up early, takes a fifth more room
# than zstd and a quarter less time. Bloom filters serve searches for one value, and there are none. A row group is read
# by one thread: without a limit in bytes, the lists of markets, few and long, would all be in one.
STAGING_FORMAT = (
    "format parquet, parquet_version v2, compression lz4_raw, dictionary_size_limit 4096, write_bloom_filter false, "
    "row_group_size_bytes '16MB'"
)


@contextmanager
def connect(memory: str, threads: int | None, spill: Path) -> Iterator[DuckDB]:
    """The engine over a database in memory with the schemas `source` and `staging`.

    Joins are made as a query says: what stands on the right is held in memory, what stands on the left streams by. The
    optimiser can only guess how many rows a filter leaves, and has held the larger side where memory was short.

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
    config: dict[str, object] = {"memory_limit": memory, "temp_directory": str(own)}
    if threads:
        config["threads"] = threads
    try:
        with connect_closed(config) as con:
            con.execute("set enable_progress_bar = true")
            con.execute("set enable_progress_bar_print = false")
            con.execute("set disabled_optimizers = 'join_order,build_side_probe_side'")
            con.execute(f"set parquet_prefetch_column_gap = {GAP}")
            con.execute("create schema source")
            con.execute("create schema staging")
            con.execute("create macro slice(key) as true")
            con.execute(f"create macro id_start(id) as left(id, {START})")
            yield DuckDB(con, memory)
    finally:
        shutil.rmtree(own, ignore_errors=True)


class DuckDB:
    """DuckDB as an `Engine`.

    Args:
        con: a connection.
        memory: its limit, such as "4GB"; slices of staging tables are made to fit in it.
    """

    name = "DuckDB"
    version = version("duckdb")

    def __init__(self, con: duckdb.DuckDBPyConnection, memory: str) -> None:
        self._con = con
        self._memory = memory

    @cached_property
    def threads(self) -> int:
        return computing_threads(self._con)

    def define(self, macros: str) -> None:
        self._con.execute(macros)

    def offer(self, schema: str, table: str, select: str) -> None:
        self._con.execute(f'create or replace view {schema}."{table}" as {select}')

    def rows(self, sql: str, where: Path, stage: Stage | None = None) -> list[tuple]:
        return run(self._con, sql, where, stage)

    def types(self, relation: str, where: Path) -> dict[str, str]:
        return {row[0]: row[1] for row in self.rows(f"describe select * from {relation}", where)}

    def tell_ids_apart(self, *, by_number: bool) -> None:
        """Define `id_key(id)`, by which ids are joined and counted: a 64-bit hash, or the id itself.

        The hash takes a third of the memory and the time. Two of n ids of a table share one with a probability of
        n² / 2^65, 1 in 560 for 256 million: so the audit looks, and where they do the ids themselves serve. That an id
        nobody has shares one with an id of a track, it cannot see; of a million such, 1 in 70,000 lets one pass for the
        track.
        """
        self.define(f"create or replace macro id_key(id) as {'hash(id)' if by_number else 'id'}")

    def some_of(self, files: Iterable[Path], rows: int) -> str:
        """A FROM clause of some rows of Parquet files, from places spread evenly, or of all if there are few.

        Args:
            files: of about as many rows each, in the order of their rows.
            rows: how many the files have, together.
        """
        files = list(files)
        if rows <= SAMPLED:
            return parquet(files)
        chosen = files[:: -(-len(files) // PLACES)]
        each = rows // len(files)
        step = each // (PLACES // len(chosen))
        # The first rows as well: a file may be much shorter than most.
        starts = [0, *range(step // 2, each, step)]
        places = " or ".join(f"file_row_number between {start} and {start + SAMPLED // PLACES}" for start in starts)
        return f"(from {parquet(chosen, 'file_row_number = true')} where {places})"

    def slices(self, sql: str, cut: Cut, where: Path) -> list[str]:
        """Conditions that cut the rows a staging query reads into slices that fit in memory; `true` where one will do.

        A query that can be cut says by which column of what it reads: `where slice(track_rowid)`, the last where there
        are several: those are ids and starts of ids, so their conditions look at the start alone. Each condition is of
        a column `key`. No value is in two slices, and rows without one are in a slice of their own: with them in
        another, Parquet files that are sorted would be read whole.
        """
        columns = re.findall(r"\bslice\((?:\w+\.)?(\w+)\)", without_comments(sql))
        count = -(-cut.rows * BYTES_A_ROW // check_size(self._memory, where))
        if not columns or count < 2:
            return ["true"]
        column = columns[-1]
        steps = ", ".join(str(step / count) for step in range(1, count))
        # All of it where some of it has no value.
        for some, read in {cut.some: min(cut.rows, SAMPLED), cut.relation: cut.rows}.items():
            telling = f"from {some} where hash({column}) % {read // TELLING + 1} = 0"
            (bounds,) = self.rows(f"select quantile_disc({column}, [{steps}]) {telling}", where)[0]
            if bounds:
                break
        length = START if len(columns) > 1 else None
        starts = (bound[:length] if isinstance(bound, str) else str(bound) for bound in bounds or [])
        texts = ["'" + start.replace("'", "''") + "'" for start in dict.fromkeys(starts)]
        if not texts:
            return ["true"]
        inner = [f"key >= {low} and key < {high}" for low, high in pairwise(texts)]
        conditions = [f"key < {texts[0]}", *inner, f"key >= {texts[-1]}"]
        if column != cut.key and self.rows(f"select 1 from {cut.relation} where {column} is null limit 1", where):
            conditions.append("key is null")
        return conditions

    def keep_staging(self, store: Store, key: str, make: Callable[[Path], None], what: str) -> Path:
        return store.keep(key, ".parquet", make, what)

    def write_staging(
        self, sql: str, path: Path, where: Path, stage: Stage | None = None, condition: str = "true"
    ) -> None:
        """Run a staging query, or the slice of it for which the condition holds, into a Parquet file."""
        self.define(f"create or replace macro slice(key) as {condition}")
        # In any order: rows that wait for their turn are copied once more. Cubes are put in order.
        self._con.execute("set preserve_insertion_order = false")
        self.rows(f"copy ({_bare(sql)}) to {quoted(path)} ({STAGING_FORMAT})", where, stage)
        self._con.execute("reset preserve_insertion_order")

    def offer_staging(self, name: str, files: Sequence[Path]) -> int:
        relation, where = parquet(files), files[0]
        kept = " where drop_reason is null" if "drop_reason" in self.types(relation, where) else ""
        self.offer("staging", name, f"select * from {relation}{kept}")
        return count_rows(files)

    def footers(self, files: Sequence[Path]) -> dict[str, Known]:
        return read_footers(files)

    def audit_staging(self, files: Sequence[Path], where: Path) -> dict:
        """What became of the rows: kept, dropped by reason, values set aside by column and reason.

        A staging query says so in columns: `drop_reason` (NULL is kept), `source_rows` (rows of the source behind one
        row) and `unusable_<column>` (why the value is not used).
        """
        relation = parquet(files)
        columns = self.types(relation, where)
        behind = "source_rows" if "source_rows" in columns else "1"
        reason = "drop_reason" if "drop_reason" in columns else "cast(null as varchar)"
        rows = self.rows(
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
                reasons = self.rows(
                    f'select "{column}", count(*) from {relation} where "{column}" is not null group by 1 order by 1',
                    where,
                )
                if reasons:
                    unusable[column.removeprefix("unusable_")] = dict(reasons)
        return {"rows_kept": kept, "dropped": dropped, "unusable": unusable}

    def write_cube(self, sql: str, path: Path, where: Path, stage: Stage | None = None) -> None:
        """Run a cube's query into a Parquet file, rows in the order of all its columns.

        Raises:
            QueryError: it fails, or gives a type that would not come out the same on every machine.
        """
        for column, found in self.types(f"({_bare(sql)})", where).items():
            if found not in CUBE_TYPES:
                raise QueryError(
                    f"column `{column}` of this cube is {found}",
                    where,
                    f"cast it to one of {', '.join(CUBE_TYPES)}: sums of integers are the same everywhere",
                )
        # By way of a table, so that the file's bytes depend on the rows alone, not on how they were found.
        self.rows(f"create or replace temp table cube as select * from ({_bare(sql)}) order by all", where, stage)
        self.rows(f"copy cube to {quoted(path)} (format parquet, compression zstd)", where)
        self.define("drop table cube")


def _bare(sql: str) -> str:
    # The line break ends a comment that the query may end with.
    return sql.strip().rstrip(";") + "\n"
