"""One build at a time on one cache folder: the next one waits, and says for whom.

The lock is the system's, on an open file: it goes with the process that holds it, however that ends, so there is no
such thing as a lock left behind. The note in the file only says who holds it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from report.cache.store import explain_os_error
from report.core.errors import ReportError
from report.core.numbers import minutes
from report.core.progress import Progress

NAME = "lock"


class LockError(ReportError):
    """Another build is at work, and this one was told not to wait."""


@contextmanager
def locked(cache: Path, progress: Progress, wait: bool = True) -> Iterator[None]:
    """Hold the cache folder for this process.

    Args:
        wait: whether to wait for another build's end.

    Raises:
        LockError: another build holds it, and this one is not to wait.
        StoreError: the folder cannot be written.
    """
    path = cache / NAME
    # A marker file in place of the system's lock, as a fallback, could be left behind.
    lock = FileLock(path, fallback_to_soft=False, on_acquired=_sign)
    has_said = False
    while not lock.is_locked:
        try:
            lock.acquire(blocking=has_said)
        except Timeout:
            holder = _holder(path)
            if not wait:
                raise LockError(f"another build is at work: {holder}", path, "wait for its end, or stop it") from None
            progress.say(f"waiting for another build: {holder}")
            has_said = True
        except OSError as error:
            # Whoever deletes the cache deletes the file that is waited for. A disk over a network may have no locks.
            if not (has_said and isinstance(error, FileNotFoundError)):
                raise explain_os_error(error, path) from error
    try:
        yield
    finally:
        lock.release()


def _sign(descriptor: int) -> None:
    """Write who holds the lock into its file."""
    note = json.dumps({"process": os.getpid(), "since": time.time(), "command": _command()})
    # On a full disk the note is missing; the lock holds all the same.
    with suppress(OSError):
        os.truncate(descriptor, 0)
        os.write(descriptor, note.encode())


def _holder(path: Path) -> str:
    """Who holds the lock, by its own note."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        waited = minutes(max(0, time.time() - note["since"]))
        return f"process {note['process']}, begun {waited} ago: {note['command']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "it has left no note"


def _command() -> str:
    return " ".join(Path(part).name if at == 0 else part for at, part in enumerate(sys.argv))
