"""Sources: an archive in the SQLite layout or the Parquet re-cut's, or a flat table of tracks.

`layouts` recognises the layout from the path. What it gives offers raw relations; `relations` types them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from report.cache.store import Store
    from report.run import Run
    from report.sources.relations import RawTable
    from report.sql.engine import Engine

HINT = (
    "give a folder with spotify_clean.sqlite3 or spotify_clean_parquet/, a folder of <table>.parquet files, "
    "or a CSV, CSV.gz or Parquet file of tracks"
)


@dataclass(frozen=True)
class SourceFile:
    """One file of a source: its name inside the source, its size in bytes and its fingerprint."""

    name: str
    size: int
    fingerprint: str


@dataclass(frozen=True)
class Extent:
    """About how much there is of one table, as far as that is known without reading it.

    Attributes:
        rows: how many it has.
        to_import: share of them that has to be imported before anything else, 0 to 1.
        is_loose: whether a column can hold values of any type, so that all have to be looked at.
    """

    rows: int
    to_import: float = 0.0
    is_loose: bool = False


class Source(Protocol):
    """What every layout offers.

    Attributes:
        kind: "archive", "selection" or "synthetic": what an edition of all of it would be (report/core/kinds.py).
        layout: "sqlite", "parquet" or "table".
        files: the files read, in a fixed order.
        reading: what was made of a flat table's columns, once it was read; None of an archive.
    """

    kind: str
    layout: str
    files: list[SourceFile]
    reading: dict | None

    def extents(self, store: Store) -> dict[str, Extent]:
        """How much there is of each table, before anything is read or imported; what is in the store is imported."""

    def raw_tables(self, engine: Engine, run: Run, *, distrusts_text: bool = False) -> dict[str, RawTable]:
        """The tables present, as DuckDB reads them; imports first where the layout needs it.

        Args:
            distrusts_text: whether DuckDB came upon text that is not UTF-8, which has to be read as bytes.
        """
