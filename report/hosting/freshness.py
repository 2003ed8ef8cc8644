"""Whether a site is up to date: what it was made from, and whether its files are those that were written."""

from __future__ import annotations

import json
from contextlib import suppress

from report.cache import code
from report.cache.store import Store, fingerprint
from report.core.folders import files_below, folders_in
from report.core.settings import Settings
from report.hosting.publishing import digests
from report.warehouse.edition import MANIFEST, Edition

# What a build reads of the project beside report.toml, the code and the editions; a test holds a build to this.
READ = ("content", "queries", "templates")


def site_inputs(edition: Edition, settings: Settings, compare: str | None) -> str:
    """Fingerprint of all that a site depends on: the editions, the project's files and settings, code and libraries.

    Args:
        compare: the edition to compare with, as the build was asked.
    """
    parts: list[object] = [edition.fingerprint, compare, code.environment()]
    for folder in (*(settings.root / name for name in READ), code.FOLDER):
        for path in files_below(folder):
            # A link that leads nowhere is an error where it is read, with its place.
            content = path.read_bytes() if path.is_file() else b""
            parts += [folder.name, path.relative_to(folder).as_posix(), content]
    for path in folders_in(settings.editions):
        if (path / MANIFEST).is_file():
            parts += [path.name, (path / MANIFEST).read_bytes()]
    parts += sorted(settings.site_options.items())
    return fingerprint(*parts)


def is_current(inputs: str, settings: Settings, store: Store) -> bool:
    """Whether the site in place is, byte for byte, what was written for these inputs."""
    record = store.find(fingerprint("site", inputs), ".json")
    # What cannot be read is not what was written.
    with suppress(OSError, ValueError):
        # What somebody else put there is no part of it.
        return record is not None and json.loads(record.read_bytes()).items() <= digests(settings.site).items()
    return False


def remember(inputs: str, written: dict[str, str], store: Store) -> None:
    """Keep what was written for these inputs: the SHA-256 of each file by its path."""
    content = json.dumps(written).encode()
    store.replace(fingerprint("site", inputs), ".json", lambda path: path.write_bytes(content) and None, "the site")
