"""One stage of work under way: how much of it is done, how fast, and what is left."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from report.core.numbers import minutes
from report.core.timeleft import ALMOST, TimeLeft

ROWS = "rows"


class Stage:
    """One stage of work under way.

    Args:
        total: how many are expected, or None where that is not known.
        time_left: what is ahead, this stage included.
        tell: called whenever the stage has moved on.
        now: the clock.
        unit: what is counted.

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
        unit: str = ROWS,
    ) -> None:
        self.name = name
        self.unit = unit
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
        """Seconds left, and until what: the edition once a stage that was planned has begun, else this stage's end.

        None where nobody knows, and where a stage takes longer than it was expected to.
        """
        if not self._is_counted and self._time_left.is_overdue:
            return None
        in_all = self._time_left.of_all(self._counted_share()) if self._time_left.is_grounded else None
        if in_all is not None:
            return in_all, "left until the edition"
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
        """How many, rate and time left, as one line."""
        line = self.name
        if self.done:
            line += f": {self._counted}"
            line += f", {self.rate:,.0f} a second" if self.unit == ROWS else ""
        # Asked once: a moment later the stage may be overdue.
        if left := self.left:
            seconds, what = left
            line += f"; {minutes(seconds)} {what}"
        return line

    def summary(self) -> str:
        """What it came to, as one line."""
        rate = f"{self.rate:,.0f} a second, " if self.unit == ROWS else ""
        counted = f"{self.done:,} {self.unit}, {rate}" if self.done else ""
        return f"{self.name}: {counted}{self.seconds:.1f} s"

    @property
    def _counted(self) -> str:
        return f"{self.done:,} of {self.total:,} {self.unit}" if self.total else f"{self.done:,} {self.unit}"
