"""The engine: what staging, cubes and audit ask of whatever counts. It is DuckDB, unless `--engine` names a server."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from report.cache.store import Store
    from report.core.progress import Stage

# What opens it, as `code_of` names it: whether something was counted by today's code is asked without loading it.
ENGINE = "report.engines.duckdb:connect"


class Cut(NamedTuple):
    """What a staging query reads that can be cut into slices.

    Attributes:
        relation: a FROM clause such as `source.track_artists`.
        some: a FROM clause of some of its rows, of the same columns, which tell where to cut.
        rows: how many the relation has.
        key: the column of it that has a value in every row, or None where no column has.
    """

    relation: str
    some: str
    rows: int
    key: str | None


@dataclass(frozen=True)
class Known:
    """One column of some files.

    Attributes:
        filled: rows with a value, or None where a file doesn't say.
        low, high: bounds of the values as the files write them, or None where one doesn't say; of a text the low one
            may be cut short, but is empty only where a value is.
    """

    filled: int | None
    low: str | None
    high: str | None


class Engine(Protocol):
    """Runs the queries of queries/staging/ and queries/cubes/, and those of the audit.

    Attributes:
        name, version: as edition.json and the keys of the cache have them.
        threads: how many compute at a time.
    """

    name: str
    version: str
    threads: int

    def define(self, macros: str) -> None:
        """Run `create macro` statements."""

    def offer(self, schema: str, table: str, select: str) -> None:
        """Make the rows of a query `<schema>.<table>`, in place of what had that name."""

    def rows(self, sql: str, where: Path, stage: Stage | None = None) -> list[tuple]:
        """What a query gives.

        Args:
            where: the file of the query or of the source, for messages.
            stage: is told how far the query is.

        Raises:
            QueryError: the engine refuses the query.
            TextError: there is text that is not UTF-8.
            EngineError: the engine itself is at fault.
            StoreError: memory or disk ran out.
        """

    def types(self, relation: str, where: Path) -> dict[str, str]:
        """The columns of a FROM clause and their types, in order."""

    def tell_ids_apart(self, *, by_number: bool) -> None:
        """Define `id_key(id)`, by which ids are joined and counted: a 64-bit hash, or the id itself."""

    def some_of(self, files: Iterable[Path], rows: int) -> str:
        """A FROM clause of some of the rows of these files, which have `rows` together."""

    def slices(self, sql: str, cut: Cut, where: Path) -> list[str]:
        """Conditions that cut a staging query into slices that fit in memory; `true` alone where one will do."""

    def keep_staging(self, store: Store, key: str, make: Callable[[Path], None], what: str) -> Path:
        """The file of a staging table, or of a slice of one, as it was kept under this key, or else made.

        Args:
            make: has `write_staging` write it to the path it is given.
            what: the result in words.
        """

    def write_staging(
        self, sql: str, path: Path, where: Path, stage: Stage | None = None, condition: str = "true"
    ) -> None:
        """Write what a staging query gives, or the slice of it for which the condition holds; errors as of `rows`."""

    def offer_staging(self, name: str, files: Sequence[Path]) -> int:
        """Make written files `staging.<name>`, without rows that have a drop_reason; gives how many rows they have."""

    def footers(self, files: Sequence[Path]) -> dict[str, Known]:
        """What the footers of written files say of their columns; of no column where that is not looked at."""

    def audit_staging(self, files: Sequence[Path], where: Path) -> dict:
        """What became of the rows of a staging table: rows_kept, dropped {reason: rows}, unusable {column: {reason:
        values}}."""

    def write_cube(self, sql: str, path: Path, where: Path, stage: Stage | None = None) -> None:
        """Write what a cube's query gives as Parquet, rows in the order of all their columns; errors as of `rows`.

        Raises:
            QueryError: also for a column whose type would not come out the same on every machine.
        """
