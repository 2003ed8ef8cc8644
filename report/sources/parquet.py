"""The Parquet re-cut: a file or parts of one a table, in folders named after the databases or all in one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import duckdb

from report.cache.code import code_of
from report.cache.store import Store, fingerprint
from report.core.errors import QueryError, SourceError
from report.core.progress import Stage
from report.run import Run
from report.sources import Extent, SourceFile
from report.sources.files import DAMAGED, describe_file, literal, parquet
from report.sources.partfiles import Files, find_tables, folder_of, seen
from report.sources.relations import RawTable, check_columns
from report.sources.schema import TABLES
from report.sources.table.packing import kind_of, refusal
from report.sql.connection import TextError, connect_small
from report.sql.engine import ENGINE, Engine


class ParquetArchive:
    """An archive folder in the Parquet re-cut's layout.

    Args:
        path: the folder.

    Raises:
        SourceError: a required table or column is missing, or a file is no Parquet file.
    """

    kind = "archive"
    layout = "parquet"
    reading = None

    @staticmethod
    def is_at(path: Path) -> bool:
        return bool(find_tables(path))

    def __init__(self, path: Path) -> None:
        self._files = find_tables(path)
        for table, spec in TABLES.items():
            if spec.is_required and table not in self._files:
                raise SourceError(
                    f"the archive has no table `{table}`",
                    path,
                    f"expected {folder_of(table)}/{table}.parquet, {table}.parquet or parts in {table}/; "
                    f"found {seen(path)}",
                )
        with connect_small() as con:
            self._tables = {table: read_footer(con, files, table) for table, files in self._files.items()}
        for table, raw in self._tables.items():
            check_columns(table, raw.types, raw.file)
        self.files: list[SourceFile] = [
            describe_file(path, name)
            for table, files in self._files.items()
            for path, name in zip(files.paths, files.names(f"{folder_of(table)}/{table}.parquet"), strict=True)
        ]

    def extents(self, store: Store) -> dict[str, Extent]:
        return {table: Extent(raw.row_count) for table, raw in self._tables.items()}

    def raw_tables(self, engine: Engine, run: Run, *, distrusts_text: bool = False) -> dict[str, RawTable]:
        """The tables; one with text that is not UTF-8 is copied once with its text as bytes, which DuckDB can read.

        Whether there is such text takes reading all of it, so that is only asked where DuckDB came upon some.
        """
        found = iter(self.files)
        fingerprints = {table: [next(found).fingerprint for _ in files.paths] for table, files in self._files.items()}
        tables = {}
        for table, raw in self._tables.items():
            texts = [name for name in TABLES[table].columns if raw.types.get(name) == "VARCHAR"]
            files, key = self._files[table], fingerprint(*fingerprints[table])

            def check(files: Files = files, raw: RawTable = raw, texts: list[str] = texts) -> bytes:
                with run.progress.stage(f"check the text of {files.name}", raw.row_count) as stage:
                    return json.dumps(is_utf8(engine, files.place, raw.relation, texts, stage)).encode()

            tables[table] = raw
            answer = fingerprint("is UTF-8", key, texts, code_of(run.store, is_utf8, ENGINE))
            if not texts or not (distrusts_text or run.store.path(answer, ".json").exists()):
                continue
            if not json.loads(run.store.keep_bytes(answer, ".json", check)):
                if files.keys:
                    hint = "write the table without folders of that kind"
                    message = "there is text that is not UTF-8 in a table with columns told by names of folders"
                    raise SourceError(message, files.place, hint)
                wanted = [name for name in TABLES[table].columns if name in raw.types]
                copied = fingerprint("text as bytes", key, wanted, texts, code_of(run.store, copy_as_bytes))
                copy = run.store.keep(copied, ".parquet", partial(copy_as_bytes, files.paths, wanted, texts))
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


def copy_as_bytes(files: Sequence[Path], columns: list[str], texts: list[str], path: Path) -> None:
    """Copy columns of Parquet files into one, those with text as bytes: Arrow doesn't look into text."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    with pq.ParquetFile(files[0]) as first:
        fields = [first.schema_arrow.field(name) for name in columns]
    schema = pa.schema([field.with_type(pa.binary()) if field.name in texts else field for field in fields])
    with pq.ParquetWriter(path, schema, compression="zstd", compression_level=1) as writer:
        for file in files:
            with pq.ParquetFile(file) as reader:
                for batch in reader.iter_batches(columns=columns, use_threads=False):
                    arrays = [batch.column(name) for name in columns]
                    plain = [a.dictionary_decode() if isinstance(a, pa.DictionaryArray) else a for a in arrays]
                    cast = [array.cast(field.type) for array, field in zip(plain, schema, strict=True)]
                    writer.write_batch(pa.record_batch(cast, schema=schema))


def read_footer(con: duckdb.DuckDBPyConnection, files: Files | Path, name: str, *options: str) -> RawTable:
    """Columns and row count of a Parquet file or of part files, from their footers.

    Args:
        options: for reading its rows.

    Raises:
        SourceError: one is truncated or no Parquet file at all.
    """
    if isinstance(files, Path):
        files = Files(files, (files,))
    listed = f"[{', '.join(map(literal, files.paths))}]"
    try:
        own = con.execute(f"describe select * from {parquet(files.paths, 'union_by_name = true')}").fetchall()
        own_names = {column for column, *_ in own}
        keys = [key for key in files.keys if key not in own_names]
        relation = files.relation(keys, *options)
        described = con.execute(f"describe select * from {relation}").fetchall()
        (rows,) = con.execute(f"select sum(num_rows)::bigint from parquet_file_metadata({listed})").fetchone()
        columns = f"select list((name, type, logical_type)) as columns from parquet_schema({listed}) group by file_name"
        (kinds,) = con.execute(f"select count(distinct columns) from ({columns})").fetchone()
    except duckdb.Error as error:
        for path in files.paths:
            if (kind := kind_of(path)) not in ("parquet", "text"):
                raise refusal(kind, path, "Parquet") from error
        message = f"`{name}` cannot be read as Parquet: {str(error).splitlines()[0]}"
        raise SourceError(message, files.place, DAMAGED) from error
    # Only of parts that are all alike can some stand for all.
    parts = files.paths if kinds == 1 and not keys else ()
    return RawTable(relation, {column: kind for column, kind, *_ in described}, rows, str(files.place), parts=parts)
