"""`build.py aggregate`: a source becomes an edition, and nothing is rendered."""

from __future__ import annotations

import argparse

from report.commands.options import path, shared
from report.errors import COMMAND
from report.progress import Progress
from report.settings import Settings

# The shared options that it has a use for.
USED = ("editions", "cache", "memory", "threads", "wait", "edition", "replace")


def add(commands: argparse._SubParsersAction) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "aggregate",
        parents=shared(*USED, edition="what to call it (default: by its kind and date)"),
        help="aggregate a source into an edition, without rendering it",
        description="Aggregate a source into an edition. An edition of the same source and queries is not made again.",
    )
    parser.add_argument("source", type=path, metavar="PATH", help="an archive folder or a flat table")


def run(options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    """Make the edition of `options.source`."""
    from report.lock import locked
    from report.pipeline import find_edition
    from report.run import Run

    with locked(settings.cache, progress, settings.wait):
        name = getattr(options, "edition", None)
        run = Run.of(settings, progress, getattr(options, "replace", False))
        edition = find_edition(run, options.source, name)
    progress.say(f"to render it: {COMMAND} --edition {edition.name}, or name it in report.toml")
