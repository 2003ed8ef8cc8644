"""Source -> staging: each raw table audited and offered as `source.<table>`, then the queries of queries/staging/.

Each staging table, or slice of one, is kept in the store by what it depends on.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

from report.cache.store import fingerprint
from report.core import queries
from report.core.errors import QueryError
from report.run import Run
from report.sources.relations import RawTable, typed_select
from report.sources.schema import TABLES
from report.sql.connection import TextError
from report.sql.engine import Cut, Engine
from report.warehouse.audit import audit_source, audit_values, check_readable, reconcile
from report.warehouse.keys import staging_keys


@dataclass
class Staged:
    """Staging tables by name: their files, rows and keys in the store, and what became of each source table's rows."""

    paths: dict[str, list[Path]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    tables: dict[str, dict] = field(default_factory=dict)

    def most_rows(self, sql: str) -> int:
        """Rows of the largest of them that a query reads."""
        return max((self.rows.get(name, 0) for name in queries.references(sql, "staging")), default=0)


def stage_source(
    engine: Engine,
    raw: dict[str, RawTable],
    reading: str,
    sql: dict[str, str],
    run: Run,
) -> Staged:
    """Staging tables of a source's tables: the queries are run in the order in which they refer to each other.

    Raises:
        TextError: DuckDB came upon text that is not UTF-8.
    """
    audits = offer_source(engine, raw, reading, run)
    folder = run.settings.queries / "staging"
    staged = Staged(keys=staging_keys(sql, reading, folder, run.store))
    table_of = {spec.staging: table for table, spec in TABLES.items() if spec.staging}
    for name, key in staged.keys.items():
        where = folder / f"{name}.sql"
        table = table_of.get(name)
        read = [raw[other].row_count for other in queries.references(sql[name], "source") if other in raw]
        rows = raw[table].row_count if table in raw else max([staged.most_rows(sql[name]), *read])
        try:
            cut = what_to_cut(engine, sql[name], table, raw, staged, rows)
            paths = stage_table(engine, name, sql[name], cut, key, run)
        except TextError:
            raise
        except QueryError:
            for other in set(queries.references(sql[name], "source")) & raw.keys():
                check_readable(engine, other, raw[other])
            raise
        staged.paths[name], staged.rows[name] = paths, engine.offer_staging(name, paths)
        if table in raw:
            values = audit_values(engine, table, raw[table], paths, reading, run)
            made = engine.audit_staging(paths, where)
            staged.tables[table] = reconcile(table, audits[table], values, made, where)
    for table, relation in raw.items():
        if not TABLES[table].staging:
            counts = {"rows_read": relation.row_count, "rows_kept": relation.row_count}
            staged.tables[table] = counts | {"dropped": {}, "unusable": {}}
    staged.tables = {table: staged.tables[table] for table in TABLES if table in staged.tables}
    return staged


def offer_source(engine: Engine, raw: dict[str, RawTable], reading: str, run: Run) -> dict[str, dict]:
    """Make every table `source.<table>`, empty where it is absent; give what is not usable in each."""
    audits = {}
    engine.tell_ids_apart(by_number=True)
    for table, spec in TABLES.items():
        if not spec.staging:
            continue
        relation = raw.get(table, RawTable("(select 1 where false)", {}, 0, ""))
        if table in raw:
            audits[table] = audit_source(engine, table, relation, reading, run)
        audit = audits.get(table, {"repeats": 0, "repeated_ids": 0})
        select = typed_select(
            table, relation, has_repeats=audit["repeats"] > 0, has_repeated_ids=audit["repeated_ids"] > 0
        )
        engine.offer("source", table, select)
    engine.tell_ids_apart(by_number=not any(audit["is_confused"] for audit in audits.values()))
    return audits


def what_to_cut(
    engine: Engine, sql: str, table: str | None, raw: dict[str, RawTable], staged: Staged, rows: int
) -> Cut:
    """What a staging query reads that can be cut.

    Args:
        table: the source table that the query is of, if it is of one.
        rows: how many the largest of what it reads has.
    """
    key = TABLES[table].key if table else None
    if table:
        whole = f'source."{table}"'
        if table not in raw or not raw[table].parts:
            return Cut(whole, whole, rows, key)
        some = replace(raw[table], relation=engine.some_of(raw[table].parts, rows))
        return Cut(whole, f"({typed_select(table, some, has_repeats=False)})", rows, key)
    for other in queries.references(sql, "staging"):
        return Cut(f'staging."{other}"', engine.some_of(staged.paths[other], staged.rows[other]), rows, key)
    return Cut("", "", rows, key)


def stage_table(
    engine: Engine,
    name: str,
    sql: str,
    cut: Cut,
    key: str,
    run: Run,
) -> list[Path]:
    """Files of one staging table, one a slice; a stopped run goes on with the slice it was at.

    Args:
        key: of the whole table in the store.
    """
    where = run.settings.queries / "staging" / f"{name}.sql"

    def find() -> bytes:
        return json.dumps(engine.slices(sql, cut, where)).encode()

    # Kept, because a run that goes on from a stopped one has to cut as that did.
    conditions = json.loads(run.store.keep_bytes(fingerprint("slices", key, run.settings.memory), ".json", find))
    paths = []
    for number, condition in enumerate(conditions, 1):

        def make(path: Path, number: int = number, condition: str = condition) -> None:
            with run.progress.stage(f"stage {name}", cut.rows // len(conditions), number, len(conditions)) as stage:
                engine.write_staging(sql, path, where, stage, condition)

        slice_key = key if len(conditions) == 1 else fingerprint(key, condition)
        paths.append(engine.keep_staging(run.store, slice_key, make, f"staging {name}"))
    return paths
