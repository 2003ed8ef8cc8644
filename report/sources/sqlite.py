"""The SQLite dump: a folder of up to four databases, read by SQLite itself and kept as Parquet parts.

Each table is read in ranges of rowids, two at a time, each through a connection of its own: a cursor that is executed
again before its result is drained loses a batch without a word. A part is complete or absent, so an interrupted
import goes on where it was. After each range its count and integer sums are compared with SQLite's own.
"""

from __future__ import annotations

import sqlite3
import struct
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import duckdb

from report.errors import SourceError
from report.progress import Progress, Stage
from report.sources import SourceFile
from report.sources.files import describe_file, quoted
from report.sources.relations import RawTable, check_columns
from report.sources.schema import TABLES, Column
from report.store import Store, fingerprint

RANGE = 1_000_000
# Part of every part's key: raise it when a part would come out otherwise. The code itself is not in the key, so that an
# edit here does not cost hours of import.
IMPORT = 1
READERS = 2
LOCK_SECONDS = 5
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


def database_of(part: str) -> str:
    """File name of a database: `spotify_clean_audio_features.sqlite3`."""
    return f"spotify_clean{part}.sqlite3"


class SqliteArchive:
    """An archive folder in the SQLite layout.

    Args:
        path: the folder.
        kind: "archive", or "synthetic" for the built-in sample.

    Raises:
        SourceError: a file is no database, is truncated or locked, or a required table or column is missing.
    """

    layout = "sqlite"

    @staticmethod
    def is_at(path: Path) -> bool:
        return (path / database_of("")).is_file()

    def __init__(self, path: Path, kind: str = "archive") -> None:
        self.kind = kind
        self._columns: dict[str, list[str]] = {}
        self._database: dict[str, Path] = {}
        parts = dict.fromkeys(spec.part for spec in TABLES.values())
        databases = {part: path / database_of(part) for part in parts if (path / database_of(part)).is_file()}
        for part, database in databases.items():
            check_header(database)
            with _connect(database) as con:
                for table, spec in TABLES.items():
                    if spec.part == part:
                        columns = [row[1] for row in _run(con, database, f'pragma table_info("{table}")')]
                        if columns:
                            self._columns[table] = columns
                            self._database[table] = database
        for table, spec in TABLES.items():
            if spec.is_required and table not in self._columns:
                raise SourceError(
                    f"the archive has no table `{table}`",
                    path / database_of(spec.part),
                    f"expected it with the columns {', '.join(spec.columns)}",
                )
        for table, columns in self._columns.items():
            check_columns(table, dict.fromkeys(columns, "BLOB"), str(self._database[table]))
        self.files: list[SourceFile] = [describe_file(file, file.name) for file in databases.values()]

    def raw_tables(self, con: duckdb.DuckDBPyConnection, store: Store, progress: Progress) -> dict[str, RawTable]:
        """Import what is not yet imported; see the module."""
        fingerprints = {file.name: file.fingerprint for file in self.files}
        tables = {}
        for table, database in self._database.items():
            key = fingerprint("import", IMPORT, fingerprints[database.name], table, list(TABLES[table].columns))
            if TABLES[table].staging:
                tables[table] = self._import(table, database, key, store, progress)
            else:
                with _connect(database) as reader:
                    rows = _run(reader, database, f'select count(*) from "{table}"')[0][0]
                tables[table] = RawTable("(select 1 where false)", {}, rows, str(database))
        return tables

    def _import(self, table: str, database: Path, key: str, store: Store, progress: Progress) -> RawTable:
        with _connect(database) as con:
            first, last, rows = _run(con, database, f'select min(_rowid_), max(_rowid_), count(*) from "{table}"')[0]
        spans = _spans(first, last) if rows else [Span(0, 0)]
        columns = {name: c for name, c in TABLES[table].columns.items() if name in self._columns[table]}
        with progress.stage(f"import {table}", rows) as stage, ThreadPoolExecutor(READERS) as pool:
            waiting = [
                pool.submit(self._part, table, columns, database, span, fingerprint(key, span), store, stage)
                for span in spans
            ]
            try:
                parts = [part.result() for part in waiting]
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        read = f"read_parquet([{', '.join(quoted(part) for part in parts)}], union_by_name = true)"
        with duckdb.connect() as con:
            types = {row[0]: row[1] for row in con.execute(f"describe select * from {read}").fetchall()}
        relation, types = _merged(read, columns, types)
        return RawTable(relation, types, rows, str(database))

    def _part(
        self,
        table: str,
        columns: dict[str, Column],
        database: Path,
        span: Span,
        key: str,
        store: Store,
        stage: Stage,
    ) -> Path:
        """One range as a Parquet file."""

        def make(path: Path) -> None:
            with _connect(database) as con:
                loose = _audit(con, database, table, columns, span)
            _copy(table, columns, database, span, loose, path)
            stage.advance(loose.rows)

        existed = store.path(key, ".parquet").exists()
        path = store.keep(key, ".parquet", make)
        if existed:
            with duckdb.connect() as con:
                stage.advance(con.execute(f"select count(*) from {_parquet(path)}").fetchone()[0])
        return path


