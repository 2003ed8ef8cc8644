"""`build.py serve`: a preview that follows every save."""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

from report.commands.options import shared
from report.core.progress import Progress
from report.core.settings import Settings

# The shared options that it has a use for: those that it hands on to each build.
USED = ("site", "editions", "cache", "base_url", "memory", "threads", "edition", "demo", "why")


def add(commands: argparse._SubParsersAction) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "serve",
        parents=shared(*USED, edition="edition to render"),
        help="show the site on this machine, and build it again whenever a file is saved",
        description="Show the site at a local address and build it again whenever a file is saved. Pages that are "
        "open reload; if a build fails they say why, and the last good site stays. With --why each sentence has beside "
        "it where it is written, the case that it is said in and the facts that it takes.",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to serve at (default: 127.0.0.1, this machine only)"
    )
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="port (default: 8000; 0 for any)")


def run(options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    """Serve until interrupted."""
    from report.hosting.preview.builder import Builder
    from report.hosting.preview.server import Server
    from report.hosting.preview.state import State

    handed_on = []
    for name in USED:
        value = getattr(options, name, None)
        if name == "demo" and value is not None:
            handed_on.append("--no-demo")
        elif name == "why" and value is not None:
            handed_on.append("--why")
        elif value is not None:
            handed_on += [f"--{name.replace('_', '-')}", str(value.resolve() if isinstance(value, Path) else value)]
    state, stop = State(), Event()
    with (
        Server(options.host, options.port, settings.site, settings.base_url, state) as server,
        suppress(KeyboardInterrupt),
    ):
        Thread(target=server.serve_forever, daemon=True).start()
        progress.say(f"serving {server.address} – Ctrl-C ends it")
        Builder(settings, handed_on, state, progress).follow(stop)
