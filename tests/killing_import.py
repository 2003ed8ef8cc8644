"""Import the tables of a SQLite archive in short ranges, and end the process at its n-th step, as `kill -9` would.

python killing_import.py N ARCHIVE STORE    N = 0 runs to the end
Says which range it begins to read, a line each, and at the end how many steps there were: pieces read, parts renamed.
"""

from __future__ import annotations

import os
import signal
import sys
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from building import settings_below

from report.cache.store import Store
from report.core.progress import Progress
from report.engines.duckdb import connect
from report.run import Run
from report.sources.sqlite import parts, ranges
from report.sources.sqlite.archive import SqliteArchive
from report.sources.sqlite.parts import Parts
from report.sources.sqlite.ranges import Span

ranges.RANGE, parts.PIECE = 40, 10


def run(last: int, archive: Path, folder: Path) -> None:
    """Import until step number `last`."""
    steps = count(1)
    read, write = parts.read, Parts.write

    def step() -> None:
        if next(steps) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def write_and_say(own: Parts, span: Span, path: Path) -> int:
        os.write(1, f"{own.table} {span.first}\n".encode())
        return write(own, span, path)

    def read_and_step(*given: object) -> object:
        step()
        return read(*given)

    parts.read, Parts.write = read_and_step, write_and_say
    sys.addaudithook(lambda event, _: step() if event == "os.rename" else None)
    store = Store(folder)
    store.sweep()
    with connect("1GB", 2, folder / "spill") as engine:
        SqliteArchive(archive).raw_tables(engine, Run(settings_below(folder), store, Progress()))
    os.write(1, f"{next(steps) - 1}\n".encode())


if __name__ == "__main__":
    run(int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
