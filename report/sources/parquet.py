"""The Parquet re-cut: one file a table, in folders named after the databases or all in one folder."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import duckdb

from report.code import code_of
from report.engines import ENGINE, Engine
from report.errors import QueryError, SourceError
from report.progress import Stage
from report.run import Run
from report.sources import Extent, SourceFile
from report.sources.files import DAMAGED, describe_file, literal, parquet
from report.sources.relations import RawTable, check_columns
from report.sources.schema import TABLES
from report.statements import TextError, connect_small
from report.store import Store, fingerprint


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
        with connect_small() as con:
            self._tables = {table: read_footer(con, file, table) for table, file in self._paths.items()}
        for table, raw in self._tables.items():
            check_columns(table, raw.types, raw.file)
        self.files: list[SourceFile] = [
            describe_file(file, f"{folder_of(table)}/{file.name}") for table, file in self._paths.items()
        ]

    def extents(self, store: Store) -> dict[str, Extent]:
        return {table: Extent(raw.row_count) for table, raw in self._tables.items()}

    def raw_tables(self, engine: Engine, run: Run, *, distrusts_text: bool = False) -> dict[str, RawTable]:
        """The tables; one with text that is not UTF-8 is copied once with its text as bytes, which DuckDB can read.

        Whether there is such text takes reading all of it, so that is only asked where DuckDB came upon some.
        """
        fingerprints = dict(zip(self._paths, self.files, strict=True))
        tables = {}
        for table, raw in self._tables.items():
            texts = [name for name in TABLES[table].columns if raw.types.get(name) == "VARCHAR"]
            file, key = self._paths[table], fingerprints[table].fingerprint

            def check(file: Path = file, raw: RawTable = raw, texts: list[str] = texts) -> bytes:
                with run.progress.stage(f"check the text of {file.stem}", raw.row_count) as stage:
                    return json.dumps(is_utf8(engine, file, raw.relation, texts, stage)).encode()

            tables[table] = raw
            answer = fingerprint("is UTF-8", key, texts, code_of(run.store, is_utf8, ENGINE))
            if not texts or not (distrusts_text or run.store.path(answer, ".json").exists()):
                continue
            if not json.loads(run.store.keep_bytes(answer, ".json", check)):
                wanted = [name for name in TABLES[table].columns if name in raw.types]
                copied = fingerprint("text as bytes", key, wanted, texts, code_of(run.store, copy_as_bytes))
                copy = run.store.keep(copied, ".parquet", partial(copy_as_bytes, file, wanted, texts))
                types = {name: "BLOB" if name in texts else raw.types[name] for name in wanted}
                tables[table] = replace(raw, relation=parquet(copy), types=types, parts=(copy,))
        return tables


def is_utf8(engine: Engine, file: Path, relation: str, columns: list[str], stage: Stage) -> bool:
    """Whether all text of the columns is UTF-8; DuckDB refuses to read any that is not.

    Raises:
        SourceError: the file is damaged.
    """
    try:
        # Lengths and counts can come from the file's structure; a hash needs every byte.
        hashes = ", ".join(f'max(hash("{name}"))' for name in columns)
        engine.rows(f"select {hashes} from {relation}", file, stage)
    except TextError:
        return False
    except QueryError as error:
        raise SourceError(f"this file cannot be read: {error.message}", file, DAMAGED) from error
    return True


def copy_as_bytes(file: Path, columns: list[str], texts: list[str], path: Path) -> None:
    """Copy columns of a Parquet file, those with text as bytes: Arrow doesn't look into text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetFile(file) as reader:
        fields = [reader.schema_arrow.field(name) for name in columns]
        schema = pa.schema([field.with_type(pa.binary()) if field.name in texts else field for field in fields])
        with pq.ParquetWriter(path, schema, compression="zstd", compression_level=1) as writer:
            for batch in reader.iter_batches(columns=columns, use_threads=False):
                arrays = [batch.column(name) for name in columns]
                plain = [a.dictionary_decode() if isinstance(a, pa.DictionaryArray) else a for a in arrays]
                cast = [array.cast(field.type) for array, field in zip(plain, schema, strict=True)]
                writer.write_batch(pa.record_batch(cast, schema=schema))


def read_footer(con: duckdb.DuckDBPyConnection, file: Path, name: str) -> RawTable:
    """Columns and row count of a Parquet file, from its footer.

    Raises:
        SourceError: it is truncated or no Parquet file at all.
    """
    relation = parquet(file)
    try:
        described = con.execute(f"describe select * from {relation}").fetchall()
        (rows,) = con.execute(f"select num_rows from parquet_file_metadata({literal(file)})").fetchone()
    except duckdb.Error as error:
        message = f"`{name}` cannot be read as Parquet: {str(error).splitlines()[0]}"
        raise SourceError(message, file, DAMAGED) from error
    return RawTable(relation, {column: kind for column, kind, *_ in described}, rows, str(file), parts=(file,))
