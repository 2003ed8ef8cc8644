"""What is lost on the way from a source's rows to staging: nothing without being counted.

Rows read = rows kept + rows dropped, by table and reason; values set aside, by table, column and reason.
"""

from __future__ import annotations

import json
from pathlib import Path

import duckdb

from report.engines import duckdb as engine
from report.errors import QueryError, SourceError
from report.progress import Progress
from report.sources.files import DAMAGED
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
from report.store import Store, fingerprint


def audit_source(
    con: duckdb.DuckDBPyConnection, table: str, raw: RawTable, reading: str, store: Store, progress: Progress
) -> dict:
    """Rows of a source table, those without a usable key or with a repeated one, and values that cannot be used.

    Args:
        reading: fingerprint of the source as it is read; the counts are kept in the store under it.

    Returns:
        rows_read, dropped {reason: rows}, unusable {column: {reason: values}}, repeats (rows that repeat a key) and
        repeated_ids (rows kept that repeat another's id).

    Raises:
        SourceError: fewer or more rows could be read than the source itself counts, or the file is damaged.
    """
    sql, pairs = audit_select(table, raw)

    def count() -> bytes:
        with progress.stage(f"check {table}", raw.row_count) as stage:
            row = list(engine.run(con, sql, Path(raw.file), stage)[0])
        has_repeats, has_repeated_ids = row[1] > 0, row[3] > 0
        if has_repeats and has_repeated_ids:
            # A repeated row repeats its id as well, but is dropped: the ids to count are those of the rows kept.
            kept = typed_select(table, raw, has_repeats=True)
            row[3] = engine.run(con, f"select {_repeated(id_column(table))} from ({kept})", Path(raw.file))[0][0]
        return json.dumps(row).encode()

    try:
        key = fingerprint("audit", table, reading, pairs)
        row = json.loads(store.keep_bytes(key, ".json", count, f"audit {table}"))
    except QueryError as error:
        raise SourceError(f"`{table}` cannot be read: {error.message}", raw.file, DAMAGED) from error
    rows, repeats, keyless, repeated_ids = row[:4]
    unusable: dict[str, dict[str, int]] = {}
    for (column, reason), values in zip(pairs, row[4:], strict=True):
        if values:
            unusable.setdefault(column, {})[reason] = values
    if repeated_ids:
        unusable.setdefault(id_column(table), {})["repeats another row's"] = repeated_ids
    read = rows + sum(raw.already_dropped.values())
    if read != raw.row_count:
        raise SourceError(
            f"{read:,} rows of `{table}` could be read; the file says it has {raw.row_count:,}",
            raw.file,
            "the file may be truncated or changing: fetch it again",
        )
    key = TABLES[table].key
    dropped = dict(raw.already_dropped)
    dropped |= {f"no usable {key}": keyless} if keyless else {}
    dropped |= {f"repeats a {key}": repeats} if repeats else {}
    return {
        "rows_read": raw.row_count,
        "dropped": dropped,
        "unusable": unusable,
        "repeats": repeats,
        "repeated_ids": repeated_ids,
    }


def reconcile(table: str, source: dict, staging: dict, where: Path) -> dict:
    """The account of a table, from what its source and its staging query say.

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
    unusable = {column: dict(reasons) for column, reasons in source["unusable"].items()}
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


def audit_select(table: str, raw: RawTable) -> tuple[str, list[tuple[str, str]]]:
    """SQL of one row: rows, repeated keys, rows without a key, repeated ids, then one count a column and reason.

    Returns:
        the SQL and the (column, reason) pairs that its further columns count.
    """
    spec = TABLES[table]
    types = {name: base_type(found) for name, found in raw.types.items()}
    pairs, counts = [], []
    for name, column in spec.columns.items():
        if name in types:
            for reason, condition in reasons_of(name, column, types[name]).items():
                pairs.append((name, reason))
                counts.append(f"count(*) filter (where {condition})")
    keys = ["0", "0", "0"]
    if spec.key:
        key = typed(spec.key, spec.columns[spec.key], types[spec.key])
        keys = [_repeated(key), f"count(*) filter (where {key} is null)", "0"]
    name = id_column(table)
    if name:
        keys[2] = _repeated(typed(name, spec.columns[name], types[name]))
    return f"select {', '.join(['count(*)', *keys, *counts])} from {raw.relation}", pairs


def _repeated(value: str) -> str:
    return f"count({value}) - count(distinct {value})"
