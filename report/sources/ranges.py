"""Ranges of a SQLite table's rowids, each copied into a Parquet part and compared with what SQLite counts in it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

import duckdb

from report.errors import SourceError
from report.sources.database import connect, explain, uri
from report.sources.files import parquet, quoted
from report.sources.schema import Column
from report.statements import connect_small
from report.statements import explain as explain_duckdb

RANGE = 1_000_000
MOST = 4096
# In SQLite a column's declaration is a wish: what a value really is, typeof() says.
CONFORMING = {"integer": "('integer','null')", "real": "('real','integer','null')", "text": "('text','null')"}
EMPTY = {"integer": "0", "real": "0.0", "text": "x''"}


@dataclass(frozen=True)
class Span:
    """Rowids from `first` to `last`, both included."""

    first: int
    last: int


@dataclass(frozen=True)
class Loose:
    """What SQLite itself counts in a span: rows, sums of the conforming integers, columns with other values."""

    rows: int
    sums: dict[str, int]
    columns: list[str]


def spans(con: sqlite3.Connection, table: str) -> list[Span]:
    """The ranges that cover the rowids of a table; one of nothing where it has no rows.

    Each begins at a rowid that is there, and where rowids lie far apart the ranges grow, so that there are never more
    than a few thousand.
    """
    first, last = con.execute(
        f'select (select min(_rowid_) from "{table}"), (select max(_rowid_) from "{table}")'
    ).fetchone()
    if first is None:
        return [Span(0, 0)]
    width = RANGE
    while True:
        found = [Span(first, min(first + width - 1, last))]
        while found[-1].last < last and len(found) < MOST:
            above = f'select min(_rowid_) from "{table}" where _rowid_ > {found[-1].last}'
            (start,) = con.execute(above).fetchone()
            found.append(Span(start, min(start + width - 1, last)))
        if found[-1].last == last:
            return found
        width *= 2


def audit(database: Path, table: str, columns: dict[str, Column], span: Span) -> Loose:
    """What SQLite counts in the span, apart from any driver.

    Raises:
        SourceError: the database is locked or damaged.
    """
    return _audit_conforming(database, table, columns, span) or _audit_loose(database, table, columns, span)


def _audit_conforming(database: Path, table: str, columns: dict[str, Column], span: Span) -> Loose | None:
    """The counts where every value conforms, as nearly all do; None where one may not.

    A sum is an integer only of integers, and SQLite orders numbers before text before blobs, so the sum, the least and
    the greatest say what `typeof` of each value would, in a third of the time.
    """
    looks = {
        "integer": ('sum("{0}")',),
        "real": ('typeof(max("{0}"))',),
        "text": ('typeof(min("{0}"))', 'typeof(max("{0}"))'),
    }
    asked = [(name, look.format(name)) for name, column in columns.items() for look in looks[column.kind]]
    where = f"where _rowid_ between {span.first} and {span.last}"
    with connect(database) as con:
        try:
            rows, *answers = con.execute(
                f'select {", ".join(["count(*)", *(look for _, look in asked)])} from "{table}" {where}'
            ).fetchone()
        except sqlite3.OperationalError as error:
            if str(error) != "integer overflow":
                raise
            return None
    sums = {}
    for (name, _), answer in zip(asked, answers, strict=True):
        kind = columns[name].kind
        if kind == "integer":
            sums[name] = answer or 0
        if isinstance(answer, float) or (isinstance(answer, str) and f"'{answer}'" not in CONFORMING[kind]):
            return None
    return Loose(rows, sums, [])


def _audit_loose(database: Path, table: str, columns: dict[str, Column], span: Span) -> Loose:
    """The counts whatever the values are."""
    integers = [name for name, column in columns.items() if column.kind == "integer"]
    # total() is a float and sum() fails beyond 63 bits: the low and high halves are summed apart.
    sums = [
        f'coalesce(sum(case when typeof("{name}") = \'integer\' then "{name}" {half} end), 0)'
        for name in integers
        for half in ("& 4294967295", ">> 32")
    ]
    others = [f'sum(typeof("{name}") not in {CONFORMING[column.kind]})' for name, column in columns.items()]
    where = f"where _rowid_ between {span.first} and {span.last}"
    with connect(database) as con:
        row = con.execute(f'select count(*), {", ".join(sums + others)} from "{table}" {where}').fetchone()
    halves = iter(row[1 : 1 + len(sums)])
    return Loose(
        rows=row[0],
        sums={name: low + (high << 32) for name, low, high in zip(integers, halves, halves, strict=True)},
        columns=[name for name, count in zip(columns, row[1 + len(sums) :], strict=True) if count],
    )


def copy(table: str, columns: dict[str, Column], database: Path, span: Span, loose: Loose, path: Path) -> None:
    """Write the span as Parquet: conforming values typed, others as text in `<column>__text` beside them.

    Raises:
        SourceError: the database is locked, damaged or changing.
        StoreError: there is no space for the part.
    """
    import adbc_driver_manager
    import adbc_driver_sqlite.dbapi

    names, empties, values = [], [], []
    for name, column in columns.items():
        names.append(name)
        empties.append(EMPTY[column.kind])
        value = {"real": f'cast("{name}" as real)', "text": f'cast("{name}" as blob)'}.get(column.kind, f'"{name}"')
        if name in loose.columns:
            value = f'case when typeof("{name}") in {CONFORMING[column.kind]} then {value} end'
        values.append(value)
        if name in loose.columns:
            names.append(f"{name}__text")
            empties.append("x''")
            values.append(
                f'case when typeof("{name}") not in {CONFORMING[column.kind]} '
                f'then cast(cast("{name}" as text) as blob) end'
            )
    # The first row fixes the types that the driver would otherwise infer from whatever comes first.
    aliases = ", ".join(f'{empty} as "{name}"' for empty, name in zip(empties, names, strict=True))
    sql = (
        f"select {aliases}, 1 as is_typing_row union all select {', '.join(values)}, 0 "
        f'from "{table}" where _rowid_ between {span.first} and {span.last}'
    )
    try:
        with adbc_driver_sqlite.dbapi.connect(uri(database)) as reader, reader.cursor() as cursor:
            cursor.execute(sql)
            batches = cursor.fetch_record_batch()  # noqa: F841  DuckDB reads it by this name
            with connect_small() as con:
                con.execute(
                    "copy (select * exclude (is_typing_row) from batches where is_typing_row = 0) "
                    f"to {quoted(path)} (format parquet, compression zstd, compression_level 1)"
                )
                sums = "".join(f', sum("{name}")' for name in loose.sums)
                found = con.execute(f"select count(*){sums} from {parquet(path)}").fetchone()
    except adbc_driver_manager.Error as error:
        raise explain(str(error), database) from error
    except duckdb.IOException as error:
        raise explain_duckdb(error, path) from error
    except duckdb.Error as error:
        # What SQLite says while its rows are being read comes through DuckDB.
        raise explain(str(error), database) from error
    expected = (loose.rows, *loose.sums.values())
    if tuple(value or 0 for value in found) != expected:
        raise SourceError(
            f"rows {span.first:,} to {span.last:,} of `{table}` were read otherwise than SQLite counts them",
            database,
            "the database may be changing while it is read: stop what writes to it and run again",
        )


def merged(read: str, columns: dict[str, Column], types: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The relation with each `__text` column folded into the column it stands beside, and its types."""
    selected, found = [], {}
    for name in columns:
        if f"{name}__text" in types:
            typed = f'"{name}"' if types[name] == "BLOB" else f'encode(cast("{name}" as varchar))'
            selected.append(f'coalesce({typed}, "{name}__text") as "{name}"')
            found[name] = "BLOB"
        else:
            selected.append(f'"{name}"')
            found[name] = types[name]
    return f"(select {', '.join(selected)} from {read})", found
