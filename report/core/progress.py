"""Progress of long work: bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TextIO

from report.core.stage import ROWS, Stage
from report.core.timeleft import Effort, TimeLeft

SECONDS_BETWEEN_LINES = 10.0


class Progress:
    """Says what is going on; to nobody by default."""

    def __init__(self) -> None:
        self.time_left = TimeLeft()

    def say(self, line: str) -> None:
        """A line of its own."""

    def alarm(self, line: str) -> None:
        """A line that is said however quiet it is to be."""
        self.say(line)

    def detail(self, line: str) -> None:
        """A line for those who want to know more."""

    def expect(self, efforts: Mapping[str, Effort], threads: int) -> None:
        """What is ahead, in order, what each stage is expected to take, and how many threads compute."""
        self.time_left.expect(efforts, threads)

    @contextmanager
    def stage(
        self, name: str, total: int | None = None, number: int = 1, of: int = 1, unit: str = ROWS
    ) -> Iterator[Stage]:
        """A stage of work; `advance` on what it yields moves it on.

        Args:
            name: what is being done, such as `import tracks`.
            total: how many are expected, or None where that is not known.
            number, of: which part of the stage this is, of how many.
            unit: what is counted.
        """
        self.time_left.begin(name, number, of)
        title = f"{name}, {number} of {of}" if of > 1 else name
        stage = Stage(title, total, self.time_left, self.tell, unit=unit)
        with self.shown(stage):
            yield stage
        self.time_left.end(name)
        stage.end()
        self.over(stage)

    def shown(self, stage: Stage) -> AbstractContextManager:
        """What shows the stage while it is under way."""
        return nullcontext()

    def tell(self, stage: Stage) -> None:
        """The stage has moved on."""

    def over(self, stage: Stage) -> None:
        """The stage has ended."""


class PlainProgress(Progress):
    """Lines for logs: one in ten seconds of work, and one at the end of a stage that took as long.

    Args:
        out: where the lines go.
        loudness: 1 for a line at the end of every stage, and details; -1 for alarms alone.
    """

    def __init__(self, out: TextIO, loudness: int = 0) -> None:
        super().__init__()
        self.out = out
        self.loudness = loudness
        self._spoken = time.monotonic()

    def say(self, line: str) -> None:
        if self.loudness >= 0:
            self.alarm(line)

    def alarm(self, line: str) -> None:
        print(line, file=self.out, flush=True)
        self._spoken = time.monotonic()

    def detail(self, line: str) -> None:
        if self.loudness > 0:
            self.say(line)

    def tell(self, stage: Stage) -> None:
        if time.monotonic() - self._spoken >= SECONDS_BETWEEN_LINES:
            self.say(stage.describe())

    def over(self, stage: Stage) -> None:
        say = self.say if stage.seconds >= SECONDS_BETWEEN_LINES else self.detail
        say(stage.summary())


class TerminalProgress(PlainProgress):
    """Bars with rows, rate and time left, through rich."""

    _bars = None

    def alarm(self, line: str) -> None:
        if self._bars:
            self._bars.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            super().alarm(line)

    @contextmanager
    def shown(self, stage: Stage) -> Iterator[None]:
        if self.loudness < 0:
            yield
            return
        from rich.console import Console
        from rich.progress import BarColumn, SpinnerColumn, TextColumn
        from rich.progress import Progress as Bars

        columns = [SpinnerColumn(), TextColumn("{task.description}", markup=False)]
        if stage.total:
            columns.append(BarColumn(bar_width=20))
        columns.append(TextColumn("{task.fields[said]}", markup=False))
        with Bars(*columns, console=Console(file=self.out), transient=True) as self._bars:
            self._task = self._bars.add_task(stage.name, total=stage.total, said="")
            self.tell(stage)
            try:
                yield
            finally:
                bars, self._bars = self._bars, None
                bars.refresh()

    def tell(self, stage: Stage) -> None:
        if not self._bars:
            return
        said = stage.describe().removeprefix(stage.name).lstrip(":; ")
        self._bars.update(self._task, completed=stage.done, said=said)


def progress_for(out: TextIO = sys.stderr, loudness: int = 0) -> Progress:
    """Bars if `out` is a terminal, lines if not."""
    return TerminalProgress(out, loudness) if out.isatty() else PlainProgress(out, loudness)
