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
from typing import TextIO

from report.errors import ReportError
from report.progress import Progress, clock
from report.store import explain_os_error

try:
    import fcntl
except ModuleNotFoundError:  # a system without it: builds are then the user's to keep apart
    fcntl = None

NAME = "lock"


class LockError(ReportError):
    """Another build is at work, and this one was told not to wait."""


@contextmanager
def locked(cache: Path, progress: Progress, is_patient: bool = True) -> Iterator[None]:
    """Hold the cache folder for this process.

    Args:
        is_patient: whether to wait for another build's end.

    Raises:
        LockError: another build holds it, and this one is not to wait.
        StoreError: the folder cannot be written.
    """
    if fcntl is None:
        yield
        return
    with _taken(cache, progress, is_patient) as file:
        note = json.dumps({"process": os.getpid(), "since": time.time(), "command": _command()})
        # On a full disk the note is missing; the lock holds all the same.
        with suppress(OSError):
            os.truncate(file.fileno(), 0)
            os.write(file.fileno(), note.encode())
        yield


def _taken(cache: Path, progress: Progress, is_patient: bool) -> TextIO:
    """The lock's file, open and locked."""
    path = cache / NAME
    has_said = False
    while True:
        try:
            cache.mkdir(parents=True, exist_ok=True)
            file = path.open("a+", encoding="utf-8")
        except OSError as error:
            raise explain_os_error(error, cache) from error
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if has_said else fcntl.LOCK_NB))
        except BlockingIOError:
            holder = _holder(path)
            file.close()
            if not is_patient:
                raise LockError(f"another build is at work: {holder}", path, "wait for its end, or stop it") from None
            progress.say(f"waiting for another build: {holder}")
            has_said = True
            continue
        except OSError as error:
            # A disk over a network may have no locks.
            file.close()
            raise explain_os_error(error, path) from error
        except BaseException:
            file.close()
            raise
        # Whoever deletes the cache deletes the file that was waited for.
        if _is_at(file, path):
            return file
        file.close()


def _is_at(file: TextIO, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _holder(path: Path) -> str:
    """Who holds the lock, by its own note."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        waited = clock(max(0, time.time() - note["since"]))
        return f"process {note['process']}, begun {waited} ago: {note['command']}"
    except (OSError, ValueError, KeyError, TypeError):
        return "it has left no note"


def _command() -> str:
    return " ".join(Path(part).name if at == 0 else part for at, part in enumerate(sys.argv))
