"""How long the work ahead takes: what each stage was expected to take, put right by what stages have taken so far.

A stage takes a processor's time, and waits for the disk. Each is put right by itself: how fast a machine computes says
nothing of how fast it reads, and the first stages, which check the source, mostly read.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import itemgetter

# A stage that takes more than expected is taken to need a tenth more of what it took.
OVERTIME = 0.1
# Until stages of this share of all have been done, expectations outweigh what was measured.
TRUSTED = 0.01
# A stage, or a part of one, that has taken as much as expected is taken to be almost done.
ALMOST = 0.99
# Time in which threads do not compute is waited for the disk, as a rule: it is shared out by what comes from there, and
# a little by what is computed, a second as a megabyte, because threads wait for each other too.
MB_A_SECOND = 1.0


@dataclass(frozen=True)
class Effort:
    """What a stage takes: seconds of a processor, and megabytes that come from the disk."""

    cpu_s: float = 0.0
    disk_mb: float = 0.0

    def __add__(self, other: Effort) -> Effort:
        return Effort(self.cpu_s + other.cpu_s, self.disk_mb + other.disk_mb)

    def __rmul__(self, factor: float) -> Effort:
        return Effort(factor * self.cpu_s, factor * self.disk_mb)

    @property
    def waiting(self) -> float:
        """Its part in the time that is waited, in megabytes."""
        return self.disk_mb + MB_A_SECOND * self.cpu_s


@dataclass(frozen=True)
class _Rates:
    """What is taken of an expected effort here, in seconds.

    Attributes:
        computing: for a second of a processor.
        waiting: for a megabyte, were all of them waited for alike.
        reading: for a megabyte while nothing is computed.
    """

    computing: float
    waiting: float
    reading: float

    def seconds(self, efforts: Iterable[Effort]) -> float:
        """What these take, one after the other.

        Reading goes on beside computing, so only a stage that reads longer than it computes waits. Few stages tell how
        fast a disk is, though, so no more is expected to be waited than was so far, in proportion.
        """
        efforts = list(efforts)
        computed = sum(self.computing * effort.cpu_s for effort in efforts)
        waits = sum(max(self.reading * effort.waiting - self.computing * effort.cpu_s, 0.0) for effort in efforts)
        return computed + min(waits, sum(self.waiting * effort.waiting for effort in efforts))


def _fit(efforts: Iterable[Effort], computing: float, waited: float) -> _Rates:
    """Rates of what is over.

    Args:
        efforts: what was expected of each stage, or part of one, that is over.
        computing: seconds for a second of a processor.
        waited: seconds that the threads did not compute; where one of two did not, half of them.
    """
    # In the order in which they would wait, were the disk slower and slower: so slow that they waited so long.
    bounds = [(computing * effort.cpu_s / effort.waiting, effort) for effort in efforts if effort.waiting]
    ordered = sorted(bounds, key=itemgetter(0))
    megabytes = seconds = reading = 0.0
    for bound, effort in ordered:
        if megabytes and reading <= bound:
            break
        megabytes += effort.waiting
        seconds += computing * effort.cpu_s
        reading = (waited + seconds) / megabytes
    all_megabytes = sum(effort.waiting for _, effort in ordered)
    return _Rates(computing, waited / all_megabytes if all_megabytes else 0.0, reading)


class TimeLeft:
    """Seconds until all is done; None while nothing is expected.

    Stages are begun in the order in which they are expected. One that is passed over was not needed.

    Args:
        now: the clock.
        cpu: the seconds of processors that the program has used.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic, cpu: Callable[[], float] = time.process_time) -> None:
        self._now, self._cpu = now, cpu
        self._threads = 1
        self._ahead: dict[str, Effort] = {}
        self._current = Effort()
        # Clock and processors' seconds when the stage under way began, and when the last one ended.
        self._began: tuple[float, float] | None = None
        self._ended: tuple[float, float] | None = None
        self._parts: dict[str, list[float]] = {}
        self._parts_left = 0
        # Of the stages that are over: what was expected, and the seconds, also of processors, up to the one under way.
        self._expected: list[Effort] = []
        self._taken = self._used = 0.0

    def expect(self, efforts: Mapping[str, Effort], threads: int) -> None:
        """What is ahead from here, in order, what each stage is expected to take, and how many threads compute."""
        self._threads = threads
        self._ahead = {name: effort for name, effort in efforts.items() if effort.cpu_s > 0}

    def begin(self, name: str, number: int = 1, of: int = 1) -> None:
        """A stage begins, or the part of that number of it."""
        self._began, self._current, self._parts_left = (self._now(), self._cpu()), Effort(), of - number
        if self._ended is not None:
            # What is done between stages takes time as well, and is expected in none.
            self._taken += self._began[0] - self._ended[0]
            self._used += self._began[1] - self._ended[1]
            self._ended = None
        if name not in self._ahead:
            return
        names = list(self._ahead)
        for passed in names[: names.index(name)]:
            del self._ahead[passed]
        expected = self._ahead.pop(name)
        self._current = 1 / (of - number + 1) * expected
        if number < of:
            self._ahead = {name: (of - number) * self._current} | self._ahead

    def end(self, name: str) -> None:
        """The stage is over, or a part of it; what parts took tells what its other parts will take."""
        if self._current.cpu_s and self._began is not None:
            taken, used = self._under_way()
            self._began, self._ended = None, (self._now(), self._cpu())
            self._taken += taken
            self._used += used
            self._expected.append(self._current)
            parts = self._parts.setdefault(name, [])
            parts.append(used)
            if name in self._ahead:
                cpu_s = self._parts_left * sum(parts) / len(parts) / self._slowness()
                self._ahead[name] = Effort(cpu_s, self._parts_left * self._current.disk_mb)
            self._current = Effort()

    def of_stage(self, share: float | None = None) -> float | None:
        """Seconds left of the stage under way.

        Args:
            share: how much of it has been done, 0 to 1, where that is counted and not guessed.
        """
        if self._began is None or not (self._current.cpu_s or share):
            return None
        taken, _ = self._under_way()
        if share:
            return taken * (1 - share) / share
        done = self._done()
        left = self._rates(done).seconds([(1 - done) * self._current])
        return max(left, OVERTIME * taken) if done == ALMOST else left

    def of_all(self, share: float | None = None) -> float | None:
        """Seconds left of everything; `share` as above."""
        if not (self._ahead or self._current.cpu_s):
            return None
        done = self._done() if share is None else share
        return (self.of_stage(share) or 0.0) + self._rates(done).seconds(self._ahead.values())

    @property
    def is_grounded(self) -> bool:
        """Whether anything of what was expected has begun: until then nothing is known of this machine."""
        return bool(self._expected or self._current.cpu_s)

    @property
    def is_overdue(self) -> bool:
        """Whether the stage under way has used all that it was expected to."""
        return self._began is not None and self._done() == ALMOST

    def _under_way(self) -> tuple[float, float]:
        """Seconds, and seconds of processors, since the stage began."""
        if self._began is None:
            return 0.0, 0.0
        clock, cpu = self._began
        return self._now() - clock, self._cpu() - cpu

    def _known(self) -> Effort:
        """What is taken to have been done as expected before anything was."""
        return TRUSTED * sum([*self._expected, self._current, *self._ahead.values()], Effort())

    def _done(self) -> float:
        """How much of the stage under way is done, by what it has used of what it should."""
        expected = self._slowness() * self._current.cpu_s
        return min(self._under_way()[1] / expected, ALMOST) if expected else 0.0

    def _slowness(self, begun: float = 0.0, used: float = 0.0) -> float:
        """Seconds of processors used for one that was expected.

        Args:
            begun: what was expected of the part that is done of the stage under way.
            used: what it has used.
        """
        known = self._known().cpu_s
        expected = sum(effort.cpu_s for effort in self._expected) + begun + known
        return (self._used + used + known) / expected if expected else 1.0

    def _rates(self, done: float) -> _Rates:
        """How long what is expected takes here.

        Args:
            done: how much of the stage under way is done, 0 to 1.
        """
        since, more = self._under_way() if self._current.cpu_s else (0.0, 0.0)
        begun = done * self._current
        taken, used = self._taken + since, self._used + more
        # Those that read beside the threads use a processor as well.
        busy = max(self._threads, used / taken) if taken else self._threads
        computing = self._slowness(begun.cpu_s, more) / busy
        return _fit([*self._expected, begun, self._known()], computing, max(taken - used / busy, 0.0))
