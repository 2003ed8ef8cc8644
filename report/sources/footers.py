"""What the footers of Parquet files say of their columns: counts and bounds that need no reading."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from report.sources.files import literal
from report.sql.connection import connect_reading
from report.sql.engine import Known


def read_footers(files: Iterable[Path]) -> dict[str, Known]:
    """Columns by name, over all the files; integers' bounds are compared as integers."""
    listed = ", ".join(map(literal, files))
    sql = (
        "select path_in_schema, bool_and(stats_null_count is not null), sum(num_values - stats_null_count), "
        "bool_and(stats_min_value is not null or num_values = stats_null_count), "
        "bool_and(stats_max_value is not null or num_values = stats_null_count), "
        "any_value(type), min(stats_min_value), min(try_cast(stats_min_value as hugeint)), "
        "max(try_cast(stats_max_value as hugeint)) "
        f"from parquet_metadata([{listed}]) group by path_in_schema"
    )
    with connect_reading() as con:
        rows = con.execute(sql).fetchall()
    known = {}
    for name, is_counted, filled, has_low, has_high, kind, text, low, high in rows:
        is_integer = kind in ("INT32", "INT64")
        known[name] = Known(
            filled=int(filled) if is_counted else None,
            low=(low if is_integer else text) if has_low else None,
            high=high if has_high and is_integer else None,
        )
    return known


def count_rows(files: Iterable[Path]) -> int:
    """Rows of the files, together."""
    listed = ", ".join(map(literal, files))
    with connect_reading() as con:
        return int(con.execute(f"select sum(num_rows) from parquet_file_metadata([{listed}])").fetchone()[0])
