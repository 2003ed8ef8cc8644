"""The folder of editions: which are there, in what state, which came before which, and taking one away."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from report.cache.store import explain_os_error, partial, size_of
from report.core.errors import EditionError
from report.core.folders import folders_in, is_work
from report.core.kinds import standing_of
from report.core.progress import Progress
from report.warehouse.edition import MANIFEST, Edition, manifest_at, read_edition

HALF_WRITTEN = "half-written"
# What a build that was killed leaves beside an edition.
UNFINISHED = re.compile(r"\..+\.(?:(?:new|old)-\d+|part)")
NO_COMPARISON = "none"


@dataclass(frozen=True)
class Listed:
    """A folder in editions/: the edition in it, or why there is none to read."""

    folder: Path
    edition: Edition | None
    problem: str = ""

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return size_of(self.folder)


def list_editions(folder: Path, published_tracks: int) -> Iterator[Listed]:
    """What is in the folder of editions, by name; those that cannot be read say why."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not path.is_dir() or not (is_work(path.name) or UNFINISHED.fullmatch(path.name)):
            continue
        if path.name.startswith(".") or not (path / MANIFEST).exists():
            yield Listed(path, None, HALF_WRITTEN)
            continue
        try:
            yield Listed(path, read_edition(path, published_tracks))
        except EditionError as error:
            yield Listed(path, None, error.message)


def committed_in(folder: Path, names: Sequence[str]) -> set[str] | None:
    """Those of the editions in a folder that git has as they are; None where there is no git, or no repository."""

    def git(*arguments: str) -> str:
        return subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True).stdout.decode()

    try:
        has = git("ls-tree", "-z", "--name-only", "HEAD", "./").split("\0")
        committed = {name for name in names if name in has}
        return {name for name in committed if not git("status", "--porcelain", "--ignored", "--", f"./{name}")}
    except (OSError, subprocess.CalledProcessError, UnicodeDecodeError):
        return None


def order_of(manifest: dict, name: str) -> tuple[str, str]:
    """Editions of one kind come in the order of their dates, then of their names; one without a date comes first."""
    return manifest.get("as_of") or "", name


def earlier_editions(edition: Edition, folder: Path, published_tracks: int, progress: Progress) -> list[Path]:
    """Folders of the editions of the same kind that come before this one, the latest first.

    One of another format is passed over, and said so; one that is half-written is no edition.
    """
    found = []
    for path in folders_in(folder):
        try:
            manifest = manifest_at(path, published_tracks)
        except EditionError as error:
            progress.say(f"edition {path.name} is passed over: {error.message}")
            continue
        if manifest is None or standing_of(manifest) != standing_of(edition.manifest):
            continue
        if order_of(manifest, path.name) < order_of(edition.manifest, edition.folder.name):
            found.append((order_of(manifest, path.name), path))
    return [path for _, path in sorted(found, reverse=True)]


def compared_edition(
    edition: Edition, name: str | None, folder: Path, published_tracks: int, earlier: list[Path]
) -> Edition | None:
    """The edition to compare with: the one of that name, by default the one before.

    Args:
        name: an edition of the same kind, "none" for no comparison, or None for the one before.
        folder: of all editions.
        earlier: as `earlier_editions` gives them.

    Raises:
        EditionError: it is not there, damaged, of another kind or format, or this edition itself.
    """
    if name == NO_COMPARISON:
        return None
    if name is None:
        return read_edition(earlier[0], published_tracks) if earlier else None
    older = read_edition(folder / name, published_tracks)
    check_comparable(edition, older)
    return older


def check_comparable(newer: Edition, older: Edition) -> None:
    """Raises EditionError if the two are one edition, or of different kinds."""
    if newer.folder == older.folder:
        raise EditionError(f"edition `{newer.name}` cannot be compared with itself", hint="name another edition")
    new, old = standing_of(newer.manifest), standing_of(older.manifest)
    if new != old:
        raise EditionError(
            f"edition `{newer.name}` is of {new.of}, `{older.name}` of {old.of}",
            older.folder,
            "compare editions of one kind",
        )


def remove_edition(folder: Path) -> None:
    """Take an edition away: renamed in one step, then deleted; one half-written may go too.

    Raises:
        EditionError: it is not there, is a link, or holds what is no edition's.
    """
    if folder.is_symlink():
        raise EditionError(f"`{folder.name}` is a link, and what it leads to is left alone", folder)
    if not folder.is_dir():
        raise EditionError(f"there is no edition `{folder.name}`", folder)
    strange = [path.name for path in sorted(folder.iterdir()) if is_work(path.name) and not _is_ours(path)]
    if strange:
        raise EditionError(f"`{folder.name}` holds `{strange[0]}`, which is no edition's", folder, "move it elsewhere")
    retired = partial(folder)
    try:
        folder.rename(retired)
        shutil.rmtree(retired)
    except OSError as error:
        raise explain_os_error(error, folder, "--editions") from error


def _is_ours(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and (path.name == MANIFEST or path.suffix == ".parquet")
