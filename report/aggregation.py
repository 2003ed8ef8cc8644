"""The left half: a source becomes staging tables, those become cubes, and the cubes an edition.

Each staging table and each cube is kept in the store by what it depends on, so a run that was stopped, or a query that
was edited, costs only what is missing.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from report import queries
from report.audit import audit_source, audit_values, check_readable, reconcile
from report.edition import Edition, read_edition, write_edition
from report.engines import duckdb as engine
from report.errors import EngineError, QueryError
from report.inputs import ENGINE, cube_keys, inputs_key, reading_key, staging_keys
from report.markers import macros, read_markers
from report.outlook import foresee
from report.progress import Progress
from report.settings import Settings
from report.sources import Extent, Source
from report.sources.files import parquet
from report.sources.footers import count_rows
from report.sources.relations import RawTable, absent_columns, typed_select
from report.sources.schema import TABLES
from report.statements import TextError
from report.store import Store, fingerprint


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


def aggregate(source: Source, name: str | None, settings: Settings, store: Store, progress: Progress) -> Edition:
    """Make the edition of `source`.

    A fault of the engine, such as a race between its threads, is borne once: what was made before it is kept.

    Args:
        name: the edition's name, or None for one made of its kind and date.

    Raises:
        ReportError: the source, the queries or the store cannot be used; an edition that stood stays.
    """
    try:
        return _aggregate(source, name, settings, store, progress)
    except EngineError as error:
        progress.say(f"{error.message}; going on with a new connection")
    return _aggregate(source, name, settings, store, progress)


def _aggregate(source: Source, name: str | None, settings: Settings, store: Store, progress: Progress) -> Edition:
    staging = queries.read_sql(settings.queries / "staging")
    staged_in_order = queries.in_order(staging, "staging", settings.queries / "staging")
    cubes = queries.latest_first(queries.read_sql(settings.queries / "cubes"), staged_in_order, "staging")
    reading = reading_key(source, settings)
    store.sweep()
    markers = read_markers(settings.queries / "markers.csv")
    with engine.connect(settings.memory, settings.threads, settings.cache / "spill") as con:
        con.execute(macros(markers))
        try:
            foresee(source.extents(store), reading, staging, cubes, settings, store, progress)
            raw = source.raw_tables(con, store, progress)
            # Counted now, where it was only estimated before.
            counted = {table: Extent(relation.row_count) for table, relation in raw.items()}
            foresee(counted, reading, staging, cubes, settings, store, progress)
            staged = stage_source(con, raw, reading, staging, settings, store, progress)
        except TextError:
            raw = source.raw_tables(con, store, progress, distrusts_text=True)
            staged = stage_source(con, raw, reading, staging, settings, store, progress)
        files = make_cubes(con, staged, cubes, settings, store, progress)
        manifest = describe(con, source, raw, staged, files)
    chosen = name or "-".join(filter(None, [manifest["kind"], manifest["as_of"]]))
    manifest = {"name": chosen} | manifest | {"inputs": inputs_key(source, settings)}
    manifest["markers"] = [asdict(marker) for marker in markers]
    write_edition(settings.editions / chosen, manifest, files)
    progress.say(f"edition {chosen} is written")
    return read_edition(settings.editions / chosen)


def stage_source(
    con: duckdb.DuckDBPyConnection,
    raw: dict[str, RawTable],
    reading: str,
    sql: dict[str, str],
    settings: Settings,
    store: Store,
    progress: Progress,
) -> Staged:
    """Staging tables of a source's tables.

    Raises:
        TextError: DuckDB came upon text that is not UTF-8.
    """
    audits = offer_source(con, raw, reading, store, progress)
    return make_staging(con, raw, audits, reading, sql, settings, store, progress)


def offer_source(
    con: duckdb.DuckDBPyConnection, raw: dict[str, RawTable], reading: str, store: Store, progress: Progress
) -> dict[str, dict]:
    """Make every table `source.<table>`, empty where it is absent; give what is not usable in each."""
    audits = {}
    engine.tell_ids_apart(con, by_number=True)
    for table, spec in TABLES.items():
        if not spec.staging:
            continue
        relation = raw.get(table, RawTable("(select 1 where false)", {}, 0, ""))
        if table in raw:
            audits[table] = audit_source(con, table, relation, reading, store, progress)
        audit = audits.get(table, {"repeats": 0, "repeated_ids": 0})
        select = typed_select(
            table, relation, has_repeats=audit["repeats"] > 0, has_repeated_ids=audit["repeated_ids"] > 0
        )
        con.execute(f'create or replace view source."{table}" as {select}')
    engine.tell_ids_apart(con, by_number=not any(audit["is_confused"] for audit in audits.values()))
    return audits


def make_staging(
    con: duckdb.DuckDBPyConnection,
    raw: dict[str, RawTable],
    audits: dict[str, dict],
    reading: str,
    sql: dict[str, str],
    settings: Settings,
    store: Store,
    progress: Progress,
) -> Staged:
    """Run queries/staging/ in the order in which they refer to each other."""
    folder = settings.queries / "staging"
    staged = Staged(keys=staging_keys(sql, reading, folder))
    table_of = {spec.staging: table for table, spec in TABLES.items() if spec.staging}
    for name, key in staged.keys.items():
        where = folder / f"{name}.sql"
        table = table_of.get(name)
        read = [raw[other].row_count for other in queries.references(sql[name], "source") if other in raw]
        rows = raw[table].row_count if table in raw else max([staged.most_rows(sql[name]), *read])
        try:
            paths = stage_table(con, name, sql[name], table, rows, key, settings, store, progress)
        except TextError:
            raise
        except QueryError:
            for other in set(queries.references(sql[name], "source")) & raw.keys():
                check_readable(con, other, raw[other])
            raise
        engine.offer_staging(con, name, paths)
        staged.paths[name], staged.rows[name] = paths, count_rows(con, paths)
        if table in raw:
            values = audit_values(con, table, raw[table], paths, reading, store, progress)
            made = engine.audit_staging(con, paths, where)
            staged.tables[table] = reconcile(table, audits[table], values, made, where)
    for table, relation in raw.items():
        if not TABLES[table].staging:
            counts = {"rows_read": relation.row_count, "rows_kept": relation.row_count}
            staged.tables[table] = counts | {"dropped": {}, "unusable": {}}
    staged.tables = {table: staged.tables[table] for table in TABLES if table in staged.tables}
    return staged


def stage_table(
    con: duckdb.DuckDBPyConnection,
    name: str,
    sql: str,
    table: str | None,
    rows: int | None,
    key: str,
    settings: Settings,
    store: Store,
    progress: Progress,
) -> list[Path]:
    """Files of one staging table, one a slice; a stopped run goes on with the slice it was at.

    Args:
        table: the source table it is made of, if it is of one; rows: how many that has.
        key: of the whole table in the store.
    """
    where = settings.queries / "staging" / f"{name}.sql"
    others = [f"staging.{other}" for other in queries.references(sql, "staging")]
    relation = f"source.{table}" if table else others[0] if others else ""
    always = TABLES[table].key if table else None

    def cut() -> bytes:
        return json.dumps(engine.slices(con, sql, relation, rows or 0, always, settings.memory, where)).encode()

    # Kept, because a run that goes on from a stopped one has to cut as that did.
    conditions = json.loads(store.keep_bytes(fingerprint("slices", key, settings.memory), ".json", cut))
    paths = []
    for number, condition in enumerate(conditions, 1):

        def make(path: Path, number: int = number, condition: str = condition) -> None:
            with progress.stage(f"stage {name}", rows and rows // len(conditions), number, len(conditions)) as stage:
                engine.write_staging(con, sql, path, where, stage, condition)

        slice_key = key if len(conditions) == 1 else fingerprint(key, condition)
        paths.append(store.keep(slice_key, ".parquet", make, f"staging {name}"))
    return paths


def make_cubes(
    con: duckdb.DuckDBPyConnection,
    staged: Staged,
    sql: dict[str, str],
    settings: Settings,
    store: Store,
    progress: Progress,
) -> dict[str, Path]:
    """Run queries/cubes/ over the staging tables; each cube's file by its name."""
    files = {}
    for name, key in cube_keys(sql, staged.keys).items():
        text, where = sql[name], settings.queries / "cubes" / f"{name}.sql"

        def make(path: Path, name: str = name, text: str = text, where: Path = where) -> None:
            with progress.stage(f"count {name}", staged.most_rows(text)) as stage:
                engine.write_cube(con, text, path, where, stage)

        files[name] = store.keep(key, ".parquet", make, f"cube {name}")
    return dict(sorted(files.items()))


