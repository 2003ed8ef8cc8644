"""`build.py aggregate`: a source becomes an edition, and nothing is rendered."""

from __future__ import annotations

import argparse
from pathlib import Path

from report.progress import Progress
from report.settings import Settings


def add(commands: argparse._SubParsersAction, common: argparse.ArgumentParser) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "aggregate",
        parents=[common],
        help="aggregate a source into an edition, without rendering it",
        description="Aggregate a source into an edition. An edition of the same source and queries is not made again.",
    )
    parser.add_argument("archive", type=Path, metavar="PATH", help="an archive folder or a flat table")
    parser.add_argument(
        "--edition", metavar="NAME", default=argparse.SUPPRESS, help="what to call it (default: by its kind and date)"
    )


def run(options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    """Make the edition of `options.archive`."""
    from report.lock import locked
    from report.pipeline import find_edition
    from report.run import Run

    with locked(settings.cache, progress, settings.wait):
        edition = find_edition(Run.of(settings, progress), options.archive, options.edition)
    progress.say(f"to render it: python build.py --edition {edition.name}, or name it in report.toml")
