"""A source as a Parquet re-cut: a file a table, the columns that are read, of types that all engines read alike."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from report.cache.store import explain_os_error, partial
from report.core.errors import SourceError
from report.run import Run
from report.sources import Source
from report.sources.files import quoted
from report.sources.partfiles import folder_of
from report.sources.relations import TIMES, RawTable, base_type, text
from report.sources.schema import TABLES, Column
from report.sql.engine import Engine

KEPT = {"VARCHAR", "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "FLOAT", "DOUBLE"}
KINDS = {"integer": "bigint", "real": "double", "text": "varchar"}


def recut(source: Source, engine: Engine, run: Run, folder: Path) -> dict[str, int]:
    """Write the tables of a source to a folder, which is there when it is whole; rows by table.

    Values are kept as they are, usable or not. A table that an archive must have and a flat table lacks has no rows.

    Raises:
        SourceError: the folder is there, or the source cannot be read.
        StoreError: it cannot be written.
    """
    if folder.exists():
        raise SourceError("this is there already", folder, "give a folder that is not there, or remove it")
    new, rows = partial(folder), {}
    tables = source.raw_tables(engine, run, distrusts_text=True)
    try:
        for table, spec in TABLES.items():
            raw = tables.get(table)
            if raw is None and spec.is_required:
                raw = RawTable("(select 1 where false)", {}, 0, "")
            if raw is None:
                continue
            path = new / folder_of(table) / f"{table}.parquet"
            path.parent.mkdir(parents=True, exist_ok=True)
            columns = _columns(engine, table, raw)
            with run.progress.stage(f"write {table}", raw.row_count) as stage:
                sql = f"copy (select {', '.join(columns)} from {raw.relation}) to {quoted(path)} "
                engine.rows(f"{sql} (format parquet, compression zstd)", Path(raw.file or path), stage)
            rows[table] = raw.row_count - sum(raw.already_dropped.values())
        os.replace(new, folder)
    except OSError as error:
        raise explain_os_error(error, folder, "the folder") from error
    finally:
        shutil.rmtree(new, ignore_errors=True)
    return rows


def _columns(engine: Engine, table: str, raw: RawTable) -> list[str]:
    """SQL of each column that is there; of all where none is."""
    columns = TABLES[table].columns
    if not raw.types:
        return [f'cast(null as {KINDS[column.kind]}) as "{name}"' for name, column in columns.items()]
    found = {name: base_type(raw.types[name]) for name in columns if name in raw.types}
    texts = [name for name, kind in found.items() if kind == "BLOB"]
    valid: dict[str, bool] = {}
    if texts:
        asked = (f'bool_and("{name}" is null or {text(name, "BLOB")} is not null)' for name in texts)
        (answers,) = engine.rows(f"select {', '.join(asked)} from {raw.relation}", Path(raw.file))
        valid = dict(zip(texts, (answer is not False for answer in answers), strict=True))
    return [f'{_value(name, columns[name], kind, valid)} as "{name}"' for name, kind in found.items()]


def _value(name: str, column: Column, found: str, valid: dict[str, bool]) -> str:
    """SQL of a column: as it is, or as a type that every engine reads from Parquet."""
    if found == "BLOB":
        return f'decode("{name}")' if valid[name] else f'"{name}"'
    if found in TIMES and column.is_time:
        return f'cast("{name}" as timestamp)'
    return f'"{name}"' if found in KEPT else f'cast("{name}" as varchar)'
