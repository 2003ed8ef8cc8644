"""Progress of long work: bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

SECONDS_BETWEEN_LINES = 10.0


class Stage:
    """One stage of work under way.

    Args:
        total: rows expected, or None where that is not known.
    """

    def __init__(self, name: str, total: int | None) -> None:
        self.name = name
        self.total = total
        self.done = 0
        self.started = time.monotonic()

    def advance(self, rows: int) -> None:
        """Count `rows` more as done."""
        self.done += rows

    def describe(self) -> str:
        """Rows, rate and time left, as one line."""
        seconds = max(time.monotonic() - self.started, 1e-6)
        rate = self.done / seconds
        line = f"{self.name}: {self.done:,}"
        if self.total:
            line += f" of {self.total:,}"
        line += f" rows, {rate:,.0f} a second"
        if self.total and rate and self.done < self.total:
            line += f", {clock((self.total - self.done) / rate)} left"
        return line


def clock(seconds: float) -> str:
    """Seconds as m:ss or h:mm:ss."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


class Progress:
    """Says what is going on; to nobody by default."""

    def say(self, line: str) -> None:
        """A line of its own."""

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Stage]:
        """A stage of work; `advance` on what it yields moves it on.

        Args:
            name: what is being done, such as `import tracks`.
            total: rows expected, or None where that is not known.
        """
        yield Stage(name, total)


class PlainProgress(Progress):
    """Lines for logs: at the start of a stage, then at most one in ten seconds, and its end.

    Args:
        out: where the lines go.
    """

    def __init__(self, out: TextIO) -> None:
        self.out = out

    def say(self, line: str) -> None:
        print(line, file=self.out, flush=True)

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Stage]:
        stage = _SpokenStage(name, total, self)
        yield stage
        seconds = time.monotonic() - stage.started
        rows = f"{stage.done:,} rows, " if stage.done else ""
        self.say(f"{name}: {rows}{seconds:.1f} s")


class _SpokenStage(Stage):
    def __init__(self, name: str, total: int | None, progress: PlainProgress) -> None:
        super().__init__(name, total)
        self._progress = progress
        self._spoken = self.started

    def advance(self, rows: int) -> None:
        super().advance(rows)
        now = time.monotonic()
        if now - self._spoken >= SECONDS_BETWEEN_LINES:
            self._spoken = now
            self._progress.say(self.describe())


class TerminalProgress(PlainProgress):
    """Bars with rows, rate and time left, through rich."""

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Stage]:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            SpinnerColumn,
            TextColumn,
            TimeRemainingColumn,
        )
        from rich.progress import Progress as Bars

        columns = [SpinnerColumn(), TextColumn("{task.description}", markup=False)]
        if total:
            columns += [
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(),
            ]
        with Bars(*columns, console=Console(file=self.out), transient=True) as bars:
            stage = _BarStage(name, total, bars, bars.add_task(name, total=total, rate=""))
            yield stage
        seconds = time.monotonic() - stage.started
        rows = f"{stage.done:,} rows, " if stage.done else ""
        self.say(f"{name}: {rows}{seconds:.1f} s")


class _BarStage(Stage):
    def __init__(self, name, total, bars, task) -> None:
        super().__init__(name, total)
        self._bars = bars
        self._task = task

    def advance(self, rows: int) -> None:
        super().advance(rows)
        rate = self.done / max(time.monotonic() - self.started, 1e-6)
        self._bars.update(self._task, completed=self.done, rate=f"{rate:,.0f}/s")


def progress_for(out: TextIO = sys.stderr) -> Progress:
    """Bars if `out` is a terminal, lines if not."""
    return TerminalProgress(out) if out.isatty() else PlainProgress(out)
