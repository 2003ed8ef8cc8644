"""The report's own import, a table a question; gives how many rows it has."""

from __future__ import annotations

from pathlib import Path

import adbc_driver_sqlite.dbapi  # noqa: F401  a start is no part of an import, and the import is what loads these
import pyarrow.parquet  # noqa: F401

import report
from bench.sessions import answer_questions, read_task
from report.cache.store import Store
from report.core.progress import Progress
from report.core.settings import read_settings
from report.run import Run
from report.sources.sqlite.archive import SqliteArchive

ROOT = Path(report.__file__).resolve().parents[1]
task = read_task()
source = SqliteArchive(Path(task["archive"]))
run = Run(read_settings(ROOT), Store(Path(task["folder"])), Progress())
answer_questions(lambda table: [(source.import_table(table, run).row_count,)])
