"""The import of SQLite databases beside SQLite's own stepping and DuckDB's scanner, in one run.

    python -m bench.imports DIR [--scanner PYTHON] [--rounds 3]

DIR is an archive in the SQLite layout (python -m bench.archive DIR --sqlite). PYTHON is the interpreter of an
environment of its own with what bench/requirements.txt lists: the scanner comes as a wheel for DuckDB 1.5. Each way
reads the columns that the report reads; the scanner and the import write them as Parquet, and the import compares what
it wrote with what SQLite counts. bench/imports/ holds the programs.

A round starts a program of each way, one after the other, and asks it for a table at a time. Its start, a third of a
second for the scanner, is not in the figures: beside a large database it is nothing. With two threads the scanner can
take twice the processor time that it takes with one, so both are tried. The figures are the best of the rounds, and
for the scanner of both settings, wall and CPU seconds each for itself. All files are read once before: the system's
cache is warm. Memory is the most that a program has held from its start to its end.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from bench.sessions import Answer, Session, Way
from report.sources.schema import TABLES
from report.sources.sqlite.archive import SqliteArchive, database_of

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ROOT / "bench" / "imports"
OURS, STEPPING, SCANNER = "import", "SQLite's stepping", "DuckDB's scanner"
SCANNER_THREADS = (1, 2)


@dataclass
class Taken:
    """What a way took: the least wall and CPU seconds of each table, and the most memory."""

    seconds: dict[str, tuple[float, float]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    resident: int = 0

    def add(self, table: str, answer: Answer) -> None:
        wall, cpu = self.seconds.get(table, (answer.wall, answer.cpu))
        self.seconds[table] = min(wall, answer.wall), min(cpu, answer.cpu)
        self.rows[table] = int(answer.rows[0])


def main() -> None:
    """Import the archive of the command line, print what each table took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("archive", type=Path, metavar="DIR")
    parser.add_argument("--scanner", metavar="PYTHON", help="an interpreter with DuckDB's SQLite scanner")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    options = parser.parse_args()
    taken = compare(options.archive, options.scanner, options.rounds)
    print(as_table(taken))
    resident = ", ".join(f"{name} {way.resident / 1e6:,.0f} MB" for name, way in taken.items())
    print(f"\nBest of {options.rounds} rounds, DuckDB {duckdb.__version__}. Most memory held: {resident}.")


def compare(archive: Path, scanner: str | None, rounds: int) -> dict[str, Taken]:
    """What each way took; each must find as many rows as the import.

    Raises:
        SystemExit: one doesn't, or ends.
    """
    source = SqliteArchive(archive)
    tables = {
        table: {
            "database": str((archive / database_of(spec.part)).resolve()),
            "columns": [name for name in spec.columns if name in source.columns[table]],
        }
        for table, spec in TABLES.items()
        if table in source.columns and spec.staging
    }
    for database in {table["database"] for table in tables.values()}:
        with Path(database).open("rb") as whole:
            while whole.read(2**24):
                pass
    ways = [(OURS, sys.executable, "with_report.py", 0), (STEPPING, sys.executable, "with_stepping.py", 0)]
    ways += [(SCANNER, scanner, "with_scanner.py", threads) for threads in SCANNER_THREADS if scanner]
    taken: dict[str, Taken] = {}
    for number in range(rounds):
        for name, python, program, threads in ways:
            # On the archive's disk: the parts of a large one take space.
            with tempfile.TemporaryDirectory(prefix="imports-", dir=archive) as folder:
                task = {"archive": str(archive), "tables": tables, "folder": folder, "threads": threads}
                command = [python, str(PROGRAMS / program), json.dumps(task)]
                way = Way(name, command, "{}\n".format, environment={"PYTHONPATH": str(ROOT)})
                own = taken.setdefault(name, Taken())
                with Session(way, Path(folder)) as session:
                    for table in tables:
                        own.add(table, session.ask(table))
                    own.resident = max(own.resident, session.peak())
            if own.rows != taken[OURS].rows:
                raise SystemExit(f"{name} finds other rows than the import: {own.rows}, not {taken[OURS].rows}")
            print(f"round {number + 1}, {name}: done", file=sys.stderr, flush=True)
    return taken


def as_table(taken: dict[str, Taken]) -> str:
    """The ways as a Markdown table; the ratios say how much of the scanner's speed the import has."""
    lines = [
        "| table | rows | import, wall s | CPU s | stepping, CPU s | scanner, wall s | CPU s "
        "| scanner ÷ import, wall | CPU |",
        "|---|" + "---:|" * 8,
    ]
    tables = list(taken[OURS].rows)
    for label, names in [*((table, [table]) for table in tables), ("all", tables)]:
        ours, stepping = (summed(taken[way], names) for way in (OURS, STEPPING))
        cells = [label, f"{sum(taken[OURS].rows[name] for name in names):,}"]
        cells += [f"{seconds:.2f}" for seconds in (*ours, stepping[1])]
        if SCANNER in taken:
            scanner = summed(taken[SCANNER], names)
            cells += [f"{seconds:.2f}" for seconds in scanner]
            cells += [f"{theirs / own:.2f}" for theirs, own in zip(scanner, ours, strict=True)]
        else:
            cells += [""] * 4
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def summed(way: Taken, tables: Iterable[str]) -> tuple[float, float]:
    """Wall and CPU seconds of some tables together."""
    walls, cpus = zip(*(way.seconds[table] for table in tables), strict=True)
    return sum(walls), sum(cpus)


if __name__ == "__main__":
    main()
