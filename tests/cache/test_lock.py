"""Two builds on one cache: the second waits, or says who is at work; a lock goes with its process."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest

from report.cache.lock import NAME, LockError, locked
from report.core.progress import Progress

ROOT = Path(__file__).resolve().parents[2]
HOLD = (
    "import sys; from pathlib import Path\n"
    "from report.cache.lock import locked; from report.core.progress import Progress\n"
    "with locked(Path(sys.argv[1]), Progress()):\n"
    "    print('held', flush=True); sys.stdin.readline()\n"
)


class Saying(Progress):
    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, line: str) -> None:
        self.said.append(line)


def holder(cache: Path) -> subprocess.Popen:
    """Another process that holds the lock until it is given a line."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(cache)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "held\n"
    return process


def test_who_is_at_work_is_said(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        with pytest.raises(LockError) as refused, locked(tmp_path, Progress(), wait=False):
            pass
        assert f"process {other.pid}, begun 0:0" in refused.value.message
        assert str(tmp_path) in refused.value.message
        other.communicate("\n")
    with locked(tmp_path, Progress(), wait=False):
        assert json.loads((tmp_path / NAME).read_text())["process"] == os.getpid()


def test_the_second_waits(tmp_path: Path) -> None:
    progress = Saying()
    with holder(tmp_path) as other:
        order = []

        def second() -> None:
            with locked(tmp_path, progress):
                order.append("second")

        waiting = Thread(target=second)
        waiting.start()
        while not progress.said:
            waiting.join(0.01)
        order.append("first ends")
        other.communicate("\n")
        waiting.join()
    assert order == ["first ends", "second"]
    assert progress.said == [line for line in progress.said if line.startswith("waiting for another build: process ")]


def test_a_lock_goes_with_its_process(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert (tmp_path / NAME).read_text() != ""
        progress = Saying()
        with locked(tmp_path, progress, wait=False):
            assert progress.said == []


def test_a_cache_that_was_deleted_while_waiting(tmp_path: Path) -> None:
    """Whoever waited for a file that is gone takes the lock of the file that is there."""
    cache = tmp_path / "cache"
    progress = Saying()
    with holder(cache) as other:
        held = []

        def second() -> None:
            with locked(cache, progress):
                held.append(json.loads((cache / NAME).read_text())["process"])

        waiting = Thread(target=second)
        waiting.start()
        while not progress.said:
            waiting.join(0.01)
        shutil.rmtree(cache)
        other.communicate("\n")
        waiting.join()
    assert held == [os.getpid()]


def test_a_note_that_cannot_be_read(tmp_path: Path) -> None:
    with holder(tmp_path) as other:
        (tmp_path / NAME).write_bytes(b"\xff{")
        with (
            pytest.raises(LockError, match="it has left no note"),
            locked(tmp_path, Progress(), wait=False),
        ):
            pass
        other.communicate("\n")
