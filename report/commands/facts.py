"""`build.py facts`: the facts that a finding can name, with meaning, basis and value."""

from __future__ import annotations

import argparse

from report.commands.options import shared
from report.commands.say import USED, add_language, opened
from report.core.errors import printable
from report.core.progress import Progress
from report.core.settings import Settings

__all__ = ["USED", "add", "run"]


def add(commands: argparse._SubParsersAction) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "facts",
        parents=shared(*USED, edition="edition whose values are shown"),
        help="list the facts of a finding, with meaning and value",
        description="The facts that the page of a finding can name: name, value in an edition, basis and meaning.",
    )
    add_language(parser)
    parser.add_argument("finding", help="such as duration")


def run(options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    """Print the facts.

    Raises:
        SettingsError: there is no such finding or language.
    """
    from report.writing.choices import listed

    with opened(options, settings, progress) as (book, _):
        for line in listed(book, options.finding):
            print(printable(line).rstrip())
