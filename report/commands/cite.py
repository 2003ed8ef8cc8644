"""`build.py cite`: CITATION.cff and .zenodo.json of the project, from report.toml."""

from __future__ import annotations

import argparse

from report.commands.options import shared
from report.core.errors import SettingsError
from report.core.progress import Progress
from report.core.settings import Settings

USED = ("base_url",)


def add(commands: argparse._SubParsersAction) -> None:
    """Describe the command."""
    commands.add_parser(
        "cite",
        parents=shared(*USED),
        help="write CITATION.cff and .zenodo.json from report.toml",
        description="Write CITATION.cff and .zenodo.json, by which GitHub and Zenodo know how the report is cited.",
    )


def run(_: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    """Write the files.

    Raises:
        SettingsError: they cannot be written.
    """
    from report.publication.repository import repository_files

    for name, content in repository_files(settings).items():
        path = settings.root / name
        try:
            path.write_bytes(content)
        except OSError as error:
            raise SettingsError(f"this file cannot be written: {error.strerror}", path) from error
        progress.say(f"wrote {path}")
