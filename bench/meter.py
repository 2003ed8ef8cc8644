"""What a stage of work takes, measured while it is under way: time, memory, spill, bytes read and fetched."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from report.core.progress import PlainProgress, Stage

# Often enough for stages that matter, seldom enough to cost nothing beside them.
SECONDS_BETWEEN_SAMPLES = 0.2


@dataclass
class Cost:
    """What one stage took, all its slices together."""

    name: str
    rows: int = 0
    wall: float = 0.0
    cpu: float = 0.0
    resident: int = 0
    spilled: int = 0
    read: int = 0
    fetched: int = 0
    scan: float | None = None

    def add(self, other: Cost) -> None:
        """Put the next slice of the stage to those before it."""
        self.rows += other.rows
        self.wall += other.wall
        self.cpu += other.cpu
        self.read += other.read
        self.fetched += other.fetched
        self.resident = max(self.resident, other.resident)
        self.spilled = max(self.spilled, other.spilled)


class Meter(PlainProgress):
    """Measures each stage as it is told of it, and keeps what was said of the time left.

    Args:
        spill: the folder where DuckDB puts what does not fit.

    Attributes:
        costs: what each stage took.
        said: seconds since the beginning, and how many were said to be left then.
    """

    def __init__(self, spill: Path) -> None:
        super().__init__(sys.stderr)
        self.spill = spill
        self.costs: list[Cost] = []
        self.said: list[tuple[float, float]] = []
        self._began = time.perf_counter()

    @contextmanager
    def shown(self, stage: Stage) -> Iterator[None]:
        with measured(stage.name.split(",")[0], self.spill) as cost:
            yield
        cost.rows = stage.total or 0
        if self.costs and self.costs[-1].name == cost.name:
            self.costs[-1].add(cost)
        else:
            self.costs.append(cost)

    def tell(self, stage: Stage) -> None:
        super().tell(stage)
        if stage.left:
            self.said.append((time.perf_counter() - self._began, stage.left[0]))


@contextmanager
def measured(name: str, spill: Path) -> Iterator[Cost]:
    """Fill in what the block takes; memory and spill are sampled."""
    cost, is_over = Cost(name), threading.Event()

    def watch() -> None:
        while True:
            cost.resident = max(cost.resident, resident())
            cost.spilled = max(cost.spilled, size_of(spill))
            if is_over.wait(SECONDS_BETWEEN_SAMPLES):
                return

    watcher = threading.Thread(target=watch)
    wall, cpu, (read, fetched) = time.perf_counter(), time.process_time(), bytes_read()
    watcher.start()
    try:
        yield cost
    finally:
        is_over.set()
        watcher.join()
        cost.wall, cost.cpu = time.perf_counter() - wall, time.process_time() - cpu
        read_after, fetched_after = bytes_read()
        cost.read, cost.fetched = read_after - read, fetched_after - fetched


def resident() -> int:
    """Bytes of memory this process holds."""
    fields = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    return int(fields["VmRSS"].split()[0]) * 1024


def bytes_read() -> tuple[int, int]:
    """Bytes this process has read, and bytes that came from the disk for it, with what was read ahead."""
    fields = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(fields["rchar"]), int(fields["read_bytes"])


def size_of(folder: Path) -> int:
    """Bytes on the disk of the files below a folder; what goes away meanwhile counts nothing."""
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_blocks * 512
        except OSError:
            continue
    return total
