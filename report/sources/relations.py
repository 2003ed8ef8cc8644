"""Raw relations made typed: every value usable or NULL, every loss counted by table, column and reason.

One row of the raw relation gives one row of `source.<table>`, but for rows whose key is unusable or stands there
already; those are dropped and counted too. The same SQL serves every layout, whatever types the values came in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from report.core.errors import SourceError
from report.sources.schema import TABLES, Column

SIGNED = {"TINYINT", "SMALLINT", "INTEGER", "BIGINT"}
INTEGERS = SIGNED | {"UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT", "UHUGEINT"}
REALS = {"FLOAT", "DOUBLE"}
TEXTS = {"VARCHAR", "BLOB"}
TIMES = {"DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE"}
READABLE = {
    "integer": INTEGERS | REALS | TEXTS | {"BOOLEAN"},
    "real": INTEGERS | REALS | TEXTS,
    "text": TEXTS | INTEGERS | TIMES,
}


@dataclass(frozen=True)
class RawTable:
    """A table as its file holds it.

    Attributes:
        relation: a FROM clause that DuckDB reads, such as `read_parquet([…])`.
        types: type of each column, by the name DuckDB gives it.
        row_count: rows by the source's own count (Parquet footer, SQLite's count(*), records of a CSV).
        already_dropped: rows of the source that are not in the relation, by reason.
        parts: the Parquet files whose columns the relation gives as they are; none where it makes them.
        file: the file it is in, for messages.
    """

    relation: str
    types: dict[str, str]
    row_count: int
    file: str
    already_dropped: dict[str, int] = field(default_factory=dict)
    parts: tuple[Path, ...] = ()


def check_columns(table: str, types: dict[str, str], file: str) -> None:
    """Refuse a table whose columns the report could not read.

    Raises:
        SourceError: a required column is missing, or a column has a type that holds no such value.
    """
    spec = TABLES[table]
    wanted = [name for name, column in spec.columns.items() if column.is_required]
    missing = [name for name in wanted if name not in types]
    if missing:
        raise SourceError(
            f"table `{table}` has no column {', '.join(f'`{name}`' for name in missing)}",
            file,
            f"expected {', '.join(wanted)}; found {', '.join(types) or 'none'}",
        )
    for name, column in spec.columns.items():
        found = types.get(name)
        readable = READABLE[column.kind] | (TIMES if column.is_time else set())
        if found is not None and base_type(found) not in readable:
            raise SourceError(
                f"column `{name}` of table `{table}` is {found}",
                file,
                f"expected {column.kind} values (or text that holds them)",
            )


def base_type(name: str) -> str:
    """DuckDB's type name without its parameters; a DECIMAL reads like a DOUBLE."""
    plain = name.split("(")[0].strip().upper()
    return "DOUBLE" if plain == "DECIMAL" else plain


def absent_columns(table: str, types: Iterable[str]) -> list[str]:
    """Optional columns that the table lacks, in the schema's order."""
    present = set(types)
    columns = TABLES[table].columns
    return [name for name, column in columns.items() if not column.is_flat_only and name not in present]


def number(name: str, found: str) -> str:
    """SQL for the value as a DOUBLE, NULL where it is no number."""
    return f"try_cast({_readable(name, found)} as double)"


def text(name: str, found: str) -> str:
    """SQL for the value as text, NULL where its bytes are no UTF-8."""
    if found == "BLOB":
        return f'try(decode("{name}"))'
    return f'"{name}"' if found == "VARCHAR" else f'cast("{name}" as varchar)'


def _readable(name: str, found: str) -> str:
    if found in TIMES:
        # Connections are in UTC.
        return f'epoch_ms(cast("{name}" as timestamp))'
    return text(name, found) if found in TEXTS else f'"{name}"'


def whole(name: str, found: str) -> str:
    """SQL for the value as a BIGINT, NULL where it is no number or beyond 63 bits; a fraction is rounded."""
    return f"try_cast({_readable(name, found)} as bigint)"


def typed(name: str, column: Column, found: str | None) -> str:
    """SQL for one usable value or NULL."""
    if found is None:
        return f"cast(null as {_sql_type(column)})"
    if column.kind == "text":
        value = text(name, found)
        return f"nullif({value}, '')" if column.is_id else value
    as_number = number(name, found)
    bounds = [bound for bound in (column.low, column.high) if bound is not None]
    if column.kind == "real":
        value = as_number
        # Of both infinities and of NaN, which is above all others, none is between two bounds.
        conditions = [] if len(bounds) == 2 else [f"isfinite({as_number})"]
    else:
        value = whole(name, found)
        conditions = [] if found in INTEGERS or found == "BOOLEAN" else [f"{as_number} = trunc({as_number})"]
    if len(bounds) == 2:
        conditions.append(f"{value} between {column.low} and {column.high}")
    elif column.low is not None:
        conditions.append(f"{value} >= {column.low}")
    elif column.high is not None:
        conditions.append(f"{value} <= {column.high}")
    return f"case when {' and '.join(conditions)} then {value} end" if conditions else value


def _sql_type(column: Column) -> str:
    return {"integer": "bigint", "real": "double", "text": "varchar"}[column.kind]


def typed_select(table: str, raw: RawTable, *, has_repeats: bool, has_repeated_ids: bool = False) -> str:
    """SQL of `source.<table>`: the schema's columns, typed; rows without a usable key or with a repeated one left out.

    Args:
        has_repeats: whether a key stands in several rows; the row with the least values is kept, so that the
            choice does not depend on the order of reading.
        has_repeated_ids: whether an id stands in several of the rows kept; the first by the key keeps it, so that a
            join on it gives no row twice.
    """
    spec = TABLES[table]
    types = {name: base_type(found) for name, found in raw.types.items()}
    columns = ", ".join(f'{typed(name, column, types.get(name))} as "{name}"' for name, column in spec.columns.items())
    select = f"select {columns} from {raw.relation}"
    if not spec.key:
        return select
    kept = f'select * from ({select}) where "{spec.key}" is not null'
    if has_repeats:
        order = ", ".join(f'"{name}"' for name in spec.columns)
        kept += f' qualify row_number() over (partition by "{spec.key}" order by {order}) = 1'
    if has_repeated_ids:
        name = id_column(table)
        first = f'row_number() over (partition by "{name}" order by "{spec.key}") = 1'
        values = (
            f'case when {first} then "{name}" end as "{name}"' if name == own else f'"{own}"' for own in spec.columns
        )
        kept = f"select {', '.join(values)} from ({kept})"
    return kept


def id_column(table: str) -> str | None:
    """The column that other tables name a row by, where that is not the key."""
    spec = TABLES[table]
    return next((name for name, column in spec.columns.items() if column.is_id and name != spec.key), None)
