"""`build.py aggregate`: a source becomes an edition, and nothing is rendered."""

from __future__ import annotations

import argparse

from report.commands.options import path, shared
from report.core.errors import COMMAND, SettingsError
from report.core.progress import Progress
from report.core.settings import Settings

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
    parser.add_argument("source", metavar="PATH", help="an archive folder or a flat table")
    parser.add_argument(
        "--engine", metavar="sc://HOST:PORT", help="server of Spark Connect that counts (default: DuckDB, here)"
    )
    parser.add_argument(
        "--shared", metavar="DIR", help="folder or address for staging tables that this server and we both see"
    )


def run(options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    """Make the edition of `options.source`."""
    from report.cache.lock import locked
    from report.pipeline import edition_of, find_edition
    from report.run import Run

    if bool(options.engine) != bool(options.shared):
        lacking, there = ("--engine", "--shared") if options.shared else ("--shared", "--engine")
        raise SettingsError(f"`{there}` is of no use without `{lacking}`", "the command line", "give both")
    with locked(settings.cache, progress, settings.wait):
        name = getattr(options, "edition", None)
        may_replace = getattr(options, "replace", False)
        if options.engine:
            from report.engines.elsewhere import reach

            source, server = reach(options.source, options.engine, options.shared, settings.cache)
            edition = edition_of(source, name, Run.of(settings, progress, may_replace, server))
        else:
            edition = find_edition(Run.of(settings, progress, may_replace), path(options.source), name)
    progress.say(f"to render it: {COMMAND} --edition {edition.name}, or name it in report.toml")
