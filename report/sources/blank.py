"""Columns that are there and that nobody filled: read as if the table lacked them.

Lists that are all empty do not show that nothing can be heard anywhere, nor a flag that is never set that no track has
it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from report.core.errors import QueryError, SourceError
from report.run import Run
from report.sources import Source
from report.sources.files import DAMAGED
from report.sources.relations import RawTable, base_type, typed
from report.sources.schema import TABLES, Column
from report.sql.connection import TextError
from report.sql.engine import Engine


def without_blank_columns(engine: Engine, raw: dict[str, RawTable]) -> dict[str, RawTable]:
    """The tables without those of their columns that have no content in any row.

    Raises:
        SourceError: a file is damaged.
        TextError: there is text that is not UTF-8.
    """
    return {table: _without_blanks(engine, table, relation) for table, relation in raw.items()}


def _without_blanks(engine: Engine, table: str, raw: RawTable) -> RawTable:
    columns = TABLES[table].columns
    doubtful = [name for name in raw.types if name in columns and _may_be_blank(columns[name])]
    if not doubtful or not raw.row_count:
        return raw
    # The first row with content ends the search, so that only a blank column is read as a whole.
    asked = (
        f"exists (select 1 from {raw.relation} where {_has_content(name, columns[name], base_type(raw.types[name]))})"
        for name in doubtful
    )
    try:
        (found,) = engine.rows(f"select {', '.join(asked)}", Path(raw.file))
    except TextError:
        raise
    except QueryError as error:
        raise SourceError(f"`{table}` cannot be read: {error.message}", raw.file, DAMAGED) from error
    blank = {name for name, is_filled in zip(doubtful, found, strict=True) if not is_filled}
    return replace(raw, types={name: kind for name, kind in raw.types.items() if name not in blank})


def _may_be_blank(column: Column) -> bool:
    """Whether it is not one that rows are known by: without those a row is left out, and counted."""
    return not column.is_required or bool(column.blanks)


def _has_content(name: str, column: Column, found: str) -> str:
    """SQL: whether a row has a value there, usable or not, that is none of the column's blanks."""
    if column.kind == "text":
        blanks = ", ".join(f"'{value}'" for value in column.blanks)
        return f"trim({typed(name, column, found)}, ' ,') not in ({blanks})"
    if not column.blanks:
        return f'"{name}" is not null'
    return f'"{name}" is not null and coalesce({typed(name, column, found)}, -1) not in ({column.blanks[0]})'


def read_tables(engine: Engine, source: Source, run: Run, *, distrusts_text: bool = False) -> dict[str, RawTable]:
    """The tables of a source, as staging is given them; columns that nobody filled are not there."""
    return without_blank_columns(engine, source.raw_tables(engine, run, distrusts_text=distrusts_text))
