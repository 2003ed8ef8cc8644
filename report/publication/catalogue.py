"""The tables that are published, described: what they are, where from, and what each column holds."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from report.core import columns
from report.core.texts import ENCODING, for_spreadsheets, read_text
from report.pages.context import SiteContext
from report.sources.files import parquet
from report.sql.connection import connect_reading

INTEGER, NUMBER, BOOLEAN, STRING, DATE = "integer", "number", "boolean", "string", "date"
# What every value of a column has to look like to be of a kind; the first that fits.
KINDS = {
    INTEGER: re.compile(r"-?\d{1,18}"),
    NUMBER: re.compile(r"-?\d+(\.\d+)?(e[+-]?\d+)?"),
    BOOLEAN: re.compile("true|false"),
    DATE: re.compile(r"\d{4}-\d\d-\d\d"),
}
CSV, PARQUET = "text/csv", "application/vnd.apache.parquet"
# Kinds of columns by DuckDB's types; others are text.
TYPES = {
    **dict.fromkeys(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT"), INTEGER),
    **dict.fromkeys(("FLOAT", "DOUBLE", "DECIMAL"), NUMBER),
    "BOOLEAN": BOOLEAN,
    "DATE": DATE,
}


@dataclass(frozen=True)
class Column:
    """A column of a table: its name, its kind (one of KINDS, or "string"), what it holds and its unit, "" for none."""

    name: str
    kind: str
    title: str
    says: str = ""
    unit: str = ""


@dataclass(frozen=True)
class DataTable:
    """A table as a file: `path` in the site, its bytes, and what is to be known of it.

    Attributes:
        sources: who counted it, as pairs of name and address ("" for none).
    """

    path: str
    title: str
    says: str
    content: bytes
    columns: Sequence[Column]
    sources: Sequence[tuple[str, str]] = ()

    @property
    def name(self) -> str:
        """Its name among the tables: "duration.histogram"."""
        return self.path.removeprefix("data/").rpartition(".")[0].replace("/", ".")

    @property
    def media_type(self) -> str:
        return PARQUET if self.path.endswith(".parquet") else CSV

    @cached_property
    def digest(self) -> str:
        """SHA-256 of its bytes."""
        return sha256(self.content).hexdigest()

    @property
    def is_ascii(self) -> bool:
        return self.content.isascii()


def tables(context: SiteContext) -> list[DataTable]:
    """The rows of the figures that have some, the published figures that they rest on, the edition's own counts."""
    return [*_of_figures(context), *_published(context), *_cubes(context)]


def head(sql: str) -> list[str]:
    """The words at the head of a query, line by line, down to its rules."""
    lines = []
    for line in sql.strip().splitlines():
        if not line.startswith("-- "):
            break
        lines.append(line.removeprefix("-- "))
    return lines


def meaning(column: str) -> str:
    """What a column holds, from its name: "album_share" -> "Share of albums (a fraction of the whole, 0 to 1)"."""
    named = columns.meaning(column)
    return f"{columns.heading(column)} ({named.says})" if named and named.says else columns.heading(column)


def _of_figures(context: SiteContext) -> Iterator[DataTable]:
    for figure in context.figures.values():
        if figure.rows and not figure.absent:
            asked, *more = head(figure.sql) or [figure.id]
            path, described = f"data/{figure.id}.csv", _columns(figure.csv)
            yield DataTable(path, asked, " ".join(more), figure.csv, described, _sources(figure.sources))


def _published(context: SiteContext) -> Iterator[DataTable]:
    for stem, source in sorted(context.published.items()):
        path = context.content / "published" / f"{stem}.csv"
        if path.exists():
            content = for_spreadsheets(path.read_bytes())
            named = f"data/published/{stem}.csv", source["title"], source.get("note", "")
            yield DataTable(*named, content, _columns(content), _sources([source]))


def _cubes(context: SiteContext) -> Iterator[DataTable]:
    for name, path in context.cubes.items():
        asked, *more = head(read_text(context.settings.root / f"queries/cubes/{name}.sql")) or [name]
        described = connect_reading().execute(f"describe from {parquet(path)}").fetchall()
        typed = [_named(column, TYPES.get(kind.partition("(")[0], STRING)) for column, kind, *_ in described]
        yield DataTable(f"data/cubes/{name}.parquet", asked, " ".join(more), path.read_bytes(), typed)


def _sources(given: Iterable[Mapping]) -> list[tuple[str, str]]:
    """Each source with the first of its addresses."""
    return [(each["publisher"], next((found["url"] for found in each.get("addresses", ())), "")) for each in given]


def _columns(content: bytes) -> list[Column]:
    names, *rows = csv.reader(io.StringIO(content.decode(ENCODING), newline=""))
    by_column = zip(*rows, strict=True) if rows else [()] * len(names)
    return [_column(name, [value for value in values if value]) for name, values in zip(names, by_column, strict=True)]


def _column(name: str, values: Sequence[str]) -> Column:
    fits = (kind for kind, form in KINDS.items() if values and all(map(form.fullmatch, values)))
    return _named(name, next(fits, STRING))


def _named(name: str, kind: str) -> Column:
    meaning = columns.meaning(name)
    says, unit = (meaning.says, meaning.unit) if meaning else ("", "")
    return Column(name, kind, columns.heading(name), says, unit)
