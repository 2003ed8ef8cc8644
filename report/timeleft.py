"""How long the work ahead takes: what each stage was expected to take, put right by what stages have taken so far."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

# A stage that takes longer than expected is taken to need a tenth more of what it took.
OVERTIME = 0.1
# Until stages of this share of all have been done, expectations outweigh what was measured.
TRUSTED = 0.003


class TimeLeft:
    """Seconds until all is done; None while nothing is expected.

    Stages are begun in the order in which they are expected. One that is passed over was not needed.

    Args:
        now: the clock.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._ahead: dict[str, float] = {}
        self._current = 0.0
        self._began: float | None = None
        self._ended: float | None = None
        self._parts: dict[str, list[float]] = {}
        self._parts_left = 0
        self._expected = self._taken = 0.0

    def expect(self, seconds: Mapping[str, float]) -> None:
        """What is ahead from here, in order, and what each stage is expected to take."""
        self._ahead = {name: expected for name, expected in seconds.items() if expected > 0}

    def begin(self, name: str, number: int = 1, of: int = 1) -> None:
        """A stage begins, or the part of that number of it."""
        self._began, self._current, self._parts_left = self._now(), 0.0, of - number
        if self._ended is not None:
            # What is done between stages takes time as well, and is expected in none.
            self._taken += self._began - self._ended
            self._ended = None
        if name not in self._ahead:
            return
        names = list(self._ahead)
        for passed in names[: names.index(name)]:
            del self._ahead[passed]
        expected = self._ahead.pop(name)
        self._current = expected / (of - number + 1)
        if number < of:
            self._ahead = {name: expected - self._current} | self._ahead

    def end(self, name: str) -> None:
        """The stage is over, or a part of it; what parts took tells what its other parts will take."""
        if self._current and self._began is not None:
            self._ended = self._now()
            taken, expected = self._ended - self._began, self._current
            self._began, self._current = None, 0.0
            self._taken += taken
            self._expected += expected
            parts = self._parts.setdefault(name, [])
            parts.append(taken)
            if name in self._ahead:
                self._ahead[name] = self._parts_left * sum(parts) / len(parts) / self._pace()

    def of_stage(self, share: float | None = None) -> float | None:
        """Seconds left of the stage under way.

        Args:
            share: how much of it has been done, 0 to 1, where that is counted and not guessed.
        """
        if self._began is None or not (self._current or share):
            return None
        taken = self._now() - self._began
        if share:
            return taken * (1 - share) / share
        return max(self._current * self._pace() - taken, OVERTIME * taken)

    def of_all(self, share: float | None = None) -> float | None:
        """Seconds left of everything; `share` as above."""
        if not (self._ahead or self._current):
            return None
        return (self.of_stage(share) or 0.0) + sum(self._ahead.values()) * self._pace(share)

    def _pace(self, share: float | None = None) -> float:
        """Seconds that a second expected takes here."""
        begun = TRUSTED * (self._expected + self._current + sum(self._ahead.values()))
        taken, expected = self._taken + begun, self._expected + begun
        pace = taken / expected if expected else 1.0
        if self._current and self._began is not None:
            under_way = self._now() - self._began
            if share:
                return (taken + under_way) / (expected + share * self._current)
            # Longer than it should have: so much is certain.
            pace = max(pace, (taken + under_way) / (expected + self._current))
        return pace
