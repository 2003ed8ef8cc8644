"""A Parquet re-cut that an engine elsewhere reads by itself: what it could read otherwise than DuckDB is refused."""

from __future__ import annotations

import json
from pathlib import Path

from report.cache.code import code_of
from report.cache.store import fingerprint
from report.core.errors import COMMAND, QueryError, SourceError
from report.core.progress import Stage
from report.run import Run
from report.sources.files import DAMAGED
from report.sources.layouts import open_source
from report.sources.parquet import ParquetArchive, is_utf8
from report.sources.relations import RawTable, base_type
from report.sources.schema import TABLES
from report.sql.connection import TextError
from report.sql.engine import Engine

# Types that the engines read from Parquet alike; of text that is bytes, of times those that are whole.
PLAIN = {"VARCHAR", "BLOB", "BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "FLOAT", "DOUBLE", "DATE"}
TIMES = {"TIMESTAMP", "TIMESTAMP WITH TIME ZONE"}
RECUT = f"make a Parquet re-cut of it first: {COMMAND} recut PATH FOLDER"


class SharedArchive(ParquetArchive):
    """The archive at `path`, read by an engine elsewhere.

    Raises:
        SourceError: it is no Parquet re-cut, or one with files that engines read differently.
    """

    def __init__(self, path: Path) -> None:
        if not isinstance(open_source(path), ParquetArchive):
            message = "this is no Parquet re-cut: an engine elsewhere cannot read it where it lies"
            raise SourceError(message, path, RECUT)
        super().__init__(path)
        for table, raw in self._tables.items():
            if not raw.parts:
                message = f"not all parts of `{table}` have the same columns, or some are told by names of folders"
                raise SourceError(message, raw.file, RECUT)
            for name, column in TABLES[table].columns.items():
                found = base_type(raw.types.get(name, "VARCHAR"))
                if found not in PLAIN and not (column.is_time and found in TIMES):
                    message = f"engines read column `{name}` of `{table}` differently: it is {found}"
                    raise SourceError(message, raw.file, RECUT)

    def raw_tables(self, engine: Engine, run: Run, *, distrusts_text: bool = False) -> dict[str, RawTable]:
        """The tables; all their text is looked at once, since not every engine tells that it is not UTF-8.

        Raises:
            SourceError: some is not.
        """
        of_table = iter(self.files)
        for table, raw in self._tables.items():
            files = [next(of_table).fingerprint for _ in raw.parts]
            texts = [name for name in TABLES[table].columns if raw.types.get(name) == "VARCHAR"]
            if not texts:
                continue

            def count(table: str = table, raw: RawTable = raw, texts: list[str] = texts) -> bytes:
                with run.progress.stage(f"check the text of {table}", raw.row_count) as stage:
                    wrong = rows_not_utf8(engine, raw, texts, stage)
                    # An engine that refuses such text may have answered without reading all of it.
                    return json.dumps(
                        wrong > 0 or not is_utf8(engine, Path(raw.file), raw.relation, texts, stage)
                    ).encode()

            code = code_of(run.store, rows_not_utf8, is_utf8, run.server.code)
            key = fingerprint("text", files, texts, run.server.version, code)
            try:
                wrong = json.loads(run.store.keep_bytes(key, ".json", count))
            except TextError:
                wrong = True
            except QueryError as error:
                raise SourceError(
                    f"`{table}` cannot be read: {error.message}", raw.file, error.hint or DAMAGED
                ) from error
            if wrong:
                raise SourceError(f"`{table}` has text that is not UTF-8", raw.file, RECUT)
        return dict(self._tables)


def rows_not_utf8(engine: Engine, raw: RawTable, columns: list[str], stage: Stage) -> int:
    """How many rows have text in these columns that is not UTF-8."""
    wrong = " or ".join(f'"{name}" is not null and not is_valid_utf8("{name}")' for name in columns)
    return engine.rows(f"select count(*) from {raw.relation} where {wrong}", Path(raw.file), stage)[0][0]
