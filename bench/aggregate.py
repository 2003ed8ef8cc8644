"""What each stage of an aggregation costs, beside a bare scan of the columns it reads, in one run.

    python -m bench.aggregate DIR [--memory 4GB] [--threads 2] [--cache DIR] [--costs FILE]

DIR is an archive, such as bench/archive.py writes. The store is emptied first, so that every stage is run. Prints a
Markdown table: rows, rows a second, wall and CPU seconds, peak resident memory, bytes spilled, bytes read, bytes that
the system fetched from the disk for it, and the CPU seconds as a multiple of a scan's: every value of the columns that
the stage names, read and hashed by the same engine.

Last it says how far off the time left was that the run showed. With --costs queries/costs.csv what each stage took of
processors and from the disk is put where the time left is told from, beside that of other numbers of rows.
"""

from __future__ import annotations

import argparse
import re
import shutil
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import duckdb

from bench.meter import Cost, Meter, measured, size_of
from report.cache.store import Store
from report.core import queries
from report.core.progress import Progress
from report.core.settings import Settings, read_settings
from report.core.timeleft import Effort
from report.engines.duckdb import connect
from report.run import Run
from report.sources import Source
from report.sources.files import parquet
from report.sources.layouts import open_source
from report.sources.schema import TABLES
from report.sql.engine import Engine
from report.warehouse.aggregation import aggregate
from report.warehouse.costs import read_costs, steps_of, write_costs
from report.warehouse.keys import reading_key
from report.warehouse.markers import macros, read_markers
from report.warehouse.staging import stage_source

ROOT = Path(__file__).resolve().parents[1]
# The time left should not be further off than this.
NEAR = 0.2


def time_left_off(said: list[tuple[float, float]], whole: float) -> str:
    """How far off the time said to be left was.

    Args:
        said: seconds since the beginning, and how many were said to be left.
        whole: seconds that it took.

    As a share of what was left, from the first tenth on until a twentieth is left. After that a second more or less
    is a large share, so it is a share of the whole.
    """
    last = 0.95 * whole
    before = [abs(left - (whole - at)) / (whole - at) for at, left in said if whole / 10 <= at <= last]
    after = [abs(left - (whole - at)) / whole for at, left in said if at > last]
    near = sum(error <= NEAR for error in before) / max(len(before), 1)
    return (
        f"Time left: off by at most {max(before, default=0):.0%} of what was left, from the first tenth to the last "
        f"twentieth ({NEAR:.0%} or less for {near:.0%} of what was said); "
        f"then by at most {max(after, default=0):.1%} of the whole"
    )


def add_costs(path: Path, costs: list[Cost], source: Source, settings: Settings, store: Store) -> None:
    """Write what stages took to the table that the time left is told from, in place of what it had of as many rows."""
    staging, cubes = (queries.read_sql(settings.queries / name) for name in ("staging", "cubes"))
    steps = steps_of(source.extents(store), staging, cubes, settings.queries / "staging", lambda *_: 1.0)
    # A stage that is gone is dropped.
    known = {name: rows for name, rows in read_costs(path).items() if name in {step.name for step in steps}}
    for step in steps:
        taken = [Effort(cost.cpu, cost.fetched / 1e6) for cost in costs if cost.name == step.name]
        if taken:
            before = known.get(step.name, {}).items()
            others = {rows: effort for rows, effort in before if not step.rows / 2 < rows < step.rows * 2}
            known[step.name] = others | {step.rows: sum(taken, Effort())}
    write_costs(path, known)


def scan_seconds(engine: Engine, relation: str, columns: list[str]) -> float:
    """CPU seconds of reading every value of the columns."""
    start = time.process_time()
    hashed = ", ".join(f'"{name}"' for name in columns)
    engine.rows(f"select {f'max(hash({hashed}))' if columns else 'count(*)'} from {relation}", ROOT)
    return time.process_time() - start


