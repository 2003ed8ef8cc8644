"""Parquet parts of a SQLite table, a range each: read through Arrow's driver, written, and compared with the counts.

The driver takes the types of its first batch and reads that batch faster than any after it, so a range is read in
pieces that are a batch each, and each begins with a row that has the types wanted. What does not fit them shows: the
driver refuses it or gives the column another type. Then the range is read again, with what is loose apart.

Pieces are read side by side, each through a connection of its own: a cursor that is executed again before its result is
drained loses a batch without a word. They are written in their order.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from report.core.errors import SourceError
from report.sources.files import parquet
from report.sources.schema import Column
from report.sources.sqlite.database import UnfitError, read
from report.sources.sqlite.ranges import CONFORMING, Span, between, count, count_loose

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

# Rows of a piece, which is a row group of the part as well: what fits a processor's cache is read fastest.
PIECE = 62_500
PIECES = 16
TYPING_ROW = {"integer": "0", "real": "0.0", "text": "x''"}


@dataclass(frozen=True)
class Parts:
    """The parts of one table.

    Attributes:
        columns: those that are read.
        con: what parts are read back with; each reading has a cursor of its own.
        readers: threads that read pieces.
    """

    table: str
    columns: dict[str, Column]
    database: Path
    con: duckdb.DuckDBPyConnection
    readers: Executor

    def write(self, span: Span, path: Path) -> int:
        """Write a range: conforming values typed, loose ones as text in `<column>__text` beside them.

        Returns:
            How many rows it has.

        Raises:
            SourceError: the database is locked, damaged or changing.
            OSError: there is no space for the part.
        """
        counting = self.readers.submit(count, self.database, self.table, self.columns, span)
        is_written, counted = self.copy(span, [], path), counting.result()
        if not (is_written and counted):
            counted = count_loose(self.database, self.table, self.columns, span)
            is_written = self.copy(span, counted.loose, path)
        if not is_written or self.read_back(path, counted.sums) != (counted.rows, *counted.sums.values()):
            raise SourceError(
                f"rows {span.first:,} to {span.last:,} of `{self.table}` were read otherwise than SQLite counts them",
                self.database,
                "the database may be changing while it is read: stop what writes to it and run again",
            )
        return counted.rows

    def copy(self, span: Span, loose: Collection[str], path: Path) -> bool:
        """Write a range, unless a column that is not named as loose has loose values; then the file is of no use.

        Returns:
            Whether it is written.

        Raises:
            SourceError: the database is locked or damaged.
            OSError: there is no space for the part.
        """
        import pyarrow as pa
        import pyarrow.parquet as pq

        kinds, values = _selected(self.columns, loose)
        arrow = {"integer": pa.int64(), "real": pa.float64(), "text": pa.binary()}
        schema = pa.schema([(name, arrow[kind]) for name, kind in kinds.items()])
        typing_row = ", ".join(f'{TYPING_ROW[kind]} as "{name}"' for name, kind in kinds.items())
        sql = f'select {typing_row} union all select {", ".join(values)} from "{self.table}"'
        with pq.ParquetWriter(path, schema, **_form(kinds)) as writer:
            pieces: list[Future[bool]] = []
            for piece in _pieces(span):
                asked = f"{sql} {between(piece)}"
                before = pieces[-1] if pieces else None
                pieces.append(self.readers.submit(self._copy_piece, asked, schema, writer, before))
            try:
                wait(pieces)
            finally:
                # Of a run that is stopped, pieces under way still write to the file.
                for piece in pieces:
                    piece.cancel()
                wait(pieces)
            return all(piece.result() for piece in pieces)

    def _copy_piece(self, sql: str, schema: pa.Schema, writer: pq.ParquetWriter, before: Future[bool] | None) -> bool:
        """Read a piece, and write it once the one before it is written; whether both fit their types."""
        try:
            rows = read(self.database, sql, PIECE + 1)
        except UnfitError:
            return False
        is_fit = rows.schema == schema and (before is None or before.result())
        if is_fit:
            writer.write_table(rows.slice(1))
        return is_fit

    def read_back(self, path: Path, integers: Iterable[str] = ()) -> tuple[int, ...]:
        """Rows of a part as it is written, and the sums of its integers that are named."""
        sums = "".join(f', coalesce(sum("{name}"), 0)' for name in integers)
        with self.con.cursor() as own:
            return own.execute(f"select count(*){sums} from {parquet(path)}").fetchone()


def _selected(columns: dict[str, Column], loose: Collection[str]) -> tuple[dict[str, str], list[str]]:
    """Kinds of a part's columns by name, and the SQL of each."""
    kinds, values = {}, []
    for name, column in columns.items():
        kinds[name] = column.kind
        if name in loose:
            fits = f'typeof("{name}") in {CONFORMING[column.kind]}'
            kinds[f"{name}__text"] = "text"
            values.append(f'case when {fits} then "{name}" end')
            values.append(f'case when not {fits} then cast(cast("{name}" as text) as blob) end')
        else:
            # As bytes, for it need not be UTF-8.
            values.append(f'cast("{name}" as blob)' if column.kind == "text" else f'"{name}"')
    return kinds, values


def _form(kinds: dict[str, str]) -> dict[str, object]:
    """How each kind is written: what takes the least time to write and to read without taking more room."""
    codecs = {"integer": "none", "real": "lz4", "text": "zstd"}
    encodings = {"integer": "DELTA_BINARY_PACKED", "text": "DELTA_LENGTH_BYTE_ARRAY"}
    return {
        "compression": {name: codecs[kind] for name, kind in kinds.items()},
        "use_dictionary": [name for name, kind in kinds.items() if kind == "real"],
        "column_encoding": {name: encodings[kind] for name, kind in kinds.items() if kind in encodings},
    }


def _pieces(span: Span) -> Iterator[Span]:
    width = max(PIECE, -(-(span.last - span.first + 1) // PIECES))
    for first in range(span.first, span.last + 1, width):
        yield Span(first, min(first + width - 1, span.last))


def merged(read: str, columns: dict[str, Column], types: dict[str, str]) -> tuple[str, dict[str, str]]:
    """The relation with each `__text` column folded into the column it stands beside, and its types."""
    selected, found = [], {}
    for name in columns:
        if f"{name}__text" in types:
            selected.append(f'coalesce(encode(cast("{name}" as varchar)), "{name}__text") as "{name}"')
            found[name] = "BLOB"
        else:
            selected.append(f'"{name}"')
            found[name] = types[name]
    return f"(select {', '.join(selected)} from {read})", found
