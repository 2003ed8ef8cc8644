"""`build.py` without a command: aggregate if asked to, render, put the site in place."""

from __future__ import annotations

import argparse
from pathlib import Path

from report.progress import Progress
from report.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """What a build can be told."""
    parser.add_argument(
        "--archive", type=Path, metavar="PATH", help="source to aggregate: an archive folder or a flat table"
    )
    parser.add_argument("--edition", metavar="NAME", help="edition to render, or what to call the archive's")
    parser.add_argument(
        "--compare", metavar="NAME", help="edition to say what changed since, or none (default: the one before)"
    )
    parser.add_argument(
        "--strict", action="store_true", help="publish nothing while a change that is too far is not acknowledged"
    )


def run(options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    """Build the site."""
    from report.pipeline import build

    build(settings, options.archive, options.edition, progress, options.compare, options.strict)
