"""Run build.py's command line, and end the process at its n-th change to a file, as `kill -9` would.

python killing.py N ROOT ARGUMENT…    N = 0 runs to the end and prints how many changes there were
VANISHING=ARCHIVE in the environment  that archive is deleted before it is read
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from functools import wraps
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from report.cli import main
from report.figures.pictures import SUFFIXES, Pictures
from report.sources.sqlite.archive import SqliteArchive

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="400" viewBox="0 0 720 400"></svg>'
# `ctypes.dlsym` stands before the exchange of two folders, which Python has no function for.
CHANGES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "ctypes.dlsym"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


def run(last: int, root: Path, arguments: list[str]) -> None:
    """Run the command line until its change number `last`."""
    changes = 0

    def count(event: str, details: tuple) -> None:
        nonlocal changes
        if event in CHANGES or (event == "open" and isinstance(details[2], int) and details[2] & WRITING):
            changes += 1
            if changes == last:
                os.kill(os.getpid(), signal.SIGKILL)

    # What is drawn is not the question, and drawing takes long.
    Pictures._render = lambda *_: dict.fromkeys(SUFFIXES, SVG)
    if "VANISHING" in os.environ:
        take_away(os.environ["VANISHING"])
    sys.addaudithook(count)
    status = main(arguments, root)
    print(changes)
    sys.exit(status)


def take_away(archive: str) -> None:
    """Let the archive vanish when it was opened and is about to be read."""
    read = SqliteArchive.raw_tables

    # Whoever asks for its code is told that of what it stands for.
    @wraps(read)
    def vanish(*arguments: object, **options: object) -> object:
        shutil.rmtree(archive)
        return read(*arguments, **options)

    SqliteArchive.raw_tables = vanish


if __name__ == "__main__":
    run(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
