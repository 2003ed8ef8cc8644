"""The SQLite dump: a folder of up to four databases, read by SQLite itself and kept as Parquet parts.

Each table is read in ranges of rowids, one after another, each by two threads. A part is complete or absent, so an
interrupted import goes on where it was and loses at most the range in hand. After each range its count and integer sums
are compared with SQLite's own.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path

import duckdb

from report.cache.code import code_of
from report.cache.store import Store, fingerprint
from report.core.errors import SourceError
from report.core.progress import Stage
from report.run import Run
from report.sources import Extent, SourceFile
from report.sources.files import describe_file, parquet
from report.sources.relations import RawTable, check_columns
from report.sources.schema import TABLES
from report.sources.sqlite.database import check_header, connect, is_synthetic
from report.sources.sqlite.parts import Parts, merged
from report.sources.sqlite.ranges import Span, spans
from report.sql.connection import connect_small
from report.sql.engine import Engine

# Each is a thread, so with --threads 1 there is one.
READERS = 2
# No row takes less of a database, so a table whose rowids span more than that has gaps.
LEAST_BYTES_A_ROW = 20


def database_of(part: str) -> str:
    """File name of a database: `spotify_clean_audio_features.sqlite3`."""
    return f"spotify_clean{part}.sqlite3"


class SqliteArchive:
    """An archive folder in the SQLite layout; of kind "synthetic" where it is a sample of ours.

    Args:
        path: the folder.

    Attributes:
        columns: of each table that is there, the names of all its columns.

    Raises:
        SourceError: a file is no database, is truncated or locked, or a required table or column is missing.
    """

    layout = "sqlite"
    reading = None

    @staticmethod
    def is_at(path: Path) -> bool:
        return (path / database_of("")).is_file()

    def __init__(self, path: Path) -> None:
        self.columns: dict[str, list[str]] = {}
        self._database: dict[str, Path] = {}
        parts = dict.fromkeys(spec.part for spec in TABLES.values())
        databases = {part: path / database_of(part) for part in parts if (path / database_of(part)).is_file()}
        self._written = {database: database.stat().st_mtime_ns for database in databases.values()}
        for part, database in databases.items():
            check_header(database)
            with connect(database) as con:
                for table, spec in TABLES.items():
                    if spec.part == part:
                        columns = [row[1] for row in con.execute(f'pragma table_info("{table}")')]
                        if columns:
                            self.columns[table] = columns
                            self._database[table] = database
        for table, spec in TABLES.items():
            if spec.is_required and table not in self.columns:
                raise SourceError(
                    f"the archive has no table `{table}`",
                    path / database_of(spec.part),
                    f"expected it with the columns {', '.join(spec.columns)}",
                )
        for table, columns in self.columns.items():
            check_columns(table, dict.fromkeys(columns, "BLOB"), str(self._database[table]))
        self.kind = "synthetic" if is_synthetic(databases[""]) else "archive"
        # What was written last may still be in the -wal file, and belongs to what is read.
        logs = [Path(f"{database}-wal") for database in databases.values()]
        files = [*databases.values(), *(log for log in logs if log.is_file() and log.stat().st_size)]
        self.files: list[SourceFile] = [describe_file(file, file.name) for file in sorted(files)]

    def extents(self, store: Store) -> dict[str, Extent]:
        extents = {}
        for table in self._database:
            if not TABLES[table].staging:
                continue
            covering, rows = self._covered(table)
            widths = {span: span.last - span.first + 1 for span in covering}
            key = self._key(table, store)
            missing = sum(
                width for span, width in widths.items() if not store.path(fingerprint(key, span), ".parquet").exists()
            )
            extents[table] = Extent(rows, missing / sum(widths.values()), is_loose=True)
        return extents

    def raw_tables(self, engine: Engine, run: Run, *, distrusts_text: bool = False) -> dict[str, RawTable]:
        """Import what is not yet imported; see the module."""
        readers = min(READERS, engine.threads)
        tables = {table: self.import_table(table, run, readers) for table in self._database}
        for database, written in self._written.items():
            if not database.exists():
                raise SourceError("this database went away while it was read", database, "put it back and run again")
            if database.stat().st_mtime_ns != written:
                hint = "stop what writes to it and run again"
                raise SourceError("this database was written to while it was read", database, hint)
        return tables

    def import_table(self, table: str, run: Run, readers: int = READERS) -> RawTable:
        """Import what is not yet imported of a table; one that nothing is made of is only counted."""
        database = self._database[table]
        if not TABLES[table].staging:
            with connect(database) as con:
                (rows,) = con.execute(f'select count(*) from "{table}"').fetchone()
            return RawTable("(select 1 where false)", {}, rows, str(database))
        key = self._key(table, run.store)
        covering, expected = self._covered(table)
        columns = {name: column for name, column in TABLES[table].columns.items() if name in self.columns[table]}
        with run.progress.stage(f"import {table}", expected) as stage, ThreadPoolExecutor(readers) as pool:
            parts = Parts(table, columns, database, self._reader, pool)
            files = [_part(parts, span, fingerprint(key, span), run.store, stage) for span in covering]
        read = parquet(files, "union_by_name = true")
        types = {row[0]: row[1] for row in self._reader.execute(f"describe select * from {read}").fetchall()}
        # Of each part as many as SQLite counted, and the ranges cover the table.
        (rows,) = self._reader.execute(f"select count(*) from {read}").fetchone()
        is_typed = not any(name.endswith("__text") for name in types)
        relation, types = merged(read, columns, types)
        return RawTable(relation, types, rows, str(database), parts=tuple(files) if is_typed else ())

    @cached_property
    def _reader(self) -> duckdb.DuckDBPyConnection:
        """What parts are read back with: to start an engine takes as long as that does."""
        return connect_small()

    def _key(self, table: str, store: Store) -> str:
        """Of the import of a table in the store; each part adds its range."""
        name = self._database[table].name
        read_from = [file.fingerprint for file in self.files if file.name.startswith(name)]
        kinds = [(name, column.kind) for name, column in TABLES[table].columns.items()]
        return fingerprint("import", *read_from, table, kinds, code_of(store, _part))

    def _covered(self, table: str) -> tuple[list[Span], int]:
        """The ranges of a table, and how many rows it has, exactly where no rowid is missing.

        To count them takes a pass of its own, so that is done only where many are sure to be missing.
        """
        database = self._database[table]
        with connect(database) as con:
            covering = spans(con, table)
            rows = sum(span.last - span.first + 1 for span in covering)
            if rows * LEAST_BYTES_A_ROW > database.stat().st_size:
                (rows,) = con.execute(f'select count(*) from "{table}"').fetchone()
        return covering, rows


def _part(parts: Parts, span: Span, key: str, store: Store, stage: Stage) -> Path:
    """One range as a Parquet file, from the store or from the database."""
    path = store.find(key, ".parquet")
    if path:
        stage.find(*parts.read_back(path))
        return path

    def make(new: Path) -> None:
        with stage.part() as count:
            count(parts.write(span, new))

    return store.keep(key, ".parquet", make, f"import {parts.table}")
