"""`build.py clean`: remove the cache; nothing that is made from it again differs."""

from __future__ import annotations

import argparse

from report.commands.options import shared
from report.core.progress import Progress
from report.core.settings import Settings

# What is ours in the cache folder, whatever folder that is.
PARTS = ("store", "sample", "spill")
# The shared options that it has a use for; with --unused it builds.
USED = ("site", "editions", "cache", "base_url", "memory", "threads", "wait")


def add(commands: argparse._SubParsersAction) -> None:
    """Describe the command."""
    parser = commands.add_parser(
        "clean",
        parents=shared(*USED),
        help="remove the cache, and what killed builds left behind",
        description="Remove what is kept under the cache folder, and what killed builds left beside the site and in "
        "the editions folder. The site and the editions stay. The next build takes as long as the first.",
    )
    parser.add_argument(
        "--unused",
        action="store_true",
        help="render the site, then remove only what that did not use: the tables that editions were made of, too",
    )


def run(options: argparse.Namespace, settings: Settings, progress: Progress) -> None:
    """Clean up."""
    from report.cache.lock import locked
    from report.cache.store import remove, size_of
    from report.cache.swap import clear_leftovers
    from report.core.numbers import file_size
    from report.pipeline import build

    if options.unused:
        build(settings, None, None, progress, force=True)
        return
    with locked(settings.cache, progress, settings.wait):
        site = settings.site.resolve()
        clear_leftovers(site.parent, site.name)
        clear_leftovers(settings.editions)
        freed = 0
        for place in (settings.cache / part for part in PARTS):
            size = size_of(place)
            freed += size if remove(place) else 0
        progress.say(f"removed {file_size(freed)} of {settings.cache}")
