"""What is lost on the way from a source's rows to staging: nothing without being counted.

Rows read = rows kept + rows dropped, by table and reason; values set aside, by table, column and reason.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from report.cache.code import code_of
from report.cache.store import Store, fingerprint
from report.core.errors import QueryError, SourceError
from report.core.progress import Stage
from report.run import Run
from report.sources.files import DAMAGED
from report.sources.footers import read_footers
from report.sources.relations import (
    INTEGERS,
    SIGNED,
    RawTable,
    base_type,
    id_column,
    number,
    text,
    typed,
    typed_select,
    whole,
)
from report.sources.schema import TABLES, Column
from report.sql.connection import TextError
from report.sql.engine import ENGINE, Engine, Known


def audit_source(engine: Engine, table: str, raw: RawTable, reading: str, run: Run) -> dict:
    """Rows of a source table, and those without a usable key or with a repeated one.

    Args:
        reading: fingerprint of the source as it is read; the counts are kept in the store under it.

    Returns:
        rows_read, dropped {reason: rows}, repeats (rows that repeat a key), repeated_ids (rows kept that repeat
        another's id) and is_confused (whether two of its ids have one `id_key`).

    Raises:
        SourceError: fewer or more rows could be read than the source itself counts, or the file is damaged.
        TextError: there is text that is not UTF-8.
    """
    where, own, name = Path(raw.file), TABLES[table].key, id_column(table)

    def count() -> bytes:
        with run.progress.stage(f"check {table}", raw.row_count) as stage:
            rows = engine.rows(f"select count(*) from {raw.relation}", where)[0][0]
            filled, distinct, confused = count_keys(engine, table, own, raw, rows, stage) if own else (rows, rows, 0)
            repeated_ids = 0
            if name:
                with_id, ids, confused = count_keys(engine, table, name, raw, rows, stage)
                repeated_ids = with_id - ids
            if repeated_ids and filled > distinct:
                # A repeated row repeats its id as well, but is dropped: the ids to count are those of the rows kept.
                kept = typed_select(table, raw, has_repeats=True)
                counted = f'select count("{name}") - count(distinct "{name}") from ({kept})'
                repeated_ids = engine.rows(counted, where)[0][0]
        return json.dumps([rows, rows - filled, filled - distinct, repeated_ids, confused]).encode()

    key = fingerprint("audit", table, reading, raw.types, code_of(run.store, audit_source, ENGINE))
    counts = _keep(run.store, key, count, table, raw)
    rows, keyless, repeats, repeated_ids, confused = counts
    read = rows + sum(raw.already_dropped.values())
    if read != raw.row_count:
        raise SourceError(
            f"{read:,} rows of `{table}` could be read; the file says it has {raw.row_count:,}",
            raw.file,
            "the file may be truncated or changing: fetch it again",
        )
    dropped = dict(raw.already_dropped)
    dropped |= {f"no usable {own}": keyless} if keyless else {}
    dropped |= {f"repeats a {own}": repeats} if repeats else {}
    return {
        "rows_read": raw.row_count,
        "dropped": dropped,
        "repeats": repeats,
        "repeated_ids": repeated_ids,
        "is_confused": confused > 0,
    }


def count_keys(engine: Engine, table: str, name: str, raw: RawTable, rows: int, stage: Stage) -> tuple[int, int, int]:
    """How many usable values a key column has, how many different ones, and how many of those `id_key` confuses.

    Integers are kept as 64 bits a block of 64, ids by the number that joins know them by: a fraction of what the values
    themselves would take. Where there are fewer numbers than ids that is no proof of repeats, so then the ids are
    counted.
    """
    column = TABLES[table].columns[name]
    keys = f"select {typed(name, column, base_type(raw.types[name]))} as key from {raw.relation}"
    if column.kind == "integer":
        sql = (
            "select coalesce(sum(filled), 0)::bigint, coalesce(sum(bit_count(is_there)), 0)::bigint from ("
            "select key >> 6 as block, count(key) as filled, "
            f"bit_or(cast(1 as ubigint) << cast(key & 63 as ubigint)) as is_there from ({keys}) group by block)"
        )
        return *engine.rows(sql, Path(raw.file), stage)[0], 0

    def count(sql: str) -> int:
        return engine.rows(f"select count(*) from ({sql} from ({keys}) where key is not null)", where, stage)[0][0]

    where = Path(raw.file)
    numbers = count("select distinct id_key(key)")
    filled = rows if numbers == rows else count("select key")
    distinct = filled if numbers == filled else count("select distinct key")
    return filled, distinct, distinct - numbers


def audit_values(
    engine: Engine,
    table: str,
    raw: RawTable,
    staged: Sequence[Path],
    reading: str,
    run: Run,
) -> dict[str, dict[str, int]]:
    """Values of a source table that cannot be used, by column and reason.

    Columns that the footers of its files, and of the staging files made of it, show to be sound are not read again.
    """
    known, made = read_footers(raw.parts) if raw.parts else {}, engine.footers(staged)
    types = {name: base_type(found) for name, found in raw.types.items()}
    doubtful = {
        name: column
        for name, column in TABLES[table].columns.items()
        if name in types and not _is_sound(column, types[name], raw.row_count, known.get(name), made.get(name))
    }
    pairs, counts = [], []
    for name, column in doubtful.items():
        for reason, condition in reasons_of(name, column, types[name]).items():
            pairs.append((name, reason))
            counts.append(f"count(*) filter (where {condition})")
    if not pairs:
        return {}

    def count() -> bytes:
        with run.progress.stage(f"check the values of {table}", raw.row_count) as stage:
            sql = f"select {', '.join(counts)} from {raw.relation}"
            return json.dumps(engine.rows(sql, Path(raw.file), stage)[0]).encode()

    key = fingerprint("audit values", table, reading, pairs, code_of(run.store, audit_values, ENGINE))
    found = _keep(run.store, key, count, table, raw)
    unusable: dict[str, dict[str, int]] = {}
    for (name, reason), values in zip(pairs, found, strict=True):
        if values:
            unusable.setdefault(name, {})[reason] = values
    return unusable


def _is_sound(column: Column, found: str, rows: int, known: Known | None, made: Known | None) -> bool:
    """Whether the footers prove that no value of the column is set aside.

    Args:
        known: of the source's column; made: of the staging column that has its name, if one has.
    """
    if known is None or known.filled is None or (column.is_filled and known.filled < rows):
        return False
    if known.filled == 0:
        return True
    if column.kind == "text":
        return found == "VARCHAR" and (not column.is_id or bool(known.low))
    if found in SIGNED:
        is_low_enough = column.high is None or (known.high is not None and known.high <= column.high)
        return is_low_enough and (column.low is None or (known.low is not None and known.low >= column.low))
    # A staging value comes of a usable one: as many as there are in the source, and all of them are.
    return made is not None and made.filled == known.filled


def check_readable(engine: Engine, table: str, raw: RawTable) -> None:
    """Read every value of the columns the report reads; asked when a query over them has failed.

    Raises:
        SourceError: the file cannot be read, so it is not the query that is at fault.
    """
    columns = ", ".join(f'max(hash("{name}"))' for name in TABLES[table].columns if name in raw.types)
    try:
        engine.rows(f"select {columns} from {raw.relation}", Path(raw.file))
    except QueryError as error:
        raise _unreadable(table, raw, error) from error


def _keep(store: Store, key: str, count: Callable[[], bytes], table: str, raw: RawTable) -> list[int]:
    """Counts from the store, or counted now; a file that fails is the source's fault, not the query's."""
    try:
        return json.loads(store.keep_bytes(key, ".json", count, f"audit {table}"))
    except TextError:
        raise
    except QueryError as error:
        raise _unreadable(table, raw, error) from error


def _unreadable(table: str, raw: RawTable, error: QueryError) -> SourceError:
    return SourceError(f"`{table}` cannot be read: {error.message}", raw.file, DAMAGED)


def reconcile(table: str, source: dict, values: dict, staging: dict, where: Path) -> dict:
    """The account of a table, from what `audit_source`, `audit_values` and its staging query say.

    Raises:
        QueryError: rows read are not rows kept and rows dropped.
    """
    dropped = source["dropped"] | staging["dropped"]
    if source["rows_read"] != staging["rows_kept"] + sum(dropped.values()):
        raise QueryError(
            f"of {source['rows_read']:,} rows of `{table}`, {staging['rows_kept']:,} are kept and "
            f"{sum(dropped.values()):,} dropped",
            where,
            "a staging query gives one row a row of its source, or says in source_rows how many stand behind one",
        )
    unusable = {column: dict(reasons) for column, reasons in values.items()}
    if source["repeated_ids"]:
        unusable.setdefault(id_column(table), {})["repeats another row's"] = source["repeated_ids"]
    for column, reasons in staging["unusable"].items():
        unusable[column] = unusable.get(column, {}) | reasons
    return {
        "rows_read": source["rows_read"],
        "rows_kept": staging["rows_kept"],
        "dropped": dropped,
        "unusable": unusable,
    }


def reasons_of(name: str, column: Column, found: str) -> dict[str, str]:
    """SQL condition of each reason for which a value of the column is not usable; no two hold of one value."""
    quoted = f'"{name}"'
    reasons = {"no value": f"{quoted} is null"} if column.is_filled else {}
    if column.kind == "text":
        if found == "BLOB":
            reasons["not valid UTF-8"] = f"{quoted} is not null and {text(name, found)} is null"
        if column.is_id:
            reasons["empty"] = f"{text(name, found)} = ''"
        return reasons
    value = number(name, found)
    if found not in INTEGERS and found != "BOOLEAN":
        reasons["not a number"] = f"{quoted} is not null and ({value} is null or not isfinite({value}))"
        if column.kind == "integer":
            reasons["not a whole number"] = f"isfinite({value}) and {value} <> trunc({value})"
    sound = f"isfinite({value})" + (f" and {value} = trunc({value})" if column.kind == "integer" else "")
    if column.low is not None:
        reasons[f"below {column.low}"] = f"{sound} and {value} < {column.low}"
    if column.high is not None:
        reasons[f"above {column.high}"] = f"{sound} and {value} > {column.high}"
    if column.kind == "integer" and found not in SIGNED and found != "BOOLEAN":
        within = [f"{value} >= {column.low}"] if column.low is not None else []
        within += [f"{value} <= {column.high}"] if column.high is not None else []
        reasons["beyond 63 bits"] = " and ".join([sound, *within, f"{whole(name, found)} is null"])
    return reasons
