"""`build.py verify`: whether a published site is whole, and is what its data and the code here give."""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

from report.commands.options import shared
from report.core.errors import SiteError
from report.core.progress import Progress
from report.core.settings import Settings

USED = ("editions", "cache", "base_url", "demo", "wait")
# So many files are named.
NAMED = 20


def add(commands: argparse._SubParsersAction) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "verify",
        parents=shared(*USED),
        help="say whether a published site is what its data and code give",
        description="Hold every file of a site against its SHA256SUMS, then make the report of its edition here and "
        "hold the site against that. Use the settings and the version of the project that it was made with.",
    )
    parser.add_argument("place", metavar="ADDRESS|FOLDER", help="such as https://example.org/report/, or site/")


def run(options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    """Verify a site.

    Raises:
        SiteError: it is not whole, or not what is made here.
    """
    from report.hosting.publishing import SUMS
    from report.hosting.verifying import broken, differences, edition_named, read_sums, reader_of
    from report.pipeline import build, find_edition
    from report.run import Run

    place = options.place
    read = reader_of(place)
    listed = read_sums(read, place)
    _refuse(broken(read, listed), "is not whole", place)
    progress.say(f"{place} is whole: {len(listed):,} files are as its {SUMS} says")
    name, fingerprint = edition_named(read, place)
    edition = find_edition(Run.of(settings, progress), None, name)
    if edition.fingerprint != fingerprint:
        hint = "get the edition that it was made from"
        raise SiteError(f"the edition `{name}` here is not the one that this site shows", edition.folder, hint)
    with tempfile.TemporaryDirectory(prefix="liner-notes-") as folder:
        made = replace(settings, site=Path(folder) / "site", edition=name)
        build(made, None, name, progress)
        here = read_sums(reader_of(str(made.site)), str(made.site))
    _refuse(differences(listed, here), f"is not what edition `{name}` and the code here give", place)
    progress.say(f"{place} is what edition {name} and the code here give")


def _refuse(faults: list[str], what: str, place: str) -> None:
    if faults:
        more = [f"and {len(faults) - NAMED:,} more"] if len(faults) > NAMED else []
        raise SiteError(f"this site {what}: {len(faults):,} files", place, excerpt=[*faults[:NAMED], *more])
