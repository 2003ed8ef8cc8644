"""`build.py recut`: a source as a Parquet re-cut, which an engine elsewhere reads where it lies."""

from __future__ import annotations

import argparse

from report.commands.options import path, shared
from report.core.errors import COMMAND
from report.core.progress import Progress
from report.core.settings import Settings

# The shared options that it has a use for.
USED = ("cache", "memory", "threads", "wait")


def add(commands: argparse._SubParsersAction) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "recut",
        parents=shared(*USED),
        help="write a source as a Parquet re-cut, for aggregate --engine",
        description="Write the tables of a source as Parquet: the columns that are read, their values as they are.",
    )
    parser.add_argument("source", type=path, metavar="PATH", help="an archive folder or a flat table")
    parser.add_argument("folder", type=path, metavar="FOLDER", help="where the re-cut goes")


def run(options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    """Write `options.source` to `options.folder`."""
    from report.cache.lock import locked
    from report.engines.duckdb import connect
    from report.run import Run
    from report.sources.layouts import open_source
    from report.sources.recut import recut
    from report.sources.sqlite.database import leaving_no_trace

    with (
        locked(settings.cache, progress, settings.wait),
        leaving_no_trace(options.source),
        connect(settings.memory, settings.threads, settings.cache / "spill") as engine,
    ):
        rows = recut(open_source(options.source), engine, Run.of(settings, progress), options.folder)
    lines = [f"{table}: {count:,} rows" for table, count in rows.items()]
    progress.say("\n".join([f"wrote {options.folder}", *lines]))
    progress.say(f"to count it elsewhere: {COMMAND} aggregate {options.folder} --engine sc://HOST:PORT --shared DIR")
