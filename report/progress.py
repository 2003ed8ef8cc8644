"""Progress of long work: bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TextIO

from report.timeleft import ALMOST, Effort, TimeLeft

SECONDS_BETWEEN_LINES = 10.0


class Stage:
    """One stage of work under way.

    Args:
        total: rows expected, or None where that is not known.
        time_left: what is ahead, this stage included.
        tell: called whenever the stage has moved on.
        now: the clock.

    Attributes:
        done: rows done; counted, or guessed where only an engine knows.
        found: how many of them an earlier run had done.
    """

    def __init__(
        self,
        name: str,
        total: int | None,
        time_left: TimeLeft | None = None,
        tell: Callable[[Stage], None] = lambda _: None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self.total = total
        self.done = 0
        self.found = 0
        self.started = now()
        self._now = now
        self._time_left = time_left or TimeLeft(now)
        self._tell = tell
        self._is_counted = False
        self._under_way: float | None = None
        self._parts: list[tuple[int, float]] = []

    def advance(self, rows: int) -> None:
        """Count `rows` more as done."""
        self.done += rows
        self._is_counted = True
        self._tell(self)

    @contextmanager
    def part(self) -> Iterator[Callable[[int], None]]:
        """A part of the stage; what is yielded takes its rows, which count when it is over."""
        began = self._under_way = self._now()
        rows: list[int] = []
        yield rows.append
        self._under_way = None
        self._parts.append((sum(rows), self._now() - began))
        self.advance(sum(rows))

    def find(self, rows: int) -> None:
        """Count `rows` as done by an earlier run."""
        self.done += rows
        self.found += rows

    def guess(self, share: float) -> None:
        """Take it that rows are done: by what the stage was expected to take, or else as many as the engine says.

        Args:
            share: of the stage, by the engine; only roughly in step with time, since it knows nothing of what sorting
                and writing will take.
        """
        left = self._time_left.of_stage()
        if left is not None:
            share = self.seconds / (self.seconds + left)
        if self.total:
            self.done = max(self.done, int(self.total * min(max(share, 0.0), 1.0)))
        self._tell(self)

    def end(self) -> None:
        """All of it is done."""
        if self.total and not self._is_counted:
            self.done = self.total

    @property
    def seconds(self) -> float:
        """Since the stage began."""
        return max(self._now() - self.started, 1e-6)

    @property
    def rate(self) -> float:
        """Rows a second."""
        return (self.done - self.found) / self.seconds

    @property
    def left(self) -> tuple[float, str] | None:
        """Seconds left, and of what: of all the work where that is planned, else of this stage."""
        in_all = self._time_left.of_all(self._counted_share())
        if in_all is not None:
            return in_all, "left in all"
        share = self._counted_share() or self._share
        return (self.seconds * (1 - share) / share, "left") if 0 < share < 1 else None

    @property
    def _share(self) -> float:
        """How much of what had to be done here is done; 0 where that is not known."""
        return (self.done - self.found) / max((self.total or 0) - self.found, 1) if self.total else 0.0

    def _counted_share(self) -> float | None:
        """How much is done, where that is counted: what is under way goes on as the parts before it did."""
        if not self._is_counted or not self._share:
            return None
        if not self._parts or self._under_way is None:
            return self._share
        rows, seconds = (sum(values) / len(self._parts) for values in zip(*self._parts, strict=True))
        begun = min((self._now() - self._under_way) / max(seconds, 1e-6), ALMOST)
        return min(self._share + begun * rows / max(self.total - self.found, 1), max(self._share, ALMOST))

    def describe(self) -> str:
        """Rows, rate and time left, as one line."""
        line = self.name
        if self.done:
            line += f": {self.done:,}"
            line += f" of {self.total:,} rows" if self.total else " rows"
            line += f", {self.rate:,.0f} a second"
        if self.left:
            seconds, what = self.left
            line += f"; {clock(seconds)} {what}"
        return line

    def summary(self) -> str:
        """What it came to, as one line."""
        rows = f"{self.done:,} rows, {self.rate:,.0f} a second, " if self.done else ""
        return f"{self.name}: {rows}{self.seconds:.1f} s"


def clock(seconds: float) -> str:
    """Seconds as m:ss or h:mm:ss."""
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


class Progress:
    """Says what is going on; to nobody by default."""

    def __init__(self) -> None:
        self.time_left = TimeLeft()

    def say(self, line: str) -> None:
        """A line of its own."""

    def expect(self, efforts: Mapping[str, Effort], threads: int) -> None:
        """What is ahead, in order, what each stage is expected to take, and how many threads compute."""
        self.time_left.expect(efforts, threads)

    @contextmanager
    def stage(self, name: str, total: int | None = None, number: int = 1, of: int = 1) -> Iterator[Stage]:
        """A stage of work; `advance` on what it yields moves it on.

        Args:
            name: what is being done, such as `import tracks`.
            total: rows expected, or None where that is not known.
            number, of: which part of the stage this is, of how many.
        """
        self.time_left.begin(name, number, of)
        title = f"{name}, {number} of {of}" if of > 1 else name
        stage = Stage(title, total, self.time_left, self.tell)
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
    """Lines for logs: at most one in ten seconds of a stage under way, and one at its end.

    Args:
        out: where the lines go.
    """

    def __init__(self, out: TextIO) -> None:
        super().__init__()
        self.out = out
        self._spoken = time.monotonic()

    def say(self, line: str) -> None:
        print(line, file=self.out, flush=True)
        self._spoken = time.monotonic()

    def tell(self, stage: Stage) -> None:
        if time.monotonic() - self._spoken >= SECONDS_BETWEEN_LINES:
            self.say(stage.describe())

    def over(self, stage: Stage) -> None:
        self.say(stage.summary())


class TerminalProgress(PlainProgress):
    """Bars with rows, rate and time left, through rich."""

    @contextmanager
    def shown(self, stage: Stage) -> Iterator[None]:
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
            yield

    def tell(self, stage: Stage) -> None:
        said = stage.describe().removeprefix(stage.name).lstrip(":; ")
        self._bars.update(self._task, completed=stage.done, said=said)


def progress_for(out: TextIO = sys.stderr) -> Progress:
    """Bars if `out` is a terminal, lines if not."""
    return TerminalProgress(out) if out.isatty() else PlainProgress(out)
