"""Answers by the report's own engine, on the Parquet files."""

from __future__ import annotations

from pathlib import Path

from bench.sessions import answer_questions, read_task
from report.engines import duckdb as engine
from report.sources.files import parquet

task = read_task()
# A folder of its own: the engine removes what it finds there.
with engine.connect(f"{task['memory_gb']}GB", task["threads"], Path(task["folder"], "spill")) as opened:
    for table, file in task["tables"].items():
        opened.define(f"create view {table} as select * from {parquet(Path(file))}")
    answer_questions(lambda name: opened.rows(task["queries"][name], Path(name)))
