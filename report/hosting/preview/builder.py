"""The preview's builder: runs build.py whenever a file is saved.

Each build is a process of its own, so what was changed in the code of charts or of the report counts as well.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from threading import Event

from report.core.errors import SettingsError
from report.core.folders import is_work
from report.core.progress import Progress
from report.core.settings import Settings
from report.hosting.preview.state import Shown, State

WATCHED = ("content", "queries", "templates", "report")
# An editor writes a file in several steps; what comes within these milliseconds is one change.
STEP_MS = 30
LONGEST_MS = 300
LOOK_AGAIN_MS = 500


class Builder:
    """Builds a site and tells the state how it went.

    Args:
        options: of the command line, handed on to build.py.
    """

    def __init__(self, settings: Settings, options: Sequence[str], state: State, progress: Progress) -> None:
        self._settings, self._options, self._state, self._progress = settings, options, state, progress
        self._served = self._identity()

    def build(self) -> None:
        """Build once. A failed build leaves the site as it was."""
        command = [sys.executable, str(self._settings.root / "build.py"), *self._options]
        said = []
        with subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
            for line in process.stderr:
                said.append(line)
                self._progress.say(line.rstrip())
        version, found = self._state.shown.version, self._identity()
        if found != self._served:
            version, self._served = version + 1, found
        self._state.change(Shown(version, "".join(said).strip() if process.returncode else ""))

    def follow(self, stop: Event) -> None:
        """Build, and again whenever a file is saved, until told to stop.

        Raises:
            SettingsError: the library that watches files is not installed.
        """
        changes = self._changes(stop)
        self.build()
        for _ in changes:
            self.build()

    def _changes(self, stop: Event) -> Iterator[None]:
        try:
            from watchfiles import watch
        except ModuleNotFoundError:
            hint = "run `make serve`, which installs it, or pip install -r requirements-dev.txt"
            raise SettingsError("the package watchfiles is not installed", "serve", hint) from None
        folders = [*(self._settings.root / name for name in WATCHED), self._settings.editions]
        changes = watch(
            *(folder for folder in folders if folder.is_dir()),
            debounce=LONGEST_MS,
            step=STEP_MS,
            stop_event=stop,
            rust_timeout=LOOK_AGAIN_MS,
            yield_on_timeout=True,
        )
        # The first step begins the watch: what is saved during the first build counts.
        next(changes)
        return self._counting(changes)

    def _counting(self, changes: Iterable[set]) -> Iterator[None]:
        """Those changes that call for a build."""
        told = self._told()
        for changed in changes:
            # A file by itself cannot be watched: saving it puts another in its place.
            before, told = told, self._told()
            if told != before or any(is_work(Path(path).name) for _, path in changed):
                yield

    def _told(self) -> bytes | None:
        try:
            return (self._settings.root / "report.toml").read_bytes()
        except OSError:
            return None

    def _identity(self) -> tuple[int, int] | None:
        """Which folder the site is: a new site is another folder."""
        try:
            found = self._settings.site.stat()
        except OSError:
            return None
        return found.st_ino, found.st_ctime_ns
