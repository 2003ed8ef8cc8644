"""Both ends of a session: a program that is started once, asked several times, and measured from outside.

A question is what the program is sent; an answer is the lines it prints up to END. Time is taken here, between the
two, and CPU time and memory from /proc, of the program and all that it started: no program measures itself, and a
virtual machine that another starts counts as well. Linux only.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

END = "end of answer"


@dataclass(frozen=True)
class Way:
    """One way to answer questions.

    Attributes:
        tell: what the program is sent to ask it a question, by the question's name.
        opening: what it is sent first.
    """

    name: str
    command: list[str]
    tell: Callable[[str], str]
    opening: str = ""
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """Rows as lines of text, in the order of the text, and what they took."""

    rows: list[str]
    wall: float
    cpu: float


class Session:
    """A program that runs, from its start to the end of the `with` block.

    Attributes:
        start: what it took until the program was ready for a question.

    Args:
        folder: for what the program writes to its standard error.

    Raises:
        SystemExit: the program ended before it had answered.
    """

    def __init__(self, way: Way, folder: Path) -> None:
        self._way = way
        self._errors = folder / "errors.txt"
        began = time.perf_counter()
        with self._errors.open("w") as errors:
            self._process = subprocess.Popen(
                way.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=os.environ | way.environment,
            )
        self.start = self._answer(way.opening, began, 0.0)

    def ask(self, name: str) -> Answer:
        return self._answer(self._way.tell(name), time.perf_counter(), self._cpu())

    @property
    def pid(self) -> int:
        return self._process.pid

    def peak(self) -> int:
        """Bytes of memory that the programs have held at most, each at its own time."""
        return sum(peak_memory(pid) for pid in family(self.pid))

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the program: there are no more questions. Waits for all that it has started."""
        if self._process.stdout.closed:
            return
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        # They hold this pipe as well, so it ends with the last of them.
        with self._process.stdout as rest:
            deque(rest, maxlen=0)
        self._process.wait()

    def _answer(self, text: str, began: float, used: float) -> Answer:
        rows = []
        # One that has ended is found out below, where it is known why.
        with suppress(BrokenPipeError):
            self._process.stdin.write(text)
            self._process.stdin.flush()
        for line in self._process.stdout:
            if line.rstrip("\n") == END:
                return Answer(sorted(rows), time.perf_counter() - began, self._cpu() - used)
            rows.append(line.rstrip("\n"))
        self.close()
        last = self._errors.read_text(errors="replace").strip().splitlines()[-5:]
        raise SystemExit("\n  ".join([f"{self._way.name} ended with status {self._process.returncode}:", *last]))

    def _cpu(self) -> float:
        return sum(map(cpu_seconds, family(self.pid)))


def family(pid: int) -> list[int]:
    """A process and all that it and those have started and that still run."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(child) for listed in lists for child in listed.read_text().split()]
    return [pid, *(member for child in children for member in family(child))]


def cpu_seconds(pid: int) -> float:
    """CPU seconds of a process, all its threads, and of those it has started that have ended."""
    ended = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[13:15]
    # The clock that clock_getcpuclockid(3) gives: exact, where /proc has hundredths of a second.
    return time.clock_gettime(~pid << 3 | 2) + sum(map(int, ended)) / os.sysconf("SC_CLK_TCK")


def peak_memory(pid: int) -> int:
    """Bytes of memory a process has held at most; one that has ended and is not waited for has none any more."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(fields.get("VmHWM", "0 kB").split()[0]) * 1024


def read_task() -> dict:
    """The other end: what this program was started with, one argument of JSON."""
    return json.loads(sys.argv[1])


def answer_questions(ask: Callable[[str], Iterable[tuple]]) -> None:
    """The other end: say that the program is ready, then answer until there are no more questions."""
    print(END, flush=True)
    for line in sys.stdin:
        for row in ask(line.strip()):
            print(*("" if value is None else value for value in row), sep="\t")
        print(END, flush=True)
