"""The ways that bench/compare.py compares: where their programs are and how each is started and asked."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb

from bench.sessions import END, Way
from report.core.queries import read_sql
from report.sources.files import quoted
from report.sources.partfiles import find_tables
from report.sources.schema import TABLES
from report.sources.sqlite.archive import database_of

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ROOT / "bench" / "compare"
READ = ("tracks", "albums", "track_audio_features")
THREADS, MEMORY_GB = 2, 4
OURS = "Liner Notes (DuckDB)"


def find_files(archive: Path) -> tuple[dict[str, Path], dict[str, Path]]:
    """The Parquet files and the databases of the tables that are read.

    Raises:
        SystemExit: some are not there.
    """
    tables = {table: files.place for table, files in find_tables(archive).items() if table in READ}
    databases = {table: archive / database_of(TABLES[table].part) for table in READ}
    missing = [f"{table}.parquet" for table in READ if table not in tables]
    missing += sorted({file.name for file in databases.values() if not file.is_file()})
    if missing:
        raise SystemExit(
            f"{archive} has no {', '.join(missing)}\n"
            "  hint: python -m bench.archive DIR --tracks N --sqlite writes an archive in both layouts"
        )
    return tables, databases


def find_programs(python: str) -> str:
    """The versions of all that is compared.

    Raises:
        SystemExit: something is not there.
    """
    java = str(Path(os.environ["JAVA_HOME"], "bin", "java")) if "JAVA_HOME" in os.environ else "java"
    installing = f"{python} -m pip install -r bench/requirements.txt"
    found = [f"DuckDB {duckdb.__version__}"]
    for name, command, hint in (
        ("sqlite3", ["sqlite3", "-version"], "install SQLite's command line (Debian: apt-get install sqlite3)"),
        ("Polars", [python, "-c", "import polars; print(polars.__version__)"], installing),
        ("PySpark", [python, "-c", "import pyspark; print(pyspark.__version__)"], installing),
        ("Java", [java, "--version"], "PySpark runs on Java 17 (Debian: apt-get install openjdk-17-jre-headless)"),
    ):
        if not shutil.which(command[0]):
            raise SystemExit(f"{name}: there is no program `{command[0]}`\n  hint: {hint}")
        told = subprocess.run(command, capture_output=True, text=True)
        if told.returncode:
            last = told.stderr.strip().splitlines()[-1:]
            raise SystemExit("\n  ".join([f"{name}: `{command[0]}` fails", *last, f"hint: {hint}"]))
        found.append(f"{name} {re.search(r'[0-9][0-9.]*', told.stdout)[0]}")
    return ", ".join(found)


def in_duckdb(tables: dict[str, Path], folder: Path) -> Way:
    """The report's own engine, in the report's own environment."""
    return _python_way(OURS, sys.executable, "with_duckdb.py", tables, folder)


def in_sqlite(databases: dict[str, Path], folder: Path) -> Way:
    """SQLite's command line, on the databases, which it can only read.

    Its cache stays as small as it comes: larger ones were tried and make its sorting slower.
    """
    main, *others = dict.fromkeys(databases.values())
    opening = [f"attach {quoted(file)} as other_{number};" for number, file in enumerate(others)]
    opening += [f"pragma threads = {THREADS};", f"pragma mmap_size = {MEMORY_GB}000000000;", f".print {END}"]
    queries = read_sql(PROGRAMS)
    return Way(
        "sqlite3",
        ["sqlite3", "-init", "/dev/null", "-batch", "-bail", "-readonly", "-tabs", "-noheader", str(main)],
        lambda name: f"{queries[name]}\n;\n.print {END}\n",
        "\n".join(opening) + "\n",
        {"SQLITE_TMPDIR": str(folder)},
    )


def in_polars(python: str, tables: dict[str, Path], folder: Path) -> Way:
    """Polars' streaming engine, in an environment with what bench/requirements.txt lists."""
    spill = {"POLARS_OOC_SPILL_DIR": str(folder), "POLARS_OOC_MEMORY_BUDGET_MB": str(MEMORY_GB * 1000)}
    environment = {"POLARS_MAX_THREADS": str(THREADS), "POLARS_TEMP_DIR": str(folder), **spill}
    return _python_way("Polars", python, "with_polars.py", tables, folder, environment)


def in_spark(python: str, tables: dict[str, Path], folder: Path) -> Way:
    """PySpark in one process, in an environment with what bench/requirements.txt lists."""
    return _python_way(f"PySpark local[{THREADS}]", python, "with_spark.py", tables, folder)


def _python_way(
    name: str,
    python: str,
    program: str,
    tables: dict[str, Path],
    folder: Path,
    environment: dict[str, str] | None = None,
) -> Way:
    """A program beside the queries, which is told all it needs in one argument and asked by name."""
    task = {
        "tables": {table: str(file.resolve()) for table, file in tables.items()},
        "queries": read_sql(PROGRAMS),
        "folder": str(folder.resolve()),
        "threads": THREADS,
        "memory_gb": MEMORY_GB,
    }
    # The programs are in a folder of their own; what they share is found from here.
    return Way(
        name,
        [python, str(PROGRAMS / program), json.dumps(task)],
        "{}\n".format,
        environment={"PYTHONPATH": str(ROOT), **(environment or {})},
    )
