"""`build.py sample`: a synthetic archive to try things on."""

from __future__ import annotations

import argparse

from report.commands.options import path, shared
from report.core.progress import Progress
from report.core.settings import Settings

# Of the shared options it has a use for none.
USED = ()


def add(commands: argparse._SubParsersAction) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "sample",
        parents=shared(),
        help="write a synthetic archive in the SQLite layout",
        description="Write a synthetic archive: fictional names, the shape and the quirks of the real one.",
    )
    parser.add_argument("folder", type=path, help="where its two databases go")
    parser.add_argument("--tracks", type=int, default=200_000, metavar="N", help="number of tracks (default: 200000)")
    parser.add_argument("--seed", type=int, metavar="N", help="another seed gives another archive of the same shape")


def run(options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    """Write the archive to `options.folder`."""
    from report.synthetic import SEED, write_sample

    # Without a number of rows: most of the time passes before the first and after the last is counted.
    with progress.stage("write the sample archive") as stage:
        write_sample(
            options.folder,
            options.tracks,
            SEED if options.seed is None else options.seed,
            on_progress=lambda done: stage.advance(done - stage.done),
            published=settings.content / "published",
        )
    progress.say(f"wrote {options.folder}")
