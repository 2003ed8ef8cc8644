"""A server of Spark Connect for the tests: Sail, from its wheel."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from elsewhere import free_port

from report.engines.spark import connect
from report.sql.engine import Engine

SECONDS_TO_START = 120


@pytest.fixture(scope="session")
def sail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of its own."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("sail")), "spark", "server", "--ip", "127.0.0.1", "--port", str(port)]
    log = tmp_path_factory.mktemp("sail") / "log"
    with log.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=file) as server:
        try:
            for _ in range(SECONDS_TO_START * 10):
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    assert server.poll() is None, log.read_text()
                    time.sleep(0.1)
            yield f"sc://127.0.0.1:{port}"
        finally:
            server.kill()


@pytest.fixture(scope="session")
def engine(sail: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Sail as the engine."""
    with connect(sail, str(tmp_path_factory.mktemp("shared"))) as opened:
        opened.tell_ids_apart(by_number=True)
        yield opened
