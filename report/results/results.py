"""Rows and facts: SQL over an edition's cubes and the published figures, each result kept by what it depends on.

In queries/<finding>/ a cube goes by its name, a published figure is `published.<stem>`, edition.json is `edition.…`,
and facts.sql may use a figure of its own finding as `rows.<figure>`, so that both say the same. A result is held
against the contract in its query's header when it is computed; one in the store has been.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from report.cache.code import code_of
from report.cache.store import Store, fingerprint
from report.core import queries
from report.core.columns import half
from report.core.errors import ContractError, QueryError
from report.core.folders import folders_in
from report.core.kinds import standing_of
from report.core.texts import read_text
from report.results.contracts import Contract, read_contract
from report.results.figure_data import FigureData
from report.results.provenance import Tracer
from report.results.rules import denominators_of
from report.results.runner import ask, connect
from report.warehouse.edition import Edition
from report.warehouse.published import Published, basis_of, has_address

if TYPE_CHECKING:
    import duckdb

NOT_FINDINGS = {"staging", "cubes"}
# What of edition.json the queries can read, as `edition.…`.
ACCOUNT = ("as_of", "snapshot_year", "last_full_year", "tables", "absent", "markers")


class Results(Mapping[str, FigureData]):
    """Figure id -> its rows; `facts()` for the facts. Computed when first read.

    Args:
        folder: queries/.
    """

    def __init__(self, edition: Edition, published: Published, folder: Path, store: Store) -> None:
        self._edition = edition
        self._published = published
        self.folder = folder
        self._store = store
        self._macros = read_text(folder / "macros.sql") if (folder / "macros.sql").is_file() else ""
        self._code = fingerprint(self._macros, code_of(store, self._run))
        self._tracer = Tracer(edition, folder, f"DuckDB {version('duckdb')}")
        self._sql = {path.name: queries.read_sql(path) for path in folders_in(folder) if path.name not in NOT_FINDINGS}
        self._figures = [f"{stem}/{name}" for stem, sql in self._sql.items() for name in sql if name != "facts"]
        self._read: dict[str, FigureData] = {}
        self._open = ExitStack()
        # The finding whose rows stand under a name, as `rows.<figure>`.
        self._offered: dict[str, str] = {}

    def __enter__(self) -> Results:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def __iter__(self) -> Iterator[str]:
        return iter(self._figures)

    def __len__(self) -> int:
        return len(self._figures)

    def __getitem__(self, figure: str) -> FigureData:
        if figure not in self._figures:
            raise KeyError(figure)
        if figure not in self._read:
            self._read[figure] = self._figure(*figure.split("/"))
        return self._read[figure]

    def facts(self) -> dict[str, dict[str, object]]:
        """{finding: {fact: value}}; None where the edition cannot say."""
        return {stem: self.facts_of(stem) for stem, sql in self._sql.items() if "facts" in sql}

    def facts_of(self, stem: str) -> dict[str, object]:
        """The facts of one finding.

        Raises:
            QueryError: its facts.sql fails or gives other than one row.
        """
        columns, rows = self._run(stem, "facts")
        return dict(zip(columns, rows[0], strict=True))

    def _figure(self, stem: str, name: str) -> FigureData:
        sql = self._sql[stem][name]
        columns, rows = self._run(stem, name)
        others = "\n".join(self._sql[stem][other] for other in self._rows_named(stem, sql))
        all_sql = f"{sql}\n{others}"
        sources = [self._published.tables[ref] for ref in queries.references(all_sql, "published")]
        basis = {basis_of(source) for source in sources}
        cubes = set(queries.relations(all_sql)) & set(self._edition.cubes)
        if cubes:
            basis.add("computed")
        contract = self._contract(stem, name)
        return FigureData(
            id=f"{stem}/{name}",
            sql=sql,
            columns=columns,
            rows=[dict(zip(columns, row, strict=True)) for row in rows],
            basis=sorted(basis),
            sources=sources,
            is_synthetic=self._edition.is_synthetic,
            partial_year=self._edition.partial_year,
            absent=self._why_hidden(sources) if rows else self._why_empty(cubes),
            provenance=self._tracer.trace(f"{stem}/{name}", contract, sql, others, cubes),
            units=contract.units,
            denominators=denominators_of(contract.texts.get("denominator", "")),
        )

    def _why_hidden(self, sources: list[dict]) -> str | None:
        """Why a figure is on no public page although it has rows; None where it is."""
        is_public = standing_of(self._edition.manifest).is_real
        return "Its source has no address." if is_public and not all(map(has_address, sources)) else None

    def _why_empty(self, cubes: set[str]) -> str:
        """Why a figure over these cubes has no rows."""
        if not standing_of(self._edition.manifest).counts:
            return "It takes the archive: we found no published count."
        absent = self._edition.manifest["absent"]["tables"]
        lacking = [table for table in self._tracer.tables(cubes) if table in absent]
        if lacking:
            return f"This edition has no table {' and no table '.join(lacking)}."
        return "This edition holds too little for this figure, or lacks a column that it needs."

    def _run(self, stem: str, name: str) -> tuple[list[str], list[list]]:
        """Columns and rows of one query, from the store or from DuckDB."""
        sql = self._sql[stem][name]
        others = {other: self._sql[stem][other] for other in self._rows_named(stem, sql)}
        key = fingerprint(
            "answer", name, sql, list(others.items()), self._code, *self._data_named(sql, *others.values())
        )

        def compute() -> bytes:
            for other, text in others.items():
                if self._offered.get(other) == stem:
                    continue
                made = f'create or replace table rows."{other}" as {text.rstrip().rstrip(";")}'
                ask(self._con, made, self.folder / stem / f"{other}.sql")
                self._offered[other] = stem
            columns, rows = ask(self._con, sql, self.folder / stem / f"{name}.sql")
            if name == "facts":
                columns, rows = _one_row(columns, rows, self.folder / stem / "facts.sql")
            as_read = [dict(zip(columns, row, strict=True)) for row in rows]
            self._hold(stem, name, columns, as_read)
            if name == "facts" and not standing_of(self._edition.manifest).counts:
                rows = [[_of_others(column, value) for column, value in zip(columns, rows[0], strict=True)]]
            return json.dumps([columns, rows], ensure_ascii=False, allow_nan=False).encode()

        columns, rows = json.loads(self._store.keep_bytes(key, ".json", compute, f"answer {stem}/{name}"))
        return columns, rows

    def _hold(self, stem: str, name: str, columns: list[str], rows: list[dict]) -> None:
        """Hold a result against its query's contract; a breach names the edition, since others may keep it."""
        try:
            self._contract(stem, name).check(columns, rows, self._bounds)
        except ContractError as error:
            raise ContractError(
                f"the counts of edition `{self._edition.name}` contradict each other: {error.message}",
                error.where,
                "its source may be inconsistent: see what edition.json says was read and dropped, mend the source and "
                f"aggregate it again, or leave this edition out; {error.hint}, where other editions break it too",
            ) from None

    def check_all(self) -> None:
        """Ask everything, and so hold every result against its contract.

        Raises:
            ReportError: a query fails, or a result breaks its contract.
        """
        self.facts()
        for figure in self:
            self[figure]

    def _data_named(self, *sql: str) -> list[object]:
        """What the queries may read, as far as they name it: cubes, published figures, the edition's account.

        A name that stands in a comment counts as well: too much is asked again, never too little.
        """
        text = "\n".join(sql).casefold()
        named = [part for part in self._data if part[1].casefold() in text]
        account = {key: self._edition.manifest[key] for key in ACCOUNT} if "edition" in text else {}
        bounds = {name: value for name, value in self._bounds.items() if f"..{name}" in text}
        return [*named, json.dumps([account, bounds])]

    @cached_property
    def _data(self) -> list[tuple[str, str, str]]:
        """Cubes and published figures: schema, name as queries use it, SHA-256."""
        cubes = [("", name, self._edition.manifest["cubes"][name]["sha256"]) for name in self._edition.cubes]
        if not standing_of(self._edition.manifest).counts:
            made = [sorted(queries.read_sql(self.folder / name).items()) for name in ("staging", "cubes")]
            cubes = [("", name, fingerprint(*made)) for name, _ in made[1]]
        return cubes + [("published", stem, self._published.tables[stem]["sha256"]) for stem in self._published.files]

    def _contract(self, stem: str, name: str) -> Contract:
        return read_contract(self._sql[stem][name], self.folder / stem / f"{name}.sql", is_facts=name == "facts")

    @property
    def _bounds(self) -> dict[str, object]:
        """What ranges in contracts may end in."""
        manifest = self._edition.manifest
        return {"snapshot": manifest["snapshot_year"], "as_of": manifest["as_of"]}

    def _rows_named(self, stem: str, sql: str) -> list[str]:
        """Figures of the finding that a query uses as `rows.<figure>`, each after those it uses itself."""
        named: dict[str, None] = {}
        for name in queries.references(sql, "rows"):
            if name not in self._sql[stem]:
                raise QueryError(f"`rows.{name}` is not a figure of `{stem}`", self.folder / stem)
            named |= dict.fromkeys([*self._rows_named(stem, self._sql[stem][name]), name])
        return list(named)

    @cached_property
    def _con(self) -> duckdb.DuckDBPyConnection:
        return self._open.enter_context(connect(self._edition, self._published, self.folder, self._macros))


def _of_others(fact: str, value: object) -> object:
    """A fact of an edition that counts nothing: none or false, said of nothing, is unknown."""
    return value if value or half(fact) == "published" else None


def _one_row(columns: list[str], rows: list[list], where: Path) -> tuple[list[str], list[list]]:
    """Facts as one row with a column a fact."""
    if len(rows) != 1:
        raise QueryError(f"facts are one row; this query gives {len(rows)}", where, "give a column a fact")
    return columns, rows
