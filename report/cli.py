"""The command line. Errors of the family are printed here, and nowhere else."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from report.commands import aggregate, build, check, clean, editions, sample, serve
from report.errors import ReportError, SettingsError
from report.progress import Progress, progress_for
from report.settings import (
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
EPILOG = """\
examples:
  python build.py                                  render the edition of report.toml into site/
  python build.py --archive /data/archive          aggregate an archive folder (SQLite or Parquet), then render it
  python build.py --archive tracks.csv.gz          the same for a flat table of tracks
  python build.py --edition archive-2025-07-14     render an edition that is there
  python build.py aggregate /data/archive          aggregate it, and render nothing
  python build.py editions compare OLDER NEWER     say what changed from one edition to the next
  python build.py sample /tmp/archive --tracks 50000   write a synthetic archive to try things on

An archive folder holds spotify_clean.sqlite3 and, where there are, its sister databases; or
spotify_clean_parquet/<table>.parquet and its sister folders; or <table>.parquet files side by side.
What is complete is kept under .cache/, so an interrupted run goes on where it was.
"""
# Commands by name; without one, the site is built.
COMMANDS = {
    "aggregate": aggregate,
    "check": check,
    "clean": clean,
    "editions": editions,
    "sample": sample,
    "serve": serve,
}
INTERRUPTED = "interrupted: what is complete is kept; the same command goes on from there"


class Parser(argparse.ArgumentParser):
    """argparse, with wrong usage as an error of the family."""

    def error(self, message: str) -> NoReturn:
        raise SettingsError(message, "the command line", f"see {self.prog} --help")


def make_parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    # Before or after a command's name; what is given after it is not undone by its default.
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--site", type=Path, metavar="DIR", help="where the site goes (default: site/)")
    common.add_argument("--editions", type=Path, metavar="DIR", help="where editions are kept (default: editions/)")
    common.add_argument(
        "--cache", type=Path, metavar="DIR", help="where intermediate results are kept (default: .cache/)"
    )
    common.add_argument("--base-url", metavar="URL", help="where the site is published (default: report.toml's)")
    common.add_argument("--memory", metavar="SIZE", help="memory to aggregate in, such as 4GB (default: report.toml's)")
    common.add_argument("--threads", type=int, metavar="N", help="threads to aggregate with (default: one a core)")
    common.add_argument(
        "--no-wait", dest="wait", action="store_const", const=False, help="fail if another build is at work, don't wait"
    )
    parser = Parser(
        prog="python build.py",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[common],
    )
    build.add_options(parser)
    commands = parser.add_subparsers(dest="command", metavar="")
    for module in COMMANDS.values():
        module.add(commands, common)
    return parser


def settings_of(options: argparse.Namespace, root: Path) -> Settings:
    """report.toml, with what the command line says in its place.

    Raises:
        SettingsError: an option has a value that cannot be used.
    """
    settings = read_settings(root)
    given = {name: getattr(options, name) for name in ("site", "editions", "cache", "wait") if name in options}
    # Empty where a workflow doesn't know it: then it is report.toml's.
    if getattr(options, "base_url", ""):
        given["base_url"] = check_address(options.base_url, "--base-url")
    if "memory" in options:
        given["memory"] = check_there_is(check_memory(options.memory, "--memory"), "--memory")
    if "threads" in options:
        given["threads"] = check_threads(options.threads, "--threads")
    if options.edition is not None:
        check_edition_name(options.edition, "--edition")
    return replace(settings, **given)


def run(options: argparse.Namespace, root: Path, progress: Progress) -> None:
    """Carry out what the command line asks for."""
    COMMANDS.get(options.command, build).run(options, settings_of(options, root), progress)


def main(arguments: Sequence[str] | None = None, root: Path | None = None) -> int:
    """Run the command line; gives the exit status.

    Args:
        arguments: without the program's name; by default the process's own.
        root: the project's folder; by default the one this package is in.
    """
    try:
        options = make_parser().parse_args(arguments)
        run(options, root or Path(__file__).resolve().parent.parent, progress_for(sys.stderr))
    except ReportError as error:
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
