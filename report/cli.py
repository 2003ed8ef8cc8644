"""The command line. Errors of the family are printed here, and nowhere else."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from report import VERSION
from report.commands import (
    aggregate,
    book,
    build,
    check,
    cite,
    clean,
    editions,
    facts,
    recut,
    sample,
    say,
    serve,
    verify,
)
from report.commands.options import PLACES, Parser, check_meaning, parse, shared
from report.core.errors import COMMAND, ReportError
from report.core.progress import Progress, progress_for
from report.core.settings import (
    Settings,
    check_address,
    check_edition_name,
    check_memory,
    check_there_is,
    check_threads,
    read_settings,
)

DESCRIPTION = """\
Build the report: aggregate a source into an edition, then render the edition as a static site.

With no options the edition named in report.toml is rendered. As shipped that is `sample`, a synthetic archive
that is written and aggregated first if its edition is not there, so the first command runs everything.
"""
EPILOG = f"""\
examples:
  {COMMAND}                                  render the edition of report.toml into site/
  {COMMAND} --archive /data/archive          aggregate an archive folder (SQLite or Parquet), then render it
  {COMMAND} --archive tracks.csv.gz          the same for a flat table of tracks
  {COMMAND} --edition archive-2025-07-14     render an edition that is there
  {COMMAND} aggregate /data/archive          aggregate it, and render nothing
  {COMMAND} editions compare OLDER NEWER     say what changed from one edition to the next
  {COMMAND} sample /tmp/archive --tracks 50000   write a synthetic archive to try things on

An archive folder holds spotify_clean.sqlite3 and, where there are, its sister databases; or
spotify_clean_parquet/<table>.parquet and its sister folders; or <table>.parquet files side by side.
What is complete is kept under .cache/, so an interrupted run goes on where it was.
"""
# Commands by name; without one, the site is built.
COMMANDS = {
    "build": build,
    "aggregate": aggregate,
    "check": check,
    "clean": clean,
    "editions": editions,
    "facts": facts,
    "recut": recut,
    "sample": sample,
    "say": say,
    "serve": serve,
    "book": book,
    "cite": cite,
    "verify": verify,
}
HOME = Path(__file__).resolve().parent.parent
INTERRUPTED = "interrupted: what is complete is kept; the same command goes on from there"


def make_parser() -> Parser:
    """The parser of the command line."""
    parser = Parser(prog=COMMAND, description=DESCRIPTION, epilog=EPILOG, parents=shared(*build.USED))
    parser.add_argument(
        "-V", "--version", action="version", version=f"liner-notes {VERSION}", help="say which version this is"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for module in COMMANDS.values():
        module.add(commands)
    return parser


def settings_of(options: argparse.Namespace, root: Path) -> Settings:
    """report.toml, with what the command line says in its place.

    Raises:
        SettingsError: an option has a value that cannot be used.
    """
    settings = read_settings(root)
    given = {name: getattr(options, name) for name in (*PLACES, "wait") if name in options}
    # Empty where a workflow doesn't know it: then it is report.toml's.
    if getattr(options, "base_url", ""):
        given["base_url"] = check_address(options.base_url, "--base-url")
    if "memory" in options:
        given["memory"] = check_there_is(check_memory(options.memory, "--memory"), "--memory")
    if "threads" in options:
        given["threads"] = check_threads(options.threads, "--threads")
    for name in ("demo", "why"):
        if name in options:
            given[name] = getattr(options, name)
    if "edition" in options:
        check_edition_name(options.edition, "--edition")
    return replace(settings, **given)


def run(options: argparse.Namespace, root: Path, progress: Progress) -> None:
    """Carry out what the command line asks for."""
    command = options.command or "build"
    check_meaning(options, command, COMMANDS[command].USED)
    COMMANDS[command].run(options, settings_of(options, root), progress)


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run the command line; gives the exit status.

    Args:
        arguments: without the program's name; by default the process's own.
        root: the project's folder; by default the one this package is in.
    """
    options = argparse.Namespace()
    try:
        options = parse(make_parser(), arguments)
        loudness = ("verbose" in options) - ("quiet" in options)
        run(options, root or HOME, progress_for(sys.stderr, loudness))
    except ReportError as error:
        if "debug" in options:
            traceback.print_exc()
        print(error.render(), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(INTERRUPTED, file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever reads the output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except RuntimeError as error:
        # What DuckDB makes of Ctrl-C in the midst of a query.
        if str(error) != "Query interrupted":
            raise
        print(INTERRUPTED, file=sys.stderr)
        return 130
    return 0
