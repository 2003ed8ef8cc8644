"""A server of Spark Connect for the tests: Sail, from its wheel."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from elsewhere import free_port, serving

from report.engines.spark import connect
from report.sql.engine import Engine


@pytest.fixture(scope="session")
def sail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of its own."""
    port = free_port()
    with serving(port, tmp_path_factory.mktemp("sail") / "log"):
        yield f"sc://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Sail as the engine, or the server on this machine that CONNECT_SERVER names: `sc://127.0.0.1:15002`."""
    address = os.environ.get("CONNECT_SERVER") or request.getfixturevalue("sail")
    with connect(address, str(tmp_path_factory.mktemp("shared"))) as opened:
        opened.tell_ids_apart(by_number=True)
        yield opened
