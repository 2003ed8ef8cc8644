"""The SQLite dump: a folder of up to four databases, read by SQLite itself and kept as Parquet parts.

Each table is read in ranges of rowids, two at a time, each through a connection of its own: a cursor that is executed
again before its result is drained loses a batch without a word. A part is complete or absent, so an interrupted
import goes on where it was. After each range its count and integer sums are compared with SQLite's own.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from report.errors import SourceError
from report.progress import Progress, Stage
from report.sources import Extent, SourceFile
from report.sources.database import check_header, connect, is_synthetic
from report.sources.files import describe_file, parquet
from report.sources.ranges import Span, audit, copy, merged, spans
from report.sources.relations import RawTable, check_columns
from report.sources.schema import TABLES, Column
from report.statements import connect_small
from report.store import Store, fingerprint

# Part of every part's key: raise it when a part would come out otherwise. The code itself is not in the key, so that an
# edit here does not cost hours of import.
IMPORT = 1
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

    Raises:
        SourceError: a file is no database, is truncated or locked, or a required table or column is missing.
    """

    layout = "sqlite"

    @staticmethod
    def is_at(path: Path) -> bool:
        return (path / database_of("")).is_file()

    def __init__(self, path: Path) -> None:
        self._columns: dict[str, list[str]] = {}
        self._database: dict[str, Path] = {}
        parts = dict.fromkeys(spec.part for spec in TABLES.values())
        databases = {part: path / database_of(part) for part in parts if (path / database_of(part)).is_file()}
        for part, database in databases.items():
            check_header(database)
            with connect(database) as con:
                for table, spec in TABLES.items():
                    if spec.part == part:
                        columns = [row[1] for row in con.execute(f'pragma table_info("{table}")')]
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
        self.kind = "synthetic" if is_synthetic(databases[""]) else "archive"
        # What was written last may still be in the -wal file, and belongs to what is read.
        logs = [Path(f"{database}-wal") for database in databases.values()]
        files = [*databases.values(), *(log for log in logs if log.is_file() and log.stat().st_size)]
        self.files: list[SourceFile] = [describe_file(file, file.name) for file in sorted(files)]

    def extents(self, store: Store) -> dict[str, Extent]:
        extents = {}
        for table, database in self._database.items():
            if not TABLES[table].staging:
                continue
            with connect(database) as con:
                covering = spans(con, table)
                widths = {span: span.last - span.first + 1 for span in covering}
                spanned = rows = sum(widths.values())
                if spanned * LEAST_BYTES_A_ROW > database.stat().st_size:
                    (rows,) = con.execute(f'select count(*) from "{table}"').fetchone()
            key = self._key(table)
            missing = sum(
                width for span, width in widths.items() if not store.path(fingerprint(key, span), ".parquet").exists()
            )
            extents[table] = Extent(rows, missing / spanned)
        return extents

    def raw_tables(
        self, con: duckdb.DuckDBPyConnection, store: Store, progress: Progress, *, distrusts_text: bool = False
    ) -> dict[str, RawTable]:
        """Import what is not yet imported; see the module."""
        (threads,) = con.execute("select current_setting('threads')").fetchone()
        tables = {}
        for table, database in self._database.items():
            if TABLES[table].staging:
                tables[table] = self._import(table, database, min(READERS, threads), store, progress)
            else:
                with connect(database) as reader:
                    (rows,) = reader.execute(f'select count(*) from "{table}"').fetchone()
                tables[table] = RawTable("(select 1 where false)", {}, rows, str(database))
        return tables

    def _key(self, table: str) -> str:
        """Of the import of a table in the store; each part adds its range."""
        name = self._database[table].name
        read_from = [file.fingerprint for file in self.files if file.name.startswith(name)]
        return fingerprint("import", IMPORT, *read_from, table, list(TABLES[table].columns))

    def _import(self, table: str, database: Path, readers: int, store: Store, progress: Progress) -> RawTable:
        key = self._key(table)
        with connect(database) as con:
            (rows,) = con.execute(f'select count(*) from "{table}"').fetchone()
            covering = spans(con, table)
        columns = {name: c for name, c in TABLES[table].columns.items() if name in self._columns[table]}
        with progress.stage(f"import {table}", rows) as stage, ThreadPoolExecutor(readers) as pool:
            waiting = [
                pool.submit(_part, table, columns, database, span, fingerprint(key, span), store, stage)
                for span in covering
            ]
            try:
                parts = [part.result() for part in waiting]
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        read = parquet(parts, "union_by_name = true")
        with connect_small() as reader:
            types = {row[0]: row[1] for row in reader.execute(f"describe select * from {read}").fetchall()}
        is_typed = not any(name.endswith("__text") for name in types)
        relation, types = merged(read, columns, types)
        return RawTable(relation, types, rows, str(database), parts=tuple(parts) if is_typed else ())


def _part(
    table: str, columns: dict[str, Column], database: Path, span: Span, key: str, store: Store, stage: Stage
) -> Path:
    """One range as a Parquet file, from the store or from the database."""

    def make(path: Path) -> None:
        with stage.part() as count:
            loose = audit(database, table, columns, span)
            copy(table, columns, database, span, loose, path)
            count(loose.rows)

    existed = store.path(key, ".parquet").exists()
    path = store.keep(key, ".parquet", make, f"import {table}")
    if existed:
        with connect_small() as con:
            stage.find(con.execute(f"select count(*) from {parquet(path)}").fetchone()[0])
    return path
