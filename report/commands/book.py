"""`build.py book`: the report as one tagged PDF, from the pages of the site."""

from __future__ import annotations

import argparse
from pathlib import Path

from report.commands.options import path, shared
from report.core.errors import SiteError
from report.core.progress import Progress
from report.core.settings import Settings

USED = ("site", "editions", "cache", "base_url", "demo", "edition", "wait")


def add(commands: argparse._SubParsersAction) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "book",
        parents=shared(*USED, edition="edition to print (default: report.toml's)"),
        help="print the report as one tagged PDF",
        description="Bring the site up to date, then print its pages as one tagged PDF with contents, vector figures "
        "and numbered sources. It takes Chromium and Playwright, which no build needs.",
    )
    parser.add_argument(
        "--output", type=path, metavar="FILE", help="the PDF (default: liner-notes-EDITION.pdf in this folder)"
    )


def run(options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    """Print the report.

    Raises:
        SiteError: there is no Chromium, or the file cannot be written.
    """
    from report.core.kinds import standing_of
    from report.core.plain import slug
    from report.hosting.printing import printed
    from report.pages.citation import Citations
    from report.pipeline import build, find_edition
    from report.publication.book import bound
    from report.run import Run
    from report.writing.words import words_in

    name = getattr(options, "edition", None)
    build(settings, None, name, progress)
    edition = find_edition(Run.of(settings, progress), None, name)
    about = {**edition.manifest, "fingerprint": edition.fingerprint}
    cite = Citations(settings, about, words_in(settings.content, standing_of(about)))
    output = options.output or Path(f"{slug(settings.title, edition.name)}.pdf")
    document = bound(settings.site, settings.title, settings.base_url, cite.report().text)
    try:
        output.write_bytes(printed(document, cite.date))
    except OSError as error:
        hint = "give another file with --output"
        raise SiteError(f"the PDF cannot be written: {error.strerror}", output, hint) from error
    progress.say(f"wrote {output}")