def add_scans(costs: list[Cost], source: Source, run: Run) -> None:
    """Put beside each stage what a bare scan of its columns costs."""
    staging, cubes = (queries.read_sql(ROOT / "queries" / name) for name in ("staging", "cubes"))
    known: dict[tuple, float] = {}
    settings = run.settings
    with connect(settings.memory, settings.threads, settings.cache / "spill") as engine:
        # All of it is in the store by now; asking again says where.
        raw = source.raw_tables(engine, run)
        engine.define(macros(read_markers(settings.queries / "markers.csv")))
        reading = reading_key(source, run)
        staged = stage_source(engine, raw, reading, staging, run).paths

        def scan(relation: str, text: str | None) -> tuple[float, int]:
            names = engine.types(relation, ROOT)
            columns = [name for name in names if text is None or re.search(rf"\b{name}\b", text)]
            key = (relation, *columns)
            if key not in known:
                known[key] = scan_seconds(engine, relation, columns)
            return known[key], engine.rows(f"select count(*) from {relation}", ROOT)[0][0]

        for cost in costs:
            verb, name = cost.name.split(" ", 1)
            sql = {"stage": staging, "count": cubes}.get(verb, {}).get(name, "")
            tables = [table for table in TABLES if table in raw and f"source.{table}" in sql]
            if verb == "check":
                tables = [name.split()[-1]]
            scans = [scan(raw[table].relation, " ".join(TABLES[table].columns)) for table in tables]
            scans += [
                scan(parquet(staged[other]), sql) for other in queries.references(sql, "staging") if other != name
            ]
            if scans:
                cost.scan = sum(seconds for seconds, _ in scans)
                cost.rows = cost.rows or max(rows for _, rows in scans)


def table(costs: list[Cost]) -> str:
    """The costs as a Markdown table, with a line of sums."""
    total = Cost(
        "all",
        wall=sum(cost.wall for cost in costs),
        cpu=sum(cost.cpu for cost in costs),
        resident=max(cost.resident for cost in costs),
        spilled=max(cost.spilled for cost in costs),
        read=sum(cost.read for cost in costs),
        fetched=sum(cost.fetched for cost in costs),
    )
    numbers = "share | rows | rows/s | wall s | CPU s | resident MB | spilled MB | read MB | from disk MB | × scan"
    lines = [f"| stage | {numbers} |", "|---|" + "---:|" * 10]
    for cost in [*costs, total]:
        cells = [
            cost.name,
            f"{cost.cpu / total.cpu:.1%}",
            f"{cost.rows:,}" if cost.rows else "",
            f"{cost.rows / cost.wall:,.0f}" if cost.rows else "",
            f"{cost.wall:.1f}",
            f"{cost.cpu:.1f}",
            *(f"{value / 1e6:,.0f}" for value in (cost.resident, cost.spilled, cost.read, cost.fetched)),
            f"{cost.cpu / cost.scan:.1f}" if cost.scan and cost.scan > 0.01 else "",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """Aggregate the archive of the command line, print what each stage took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("archive", type=Path, metavar="DIR")
    parser.add_argument("--memory", default="4GB")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--cache", type=Path, help="a folder for the store; it is emptied first (default: a new one)")
    parser.add_argument("--costs", type=Path, metavar="FILE", help="write what stages took to this table")
    options = parser.parse_args()
    cache = options.cache or Path(tempfile.mkdtemp(prefix="aggregate-"))
    shutil.rmtree(cache, ignore_errors=True)
    settings = replace(
        read_settings(ROOT),
        cache=cache,
        editions=cache / "editions",
        memory=options.memory,
        threads=options.threads,
    )
    meter, store = Meter(cache / "spill"), Store(cache / "store")
    source = open_source(options.archive)
    with measured("all", meter.spill) as whole:
        edition = aggregate(source, "measured", Run(settings, store, meter))
    if options.costs:
        add_costs(options.costs, meter.costs, source, settings, store)
    add_scans(meter.costs, source, Run(settings, store, Progress()))
    meter.costs.sort(key=lambda cost: -cost.cpu)
    print(table(meter.costs))
    print(
        f"\nDuckDB {duckdb.__version__}, {options.threads} threads, {options.memory}: {whole.wall:.0f} s wall, "
        f"{whole.cpu:.0f} s CPU, {whole.resident / 1e9:.2f} GB resident, {whole.spilled / 1e9:.2f} GB spilled, "
        f"{size_of(store.folder) / 1e9:.2f} GB kept, edition {size_of(edition.folder) / 1e6:.1f} MB"
    )
    print(time_left_off(meter.said, whole.wall))
    if not options.cache:
        shutil.rmtree(cache)


if __name__ == "__main__":
    main()
