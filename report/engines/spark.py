"""What speaks Spark Connect as the engine: a cluster of Spark, or Sail. What it counts is written here, by DuckDB.

The queries are the report's own, translated. Staging tables lie in a folder that both sides see; cubes come back as
rows of Arrow, and equal rows are equal bytes.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import duckdb
import pyarrow.parquet as pq
from pyspark.errors import PySparkException
from pyspark.sql.types import BinaryType, StringType, StructType
from sqlglot import exp

from report.cache.store import Store
from report.core.errors import EngineError
from report.engines.characters import EVERY, Letters, ranges
from report.engines.dialect import Dialect
from report.engines.duckdb import START, DuckDB
from report.engines.server import explain, session
from report.engines.shared import Made, Shared, checked_address
from report.sql.connection import connect_small
from report.sql.engine import Cut, Known

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from report.core.progress import Stage

CHARACTERS = "characters.parquet"
T = TypeVar("T")


@contextmanager
def connect(address: str, shared: str, archive: tuple[Path, str] | None = None) -> Iterator[Spark]:
    """The engine at an address; letters and what it makes of all characters are looked at first.

    Args:
        address: such as `sc://localhost:15002`.
        shared: the folder for staging tables.
        archive: a folder here, and the address at which the engine has the same files; without it, that of the folder.

    Raises:
        SettingsError: an address cannot be used.
        EngineError: no server answers, or one whose cubes would not be the same.
        StoreError: the folder cannot be written.
    """
    folder = Shared(shared)
    with session(address) as (spark, name, version), connect_small() as con:
        engine = Spark(spark, name, version, folder, address, con, archive)
        engine.look_at_characters()
        yield engine


class Spark:
    """Spark or Sail as an `Engine`, by way of Spark Connect."""

    # Of the import alone, and that is done before.
    threads = 1
    audit_staging = DuckDB.audit_staging

    def __init__(
        self,
        spark: SparkSession,
        name: str,
        version: str,
        shared: Shared,
        address: str,
        con: duckdb.DuckDBPyConnection,
        archive: tuple[Path, str] | None,
    ) -> None:
        self.name = name
        self.version = version
        self._spark = spark
        self._shared = shared
        self._address = address
        self._here = DuckDB(con, "256MB")
        self._con = con
        self._archive = archive
        self._made: dict[Path, Made] = {}
        self._views: dict[str, tuple[str, list[str]]] = {}
        self._dialect = Dialect(Letters(), wraps=name == "Sail")

    def look_at_characters(self) -> None:
        """Ask what it takes for letters, and whether it changes text as DuckDB does once that is translated.

        Raises:
            EngineError: it does not.
        """
        where = Path(CHARACTERS)
        self._shared.write(CHARACTERS, _characters())
        address = self._shared.within(CHARACTERS)
        self._asked(lambda: self._read(address, None).createOrReplaceTempView("source_characters"), where)
        asked = r"select i, is_word from source_characters where (c rlike '^[\\p{L}\\p{N}]\\z') <> is_word"
        rows = self._collect(lambda: self._spark.sql(asked), where)
        letters = Letters(ranges(i for i, is_word in rows if is_word), ranges(i for i, is_word in rows if not is_word))
        self._dialect = Dialect(letters, wraps=self._dialect.wraps)
        self._dialect.define(
            f"create macro slice(key) as true; create macro id_start(id) as left(id, {START})", is_own=True
        )
        self._dialect.define("create macro hash(id) as xxhash64(id)", is_own=True)
        different = (
            "select count(*) from source.characters where lower(c) <> lowered or upper(c) <> uppered "
            "or (trim(c) = '') <> is_blank or regexp_matches(c, '[^\\p{L}\\p{N}]') = is_word"
        )
        ((count,),) = self.rows(different, where)
        if count:
            message = f"{self.name} {self.version} changes {count:,} characters otherwise than DuckDB"
            raise EngineError(message, self._address, "count with DuckDB, or with another version of this engine")

    def define(self, macros: str) -> None:
        self._dialect.define(macros)

    def offer(self, schema: str, table: str, select: str) -> None:
        where = Path(f"{schema}.{table}")
        sql = self._translate(select, where)
        self._asked(lambda: self._spark.sql(sql).createOrReplaceTempView(f"{schema}_{table}"), where)

    def rows(self, sql: str, where: Path, stage: Stage | None = None) -> list[tuple]:
        translated = self._translate(sql, where)
        return self._collect(lambda: self._spark.sql(translated), where)

    def types(self, relation: str, where: Path) -> dict[str, str]:
        """The columns of a FROM clause and their types, as the engine calls them."""
        sql = self._translate(f"select * from {relation}", where)
        fields = self._asked(lambda: self._spark.sql(sql).schema.fields, where)
        return {field.name: field.dataType.simpleString() for field in fields}

    def tell_ids_apart(self, *, by_number: bool) -> None:
        self._dialect.define(f"create macro id_key(id) as {'xxhash64(id)' if by_number else 'id'}", is_own=True)

    def some_of(self, files: Iterable[Path], rows: int) -> str:
        """Nothing is cut here: the engine divides its work itself."""
        return ""

    def slices(self, sql: str, cut: Cut, where: Path) -> list[str]:
        return ["true"]

    def keep_staging(self, store: Store, key: str, make: Callable[[Path], None], what: str) -> Path:
        def write(folder: str) -> tuple[str, int]:
            path = Path(folder)
            make(path)
            return self._made[path].schema, self._made[path].rows

        made, is_new = self._shared.keep(key, write)
        if is_new:
            store.made.append(what)
        path = Path(made.folder)
        self._made[path] = made
        return path

    def write_staging(
        self, sql: str, path: Path, where: Path, stage: Stage | None = None, condition: str = "true"
    ) -> None:
        translated, address = self._translate(sql, where), self._shared.within(path.name)

        def write() -> Made:
            made = self._spark.sql(translated)
            made.write.mode("overwrite").parquet(address)
            return Made(path.name, made.schema.json(), self._read(address, made.schema).count())

        self._made[path] = self._asked(write, where)

    def offer_staging(self, name: str, files: Sequence[Path]) -> int:
        view, _ = self._view_of(files)
        where = files[0]

        def offer() -> None:
            rows = self._spark.table(view)
            kept = rows.where("drop_reason is null") if "drop_reason" in rows.columns else rows
            kept.createOrReplaceTempView(f"staging_{name}")

        self._asked(offer, where)
        return sum(self._made[file].rows for file in files)

    def footers(self, files: Iterable[Path]) -> dict[str, Known]:
        """Nothing: the values are read again instead."""
        return {}

    def write_cube(self, sql: str, path: Path, where: Path, stage: Stage | None = None) -> None:
        translated = self._translate(sql, where)
        table = self._asked(lambda: self._spark.sql(translated).toArrow(), where)
        self._con.register("counted", table)
        try:
            self._here.write_cube("select * from counted", path, where, stage)
        finally:
            self._con.unregister("counted")

    def _translate(self, sql: str, where: Path) -> str:
        return self._dialect.translate(sql, where, self._view_of_call)

    def _view_of_call(self, read: exp.ReadParquet) -> tuple[str, Collection[str]]:
        """A view of the files that `read_parquet` names."""
        first = read.expressions[0]
        names = first.expressions if isinstance(first, exp.Array) else [first]
        return self._view_of([Path(re.sub(r"\[([*?[])\]", r"\1", name.name)) for name in names])

    def _view_of(self, files: Sequence[Path]) -> tuple[str, list[str]]:
        """A view of files of the archive or of the shared folder; and its columns of text or bytes."""
        known = "\n".join(map(str, files))
        if known not in self._views:
            view = f"files_{len(self._views)}"
            made = [self._made[file] for file in files if file in self._made]
            schema = StructType.fromJson(json.loads(made[0].schema)) if made else None

            def offer() -> list[str]:
                rows = self._read([self._address_of(file) for file in files], schema)
                rows.createOrReplaceTempView(view)
                return [field.name for field in rows.schema if isinstance(field.dataType, (StringType, BinaryType))]

            self._views[known] = view, self._asked(offer, files[0])
        return self._views[known]

    def _read(self, address: str | list[str], schema: StructType | None) -> DataFrame:
        reader = self._spark.read.schema(schema) if schema else self._spark.read
        return reader.parquet(*([address] if isinstance(address, str) else address))

    def _address_of(self, file: Path) -> str:
        if file in self._made:
            return self._shared.within(file.name)
        if self._archive and file.is_relative_to(self._archive[0]):
            return f"{self._archive[1].rstrip('/')}/{file.relative_to(self._archive[0]).as_posix()}"
        return checked_address(str(file), "the archive")

    def _collect(self, ask: Callable[[], DataFrame], where: Path) -> list[tuple]:
        return self._asked(lambda: [tuple(row) for row in ask().collect()], where)

    def _asked(self, ask: Callable[[], T], where: Path) -> T:
        """What the server answers, its errors those of the family; Ctrl-C stops what it was asked."""
        try:
            return ask()
        except KeyboardInterrupt:
            with suppress(Exception):
                self._spark.interruptAll()
            raise
        except PySparkException as error:
            raise explain(error, where, self._address, self._shared.address) from error


def _characters() -> bytes:
    """All characters, and what DuckDB makes of each, as a Parquet file."""
    with connect_small() as con:
        table = con.sql(
            "select i, c, lower(c) as lowered, upper(c) as uppered, trim(c) = '' as is_blank, "
            rf"regexp_matches(c, '^[\p{{L}}\p{{N}}]$') as is_word from {EVERY}"
        ).to_arrow_table()
    file = io.BytesIO()
    pq.write_table(table, file)
    return file.getvalue()