def check_header(database: Path) -> None:
    """Refuse what is no SQLite database or shorter than its header says.

    Raises:
        SourceError: as said.
    """
    with database.open("rb") as file:
        header = file.read(100)
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise SourceError("this is not a SQLite database", database, "check that it is unpacked and whole")
    (page_size,) = struct.unpack(">H", header[16:18])
    change_counter, pages = struct.unpack(">II", header[24:32])
    (valid_for,) = struct.unpack(">I", header[92:96])
    expected = pages * (65536 if page_size == 1 else page_size)
    # The page count is only kept when the change counters agree (older writers leave it stale).
    if change_counter == valid_for and pages and database.stat().st_size < expected:
        raise SourceError(
            "this database is truncated",
            database,
            f"it should have {expected:,} bytes and has {database.stat().st_size:,}; copy or fetch it again",
        )


def _uri(database: Path) -> str:
    return f"file:{quote(str(database.absolute()))}?mode=ro"


def _connect(database: Path) -> sqlite3.Connection:
    return sqlite3.connect(_uri(database), uri=True, timeout=LOCK_SECONDS, check_same_thread=False)


def _run(con: sqlite3.Connection, database: Path, sql: str) -> list[tuple]:
    try:
        return con.execute(sql).fetchall()
    except sqlite3.DatabaseError as error:
        raise _explain(str(error), database) from error


def _explain(message: str, database: Path) -> SourceError:
    if "locked" in message or "busy" in message:
        hint = "another program is writing to it: close it and run again"
        return SourceError("this database is locked", database, hint)
    if "not a database" in message:
        return SourceError("this is not a SQLite database", database, "check that it is unpacked and whole")
    if "malformed" in message or "I/O" in message:
        hint = "the file may be truncated: compare its size with the original's, or fetch it again"
        return SourceError("this database is damaged", database, hint)
    return SourceError(f"SQLite cannot read this database: {message}", database)


def _spans(first: int, last: int) -> list[Span]:
    # Rowids can lie far apart: the ranges grow with them, so that there are never more than a few thousand.
    width = max(RANGE, (last - first) // 4096 + 1)
    return [Span(low, min(low + width - 1, last)) for low in range(first, last + 1, width)]


def _audit(con: sqlite3.Connection, database: Path, table: str, columns: dict[str, Column], span: Span) -> Loose:
    """What SQLite counts in the span, apart from any driver."""
    integers = [name for name, column in columns.items() if column.kind == "integer"]
    # total() is a float and sum() fails beyond 63 bits: the low and high halves are summed apart.
    sums = [
        f'coalesce(sum(case when typeof("{name}") = \'integer\' then "{name}" {half} end), 0)'
        for name in integers
        for half in ("& 4294967295", ">> 32")
    ]
    others = [f'sum(typeof("{name}") not in {CONFORMING[column.kind]})' for name, column in columns.items()]
    where = f"where _rowid_ between {span.first} and {span.last}"
    row = _run(con, database, f'select count(*), {", ".join(sums + others)} from "{table}" {where}')[0]
    halves = iter(row[1 : 1 + len(sums)])
    return Loose(
        rows=row[0],
        sums={name: low + (high << 32) for name, low, high in zip(integers, halves, halves, strict=True)},
        columns=[name for name, count in zip(columns, row[1 + len(sums) :], strict=True) if count],
    )


def _copy(table: str, columns: dict[str, Column], database: Path, span: Span, loose: Loose, path: Path) -> None:
    """Write the span as Parquet: conforming values typed, others as text in `<column>__text` beside them."""
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
        with adbc_driver_sqlite.dbapi.connect(_uri(database)) as reader, reader.cursor() as cursor:
            cursor.execute(sql)
            batches = cursor.fetch_record_batch()  # noqa: F841  DuckDB reads it by this name
            with duckdb.connect(config={"threads": 1}) as con:
                con.execute(
                    "copy (select * exclude (is_typing_row) from batches where is_typing_row = 0) "
                    f"to {quoted(path)} (format parquet, compression zstd, compression_level 1)"
                )
                sums = "".join(f', sum("{name}")' for name in loose.sums)
                found = con.execute(f"select count(*){sums} from {_parquet(path)}").fetchone()
    except (adbc_driver_manager.Error, sqlite3.DatabaseError) as error:
        raise _explain(str(error), database) from error
    expected = (loose.rows, *loose.sums.values())
    if tuple(value or 0 for value in found) != expected:
        raise SourceError(
            f"rows {span.first:,} to {span.last:,} of `{table}` were read otherwise than SQLite counts them",
            database,
            "the database may be changing while it is read: stop what writes to it and run again",
        )


def _parquet(path: Path) -> str:
    return f"read_parquet({quoted(path)})"


def _merged(read: str, columns: dict[str, Column], types: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The relation with each `__text` column folded into the column it stands beside."""
    selected, merged = [], {}
    for name in columns:
        if f"{name}__text" in types:
            typed = f'"{name}"' if types[name] == "BLOB" else f'encode(cast("{name}" as varchar))'
            selected.append(f'coalesce({typed}, "{name}__text") as "{name}"')
            merged[name] = "BLOB"
        else:
            selected.append(f'"{name}"')
            merged[name] = types[name]
    return f"(select {', '.join(selected)} from {read})", merged
