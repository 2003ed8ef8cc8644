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
from report.sources.relations import INTEGERS, RawTable, base_type, number, typed
from report.sources.schema import TABLES, Column
from report.store import Store, fingerprint


def audit_source(
    con: duckdb.DuckDBPyConnection, table: str, raw: RawTable, reading: str, store: Store, progress: Progress
) -> dict:
    """Rows of a source table, those without a usable key or with a repeated one, and values that cannot be used.

    Args:
        reading: fingerprint of the source as it is read; the counts are kept in the store under it.

    Returns:
        rows_read, dropped {reason: rows}, unusable {column: {reason: values}} and repeats, the rows that repeat a key.

    Raises:
        SourceError: fewer or more rows could be read than the source itself counts.
    """
    sql, pairs = audit_select(table, raw)

    def count() -> bytes:
        with progress.stage(f"check {table}", raw.row_count) as stage:
            return json.dumps(engine.run(con, sql, Path(raw.file), stage)[0]).encode()

    row = json.loads(store.keep_bytes(fingerprint("audit", table, reading, pairs), ".json", count))
    rows, keys, keyless = row[:3]
    unusable: dict[str, dict[str, int]] = {}
    for (column, reason), values in zip(pairs, row[3:], strict=True):
        if values:
            unusable.setdefault(column, {})[reason] = values
    read = rows + sum(raw.already_dropped.values())
    if read != raw.row_count:
        raise SourceError(
            f"{read:,} rows of `{table}` could be read; the file says it has {raw.row_count:,}",
            raw.file,
            "the file may be truncated or changing: fetch it again",
        )
    key = TABLES[table].key
    repeats = rows - keyless - keys if key else 0
    dropped = dict(raw.already_dropped)
    dropped |= {f"no usable {key}": keyless} if keyless else {}
    dropped |= {f"repeats a {key}": repeats} if repeats else {}
    return {"rows_read": raw.row_count, "dropped": dropped, "unusable": unusable, "repeats": repeats}


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


def _reasons(name: str, column: Column, found: str) -> dict[str, str]:
    """SQL condition of each reason for which a value of the column is not usable."""
    quoted = f'"{name}"'
    if column.kind == "text":
        return {"not valid UTF-8": f"{quoted} is not null and try(decode({quoted})) is null"} if found == "BLOB" else {}
    value = number(name, found)
    reasons = {}
    if found not in INTEGERS and found != "BOOLEAN":
        reasons["not a number"] = f"{quoted} is not null and ({value} is null or not isfinite({value}))"
        if column.kind == "integer":
            reasons["not a whole number"] = f"isfinite({value}) and {value} <> trunc({value})"
    whole = f" and {value} = trunc({value})" if column.kind == "integer" else ""
    if column.low is not None:
        reasons[f"below {column.low}"] = f"isfinite({value}) and {value} < {column.low}{whole}"
    if column.high is not None:
        reasons[f"above {column.high}"] = f"isfinite({value}) and {value} > {column.high}{whole}"
    return reasons


def audit_select(table: str, raw: RawTable) -> tuple[str, list[tuple[str, str]]]:
    """SQL of one row: rows, distinct keys, rows without a key, then one count a column and reason.

    Returns:
        the SQL and the (column, reason) pairs that its further columns count.
    """
    spec = TABLES[table]
    types = {name: base_type(found) for name, found in raw.types.items()}
    pairs, counts = [], []
    for name, column in spec.columns.items():
        if name in types:
            for reason, condition in _reasons(name, column, types[name]).items():
                pairs.append((name, reason))
                counts.append(f"count(*) filter (where {condition})")
    if spec.key:
        key = typed(spec.key, spec.columns[spec.key], types[spec.key])
        keys = [f"count(distinct {key})", f"count(*) filter (where {key} is null)"]
    else:
        keys = ["0", "0"]
    return f"select {', '.join(['count(*)', *keys, *counts])} from {raw.relation}", pairs