def describe(
    con: duckdb.DuckDBPyConnection,
    source: Source,
    raw: dict[str, RawTable],
    staged: Staged,
    cubes: dict[str, Path],
) -> dict:
    """edition.json without the edition's name."""
    as_of, snapshot_year = con.execute("select as_of, snapshot_year from staging.snapshot").fetchone()
    days = con.execute(
        "select fetched_day, sum(track_count) over (order by fetched_day) * 2 >= sum(track_count) over () "
        f"from {parquet(cubes['tracks_by_fetch_day'])} where fetched_day is not null order by fetched_day"
    ).fetchall()
    window = None
    if days:
        median = next(day for day, is_past_half in days if is_past_half)
        window = {"first": str(days[0][0]), "median": str(median), "last": str(days[-1][0])}
    lacking = {table: absent_columns(table, raw[table].types) for table in raw if TABLES[table].staging}
    return {
        "kind": source.kind,
        "as_of": None if as_of is None else str(as_of),
        "snapshot_year": snapshot_year,
        "fetch_window": window,
        "source": {
            "layout": source.layout,
            "files": [{"name": f.name, "bytes": f.size, "fingerprint": f.fingerprint} for f in source.files],
        },
        "tables": staged.tables,
        "absent": {
            "tables": [table for table in TABLES if not staged.tables.get(table, {}).get("rows_kept")],
            "columns": {table: columns for table, columns in lacking.items() if columns},
        },
        "engine": dict(zip(("name", "version"), ENGINE, strict=True)),
    }
