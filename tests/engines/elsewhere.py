"""Editions made elsewhere, beside those made here."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from building import aggregated

from report.core.progress import Progress
from report.core.settings import Settings
from report.engines.duckdb import connect
from report.engines.elsewhere import reach
from report.pipeline import edition_of
from report.run import Run
from report.sources.layouts import open_source
from report.sources.recut import recut
from report.warehouse.edition import Edition

SECONDS_TO_START = 120


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return asked.getsockname()[1]


def answers(port: int) -> bool:
    """Whether somebody listens at a port of this machine."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


@contextmanager
def serving(port: int, log: Path) -> Iterator[subprocess.Popen]:
    """Sail, from its wheel, at a port of this machine."""
    command = [str(Path(sys.executable).with_name("sail")), "spark", "server", "--ip", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=file) as server:
        try:
            began = time.monotonic()
            while not answers(port):
                assert server.poll() is None and time.monotonic() - began < SECONDS_TO_START, log.read_text()
                time.sleep(0.1)
            yield server
        finally:
            server.kill()


def made_elsewhere(archive: Path | str, server: str, settings: Settings, name: str = "there") -> Edition:
    """The edition of a Parquet re-cut, counted by a server; staging tables lie beside the cache."""
    source, chosen = reach(str(archive), server, str(settings.cache.parent / "shared"), settings.cache)
    return edition_of(source, name, Run.of(settings, Progress(), may_replace=True, server=chosen))


def recut_of(archive: Path, settings: Settings, folder: Path) -> Path:
    """An archive of any layout as a Parquet re-cut."""
    with connect(settings.memory, settings.threads, settings.cache / "spill") as engine:
        recut(open_source(archive), engine, Run.of(settings, Progress()), folder)
    return folder


def assert_same(archive: Path, server: str, settings: Settings) -> Edition:
    """Count an archive here and there, and hold the cubes, the account and all else of the editions together."""
    here = aggregated(archive, "here", replace(settings, editions=settings.editions / "of-here"))
    there = made_elsewhere(archive, server, settings)
    assert here.manifest["cubes"] and there.manifest["cubes"] == here.manifest["cubes"]
    own = {"name", "engine", "inputs"}
    assert {key: value for key, value in there.manifest.items() if key not in own} == {
        key: value for key, value in here.manifest.items() if key not in own
    }
    return there
