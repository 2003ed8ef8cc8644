"""Pictures drawn in processes beside this one, before they are asked for: a drawing keeps one processor busy.

Each process is fed and heard by a thread, through pipes: where the build ends, however it ends, they close, and so the
process ends too.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue

from report.results.figure_data import FigureData

# A process takes as long to begin as some pictures to draw.
WORTH = 16
BEGIN = "import sys; sys.path[:0] = sys.argv[1:]; from report.figures.ahead import work; work()"

Drawn = dict[str, bytes]
# A figure, and the words that it draws.
Given = tuple[FigureData, Mapping[str, str]]


class Ahead:
    """Draws figures and their words, each with its key, in this order and in so many processes."""

    def __init__(self, figures: Mapping[str, Given], count: int) -> None:
        self._idle: SimpleQueue[subprocess.Popen] = SimpleQueue()
        self._begun = [_begin() for _ in range(count)]
        for process in self._begun:
            self._idle.put(process)
        self._threads = ThreadPoolExecutor(count)
        self._drawn: dict[str, Future[Drawn | None]] = {
            key: self._threads.submit(self._ask, given) for key, given in figures.items()
        }

    def take(self, key: str) -> Drawn | None:
        """The pictures of a key; None where they could not be drawn, which is for who draws them here to explain."""
        return self._drawn[key].result() if key in self._drawn else None

    def close(self) -> None:
        """Leave what is not drawn, and end the processes."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for process in self._begun:
            process.kill()
            process.wait()
        self._threads.shutdown()
        for pipe in (pipe for process in self._begun for pipe in (process.stdout, process.stdin)):
            # What was on its way to a process that is gone.
            with suppress(OSError):
                pipe.close()

    def _ask(self, given: Given) -> Drawn | None:
        process = self._idle.get()
        try:
            pickle.dump(given, process.stdin)
            process.stdin.flush()
            return pickle.load(process.stdout)
        except (OSError, EOFError, pickle.PickleError):
            return None
        finally:
            self._idle.put(process)


def _begin() -> subprocess.Popen:
    # A session of its own: Ctrl-C is for the build to answer.
    command = [sys.executable, "-c", BEGIN, str(Path(__file__).parents[2])]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(command, **pipes, start_new_session=True)


def work() -> None:
    """Draw what comes in, until nothing does; what cannot be drawn is None."""
    from report.figures.pictures import drawn

    # What libraries print is no answer.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        try:
            data, words = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        try:
            answer = drawn(data, words)
        except Exception:
            answer = None
        pickle.dump(answer, answers)
        answers.flush()
