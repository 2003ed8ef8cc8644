"""The report's own import, a table a question; gives how many rows it has."""

from __future__ import annotations

from pathlib import Path

import adbc_driver_sqlite.dbapi  # noqa: F401  a start is no part of an import, and the import is what loads these
import pyarrow.parquet  # noqa: F401

from bench.sessions import answer_questions, read_task
from report.progress import Progress
from report.sources.sqlite import SqliteArchive
from report.store import Store

task = read_task()
source, store = SqliteArchive(Path(task["archive"])), Store(Path(task["folder"]))
answer_questions(lambda table: [(source.import_table(table, store, Progress()).row_count,)])
