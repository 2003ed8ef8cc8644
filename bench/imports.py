"""The import of SQLite databases beside SQLite's own stepping and DuckDB's scanner, in one run.

    python -m bench.imports DIR [--scanner PYTHON]

DIR is an archive in the SQLite layout (python -m bench.archive DIR --sqlite). PYTHON is the interpreter of an
environment of its own with what bench/requirements.txt lists: the scanner comes as a wheel for DuckDB 1.5. Each way
reads the columns that the report reads; the scanner and the import write them as Parquet. Prints rows a second.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import duckdb

from bench.aggregate import ROOT, Meter
from report.settings import read_settings
from report.sources.schema import TABLES
from report.sources.sqlite import SqliteArchive, database_of
from report.store import Store

SCANNER = """
import sys, duckdb, duckdb_extension_sqlite
from pathlib import Path
(wheel,) = Path(duckdb_extension_sqlite.__file__).parent.rglob("*.duckdb_extension")
database, table, columns, path = sys.argv[1:]
# DuckDB takes the name of what it loads from the file's.
extension = Path(path).with_name("sqlite_scanner.duckdb_extension")
extension.unlink(missing_ok=True)
extension.symlink_to(wheel)
with duckdb.connect(config={"threads": 2, "memory_limit": "1GB"}) as con:
    con.execute(f"load '{extension}'")
    con.execute(f"copy (select {columns} from sqlite_scan('{database}', '{table}')) to '{path}' "
                "(format parquet, compression zstd, compression_level 1)")
"""


def main() -> None:
    """Import the archive of the command line, print what each table took."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("archive", type=Path, metavar="DIR")
    parser.add_argument("--scanner", metavar="PYTHON", help="an interpreter with DuckDB's SQLite scanner")
    options = parser.parse_args()
    source = SqliteArchive(options.archive)
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as con:
        cache = Path(folder)
        settings = replace(read_settings(ROOT), cache=cache)
        meter = Meter(cache / "spill")
        raw = source.raw_tables(con, Store(settings.cache), meter)
        print("| table | rows | import, CPU s | stepping, CPU s | scanner, CPU s | import of scanner | resident MB |")
        print("|---|" + "---:|" * 6)
        for cost in meter.costs:
            table = cost.name.split()[-1]
            columns = [name for name in TABLES[table].columns if name in raw[table].types]
            database = options.archive / database_of(TABLES[table].part)
            stepped = stepping(database, table, columns)
            scanned = scanning(options.scanner, database, table, columns, cache) if options.scanner else None
            cells = [table, f"{cost.rows:,}", f"{cost.cpu:.1f}", f"{stepped:.1f}"]
            cells += [f"{scanned:.1f}", f"{scanned / cost.cpu:.2f}"] if scanned else ["", ""]
            print("| " + " | ".join([*cells, f"{cost.resident / 1e6:,.0f}"]) + " |")


def stepping(database: Path, table: str, columns: list[str]) -> float:
    """CPU seconds of SQLite going through the rows and looking at each column."""
    start = time.process_time()
    with closing(sqlite3.connect(database)) as con:
        con.execute(f'select {", ".join(f"max({name})" for name in columns)} from "{table}"').fetchall()
    return time.process_time() - start


def scanning(python: str, database: Path, table: str, columns: list[str], folder: Path) -> float:
    """CPU seconds of DuckDB's scanner, its start included."""
    before = os.times()
    command = [python, "-c", SCANNER, str(database), table, ", ".join(columns), str(folder / "scanned.parquet")]
    subprocess.run(command, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    main()
