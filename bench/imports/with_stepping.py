"""SQLite goes through a table's rows, looks at each column, no more; gives how many there are."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from bench.sessions import answer_questions, read_task

tables = read_task()["tables"]


def step(table: str) -> list[tuple]:
    looked_at = ", ".join(f'max("{name}")' for name in tables[table]["columns"])
    with closing(sqlite3.connect(tables[table]["database"])) as con:
        return [con.execute(f'select count(*), {looked_at} from "{table}"').fetchone()[:1]]


answer_questions(step)
