"""Reports of earlier editions, which stay reachable at editions/<name>/ for as long as there is room.

Each is the whole report of that edition by today's queries, charts, templates and words. It names the newest report as
the canonical one, and leads there.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from report.changes.history import Earlier
from report.edition import Edition, read_edition
from report.numbers import file_size
from report.progress import Progress
from report.publication import Files
from report.rendition import report_of
from report.settings import Settings
from report.store import Store, fingerprint

FOLDER = "editions"


def snapshots_of(
    edition: Edition, earlier: Sequence[Path], inputs: str, settings: Settings, store: Store, progress: Progress
) -> tuple[Files, list[Earlier]]:
    """The files of earlier reports by their place in the site, and the reports, the latest first.

    Args:
        edition: the one whose report they stand beside.
        earlier: folders of the editions before it, the latest first; as many are kept as the settings say.
        inputs: fingerprint of all that the site depends on.

    The oldest are left out, and said to be, where there is no room for them.
    """
    files: Files = {}
    reports: list[Earlier] = []
    size = 0
    for number, folder in enumerate(earlier[: settings.snapshots]):
        older = read_edition(earlier[number + 1]) if number + 1 < len(earlier) else None
        made = _report(read_edition(folder), older, edition.name, inputs, settings, store, progress)
        size += sum(len(content) for content in made.values())
        if size > settings.snapshots_budget:
            left_out = ", ".join(path.name for path in earlier[number : settings.snapshots])
            progress.say(
                f"no room for the earlier report of {left_out}: with it they have {file_size(size)}, "
                f"over the budget of {file_size(settings.snapshots_budget)} (snapshots_budget in report.toml)"
            )
            break
        place = f"{FOLDER}/{folder.name}"
        files |= {f"{place}/{name}": content for name, content in made.items()}
        reports.append(Earlier(folder.name, read_edition(folder).manifest["as_of"], f"{place}/index.html"))
    return files, reports


def _report(
    edition: Edition,
    older: Edition | None,
    current: str,
    inputs: str,
    settings: Settings,
    store: Store,
    progress: Progress,
) -> dict[str, bytes]:
    """Every file of an earlier report, made once for its inputs."""

    def make() -> bytes:
        base = settings.base_url and f"{settings.base_url}{FOLDER}/{edition.folder.name}/"
        own = replace(settings, base_url=base)
        newest = {"current": current, "newest": settings.base_url}
        files, _ = report_of(edition, older, own, store, progress, **newest)
        packed = io.BytesIO()
        # Not compressed: it is read at every build, and what is large in it is compressed already.
        with zipfile.ZipFile(packed, "w") as archive:
            for name, content in files.items():
                data = content.read_bytes() if isinstance(content, Path) else content
                archive.writestr(zipfile.ZipInfo(name), data)
        return packed.getvalue()

    key = fingerprint("snapshot", inputs, edition.folder.name, edition.fingerprint)
    data = store.keep_bytes(key, ".zip", make, f"the earlier report {edition.folder.name}")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
