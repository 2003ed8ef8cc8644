"""`build.py` or `build.py build`: aggregate if asked to, render, put the site in place."""

from __future__ import annotations

import argparse

from report.commands.options import ALWAYS, SHARED, shared
from report.core.progress import Progress
from report.core.settings import Settings

# Every shared option is one of a build.
USED = tuple(name for name in SHARED if name not in ALWAYS)


def add(commands: argparse._SubParsersAction) -> None:
    """Describe the command."""
    commands.add_parser(
        "build",
        parents=shared(*USED),
        help="build the site; what happens without a command",
        description="Aggregate a source if one is given, render the edition, put the site in place.",
    )


def run(options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    """Build the site."""
    from report.pipeline import build

    archive, edition, compare = (getattr(options, name, None) for name in ("archive", "edition", "compare"))
    build(
        settings,
        archive,
        edition,
        progress,
        compare,
        getattr(options, "strict", False),
        may_replace=getattr(options, "replace", False),
    )
