"""Columns whose values are objects, as interfaces of catalogues give them: each field is a column of its own.

The release date of `album` is the column `album.release_date`, at any depth; lists are columns as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import duckdb


def with_fields(types: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The columns of a Parquet table by name, each as SQL with its type; fields of objects stand behind all others."""
    columns = {name: (_quoted(name), kind) for name, kind in types.items()}
    objects = [name for name, kind in types.items() if kind.startswith("STRUCT(") and kind.endswith(")")]
    for name in objects:
        sql, kind = columns.pop(name)
        for found, place, its_kind in _fields(name, sql, duckdb.sqltype(kind)):
            columns.setdefault(found, (place, its_kind))
    return columns


def _fields(name: str, sql: str, kind: duckdb.DuckDBPyType) -> Iterator[tuple[str, str, str]]:
    if kind.id != "struct":
        yield name, sql, str(kind)
        return
    for field, its_kind in kind.children:
        yield from _fields(f"{name}.{field}", f"{sql}.{_quoted(field)}", its_kind)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
