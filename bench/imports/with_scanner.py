"""DuckDB's scanner of SQLite databases writes a table as Parquet; gives how many rows it has."""

from __future__ import annotations

from pathlib import Path

import duckdb
import duckdb_extension_sqlite

from bench.sessions import answer_questions, read_task


def quoted(path: Path | str) -> str:
    return "'" + str(path).replace("'", "''") + "'"


task = read_task()
folder = Path(task["folder"])
(wheel,) = Path(duckdb_extension_sqlite.__file__).parent.rglob("*.duckdb_extension")
# DuckDB takes the name of what it loads from the file's.
extension = folder / "sqlite_scanner.duckdb_extension"
extension.symlink_to(wheel)
con = duckdb.connect(config={"threads": task["threads"], "memory_limit": "1GB"})
con.execute("set enable_progress_bar = false")
con.execute(f"load {quoted(extension)}")


def scan(table: str) -> list[tuple]:
    asked = task["tables"][table]
    columns = ", ".join(f'"{name}"' for name in asked["columns"])
    return con.execute(
        f"copy (select {columns} from sqlite_scan({quoted(asked['database'])}, '{table}')) "
        f"to {quoted(folder / table)} (format parquet, compression zstd, compression_level 1)"
    ).fetchall()


answer_questions(scan)
