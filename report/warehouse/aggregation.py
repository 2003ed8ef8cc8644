"""The left half: a source becomes staging tables, those become cubes, and the cubes an edition.

Each staging table and each cube is kept in the store by what it depends on, so a run that was stopped, or a query that
was edited, costs only what is missing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

from report.core import queries
from report.core.errors import EngineError
from report.core.kinds import kind_of
from report.engines.duckdb import connect
from report.run import Run
from report.sources import Extent, Source
from report.sources.blank import read_tables
from report.sources.files import parquet
from report.sources.relations import RawTable, absent_columns
from report.sources.schema import TABLES
from report.sql.connection import TextError, connect_small
from report.sql.engine import Engine
from report.warehouse.account import account_of
from report.warehouse.edition import Edition, free_name, read_edition, write_edition
from report.warehouse.keys import cube_keys, inputs_key, reading_key
from report.warehouse.markers import macros, read_markers
from report.warehouse.preflight import preflight
from report.warehouse.published import published_tracks
from report.warehouse.staging import Staged, stage_source


def aggregate(source: Source, name: str | None, run: Run, check: Callable[[Edition], None] = lambda _: None) -> Edition:
    """Make the edition of `source`.

    A fault of the engine, such as a race between its threads, is tried once more: what was made before it is kept.

    Args:
        name: the edition's name, or None for one made of its kind and date, and a number where another source has that.
        check: is shown the edition before it is put in place.

    Raises:
        ReportError: the source, the queries or the store cannot be used; an edition that stood stays.
    """
    try:
        return _aggregate(source, name, run, check)
    except EngineError as error:
        run.progress.say(f"{error.message}; going on with a new connection")
    return _aggregate(source, name, run, check)


def _aggregate(source: Source, name: str | None, run: Run, check: Callable[[Edition], None]) -> Edition:
    settings = run.settings
    staging = queries.read_sql(settings.queries / "staging")
    staged_in_order = queries.in_order(staging, "staging", settings.queries / "staging")
    cubes = queries.latest_first(queries.read_sql(settings.queries / "cubes"), staged_in_order, "staging")
    reading = reading_key(source, run)
    run.store.sweep()
    markers = read_markers(settings.queries / "markers.csv")
    whole = published_tracks(settings.content / "published")
    with (
        run.server.open()
        if run.server
        else connect(settings.memory, settings.threads, settings.cache / "spill") as engine
    ):
        engine.define(macros(markers))
        try:
            extents = source.extents(run.store)
            if not run.server:
                preflight(extents, reading, staging, cubes, engine.threads, run)
            raw = read_tables(engine, source, run)
            # Imported now, counted where rows were only estimated, and made of a table where there was but one.
            for table, relation in raw.items():
                known = extents.get(table, Extent(0, is_loose=True))
                extents[table] = replace(known, rows=relation.row_count, to_import=0.0)
            if not run.server:
                preflight(extents, reading, staging, cubes, engine.threads, run)
            staged = stage_source(engine, raw, reading, staging, run)
        except TextError:
            raw = read_tables(engine, source, run, distrusts_text=True)
            staged = stage_source(engine, raw, reading, staging, run)
        files = make_cubes(engine, staged, cubes, run)
        manifest = describe(engine, source, raw, staged, files)
    manifest["kind"] = kind_of(manifest, whole)
    chosen = name or "-".join(filter(None, [manifest["kind"], manifest["as_of"]]))
    if not name and not run.may_replace:
        chosen = free_name(chosen, settings.editions, manifest["source"], whole)
    manifest = {"name": chosen} | manifest | {"inputs": inputs_key(source, run)}
    manifest["markers"] = [asdict(marker) for marker in markers]
    write_edition(settings.editions / chosen, manifest, files, lambda folder: check(read_edition(folder, whole)))
    # What was expected and not begun was in the store.
    run.progress.expect({}, threads=1)
    run.progress.say("\n".join([f"edition {chosen} is written", *account_of(manifest)]))
    return read_edition(settings.editions / chosen, whole)


def make_cubes(
    engine: Engine,
    staged: Staged,
    sql: dict[str, str],
    run: Run,
) -> dict[str, Path]:
    """Run queries/cubes/ over the staging tables; each cube's file by its name."""
    files = {}
    for name, key in cube_keys(sql, staged.keys, run.store).items():
        text, where = sql[name], run.settings.queries / "cubes" / f"{name}.sql"

        def make(path: Path, name: str = name, text: str = text, where: Path = where) -> None:
            with run.progress.stage(f"count {name}", staged.most_rows(text)) as stage:
                engine.write_cube(text, path, where, stage)

        files[name] = run.store.keep(key, ".parquet", make, f"cube {name}")
    return dict(sorted(files.items()))


def describe(
    engine: Engine,
    source: Source,
    raw: dict[str, RawTable],
    staged: Staged,
    cubes: dict[str, Path],
) -> dict:
    """edition.json without the edition's name."""
    ((as_of, snapshot_year),) = engine.rows("select as_of, snapshot_year from staging.snapshot", Path("snapshot.sql"))
    with connect_small() as con:
        # A cube's file is here, wherever it was counted.
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
        "source": described(source),
        **({"reading": source.reading} if source.reading else {}),
        "tables": staged.tables,
        "absent": {
            "tables": [table for table in TABLES if not staged.tables.get(table, {}).get("rows_kept")],
            "columns": {table: columns for table, columns in lacking.items() if columns},
        },
        "engine": {"name": engine.name, "version": engine.version},
    }


def described(source: Source) -> dict:
    """A source as edition.json has it."""
    files = [{"name": file.name, "bytes": file.size, "fingerprint": file.fingerprint} for file in source.files]
    return {"layout": source.layout, "files": files}
