"""A source and the server that counts it, from what the command line says of both."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from report.engines.archive import SharedArchive
from report.engines.mirror import mirrored
from report.engines.server import session
from report.engines.shared import ADDRESS
from report.engines.spark import connect
from report.run import Server
from report.sources import Source

CODE = "report.engines.spark:connect"


def reach(archive: str, address: str, shared: str, cache: Path) -> tuple[Source, Server]:
    """The source at a path or an address, and the server at another.

    Args:
        shared: the folder for staging tables.
        cache: where what is known of an archive at an address is kept.

    Raises:
        SettingsError, SourceError, EngineError: one of them cannot be reached, or not be used.
    """
    with session(address) as (_, name, version):
        pass
    here = mirrored(archive, cache / "elsewhere") if ADDRESS.match(archive) else Path(archive).expanduser()
    places = (here, archive) if ADDRESS.match(archive) else None
    server = Server(CODE, f"{name} {version}", partial(connect, address, shared, places))
    return SharedArchive(here), server
