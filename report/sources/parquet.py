"""The Parquet re-cut: one file a table, in folders named after the databases or all in one folder."""

from __future__ import annotations

from pathlib import Path

import duckdb

from report.errors import SourceError
from report.progress import Progress
from report.sources import SourceFile
from report.sources.files import describe_file, quoted
from report.sources.relations import RawTable, check_columns
from report.sources.schema import TABLES
from report.store import Store


def folder_of(table: str) -> str:
    """The folder a table has in the nested layout: `spotify_clean_audio_features_parquet`."""
    return f"spotify_clean{TABLES[table].part}_parquet"


def find_tables(path: Path) -> dict[str, Path]:
    """Files of the archive's tables below `path`, nested or flat; a nested file goes before a flat one."""
    found = {}
    for table in TABLES:
        for candidate in (path / folder_of(table) / f"{table}.parquet", path / f"{table}.parquet"):
            if candidate.is_file():
                found[table] = candidate
                break
    return found


class ParquetArchive:
    """An archive folder in the Parquet re-cut's layout.

    Args:
        path: the folder.

    Raises:
        SourceError: a required table or column is missing, or a file is no Parquet file.
    """

    kind = "archive"
    layout = "parquet"

    @staticmethod
    def is_at(path: Path) -> bool:
        return bool(find_tables(path))

    def __init__(self, path: Path) -> None:
        self._paths = find_tables(path)
        for table, spec in TABLES.items():
            if spec.is_required and table not in self._paths:
                raise SourceError(
                    f"the archive has no table `{table}`",
                    path,
                    f"expected {folder_of(table)}/{table}.parquet or {table}.parquet",
                )
        with duckdb.connect() as con:
            self._tables = {table: read_footer(con, file, table) for table, file in self._paths.items()}
        for table, raw in self._tables.items():
            check_columns(table, raw.types, raw.file)
        self.files: list[SourceFile] = [
            describe_file(file, f"{folder_of(table)}/{file.name}") for table, file in self._paths.items()
        ]

    def raw_tables(self, con: duckdb.DuckDBPyConnection, store: Store, progress: Progress) -> dict[str, RawTable]:
        return self._tables


def read_footer(con: duckdb.DuckDBPyConnection, file: Path, name: str) -> RawTable:
    """Columns and row count of a Parquet file, from its footer.

    Raises:
        SourceError: it is truncated or no Parquet file at all.
    """
    relation = f"read_parquet({quoted(file)})"
    try:
        described = con.execute(f"describe select * from {relation}").fetchall()
        (rows,) = con.execute(f"select num_rows from parquet_file_metadata({quoted(file)})").fetchone()
    except duckdb.Error as error:
        raise SourceError(
            f"`{name}` cannot be read as Parquet: {str(error).splitlines()[0]}",
            file,
            "the file may be truncated: compare its size with the original's, or fetch it again",
        ) from error
    return RawTable(relation, {column: kind for column, kind, *_ in described}, rows, str(file))
