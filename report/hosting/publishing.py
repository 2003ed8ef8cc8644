"""The site folder: written beside the old one, then put in its place as a whole."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from report.cache.swap import clear_leftovers, fresh_beside, put_in_place
from report.core.errors import SiteError
from report.core.folders import is_work

MARKER = ".liner-notes-site"
# In every site: keeps the folder under version control, its contents out, and GitHub Pages from changing it.
FIXED = {
    ".gitignore": b"*\n!.gitignore\n",
    ".nojekyll": b"",
}
# What every other file of a site is, as `sha256sum -c` reads it.
SUMS = "SHA256SUMS"
# The marker's first line. Then come the files that the build wrote, one a line: all others are somebody's.
MARKED = "Written by build.py, which replaces these files together and leaves others here alone:\n"
# So many files that stay are named.
NAMED = 5
HINTS = {
    errno.ENOSPC: "there is no space left on the disk",
    errno.EDQUOT: "the disk quota is used up",
    errno.EACCES: "there is no permission to write here",
    errno.EPERM: "there is no permission to write here",
    errno.EROFS: "this disk cannot be written to",
    errno.EBUSY: "the folder is in use, or is where a disk is mounted; give another with --site",
}


def publish(
    files: Mapping[str, bytes | Path], target: Path, say: Callable[[str], None] = lambda _: None
) -> dict[str, str]:
    """Put a complete site at `target`; whoever looks sees the old one or the new one. Gives what `digests` would.

    What somebody else put into the folder stays there.

    Args:
        files: path in the site, with slashes -> its content, or the file to copy.
        target: the folder; made if it isn't there.
        say: is told of files that stay.

    Raises:
        SiteError: the folder holds something else, or cannot be written. The old site is then as it was.
    """
    target = Path(os.path.realpath(target))
    fresh = fresh_beside(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        clear_leftovers(target.parent, target.name)
        _check_replaceable(target)
        names = sorted([*files, SUMS, *FIXED])
        strange = _strange(target, names)
        try:
            written = _write(files, fresh)
            marker = (MARKED + "".join(f"{name}\n" for name in names)).encode()
            written |= _write({SUMS: sums(written), **FIXED, MARKER: marker}, fresh)
            for name in strange:
                _keep(target / name, fresh / name)
            if strange:
                more = f" and {len(strange) - NAMED:,} more" if len(strange) > NAMED else ""
                say(f"kept in {target}, written by no build: {', '.join(strange[:NAMED])}{more}")
            put_in_place(fresh, target)
            return written
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        hint = HINTS.get(error.errno, "check the folder, its permissions and the disk")
        raise SiteError(
            f"the site cannot be written: {error.strerror or error}", error.filename or target, hint
        ) from error


def sums(written: Mapping[str, str]) -> bytes:
    """A line a file: its SHA-256 and its path."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(written.items())).encode()


def _check_replaceable(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise SiteError("the site's place is taken by a file", target, "give another folder with --site")
    names = {path.name for path in target.iterdir()}
    is_ours = MARKER in names and ".git" not in names
    if not is_ours and names - {".gitignore"}:
        raise SiteError(
            "this folder is not empty and is not a site of ours",
            target,
            "give another folder with --site, or empty this one",
        )


def _strange(target: Path, files: Collection[str]) -> list[str]:
    """What lies in the site's folder that no build wrote; nothing where a build did not say yet what it wrote.

    Raises:
        SiteError: the new site has a file in its place.
    """
    marker = target / MARKER
    first, *ours = marker.read_text("utf-8").splitlines() if marker.is_file() else [""]
    if f"{first}\n" != MARKED:
        return []
    there = {path.relative_to(target).as_posix() for path in _paths(target) if is_work(path.name)}
    strange = sorted(there - {*ours, MARKER})
    for name in strange:
        if any(name == other or name.startswith(f"{other}/") or other.startswith(f"{name}/") for other in files):
            hint = "move it elsewhere: the new site has a file of this name"
            raise SiteError("this file in the site's folder was written by no build", target / name, hint)
    return strange


def _keep(path: Path, place: Path) -> None:
    """Put a file or link of the old site into the new one; the old one keeps it until it goes as a whole."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, place, follow_symlinks=False)
    except OSError:  # a disk without such links
        shutil.copy2(path, place, follow_symlinks=False)


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a site by its path; what is neither file nor folder counts as a file without one."""
    found = {}
    for path in _paths(folder):
        is_plain = path.is_file() and not path.is_symlink()
        found[path.relative_to(folder).as_posix()] = sha256(path.read_bytes()).hexdigest() if is_plain else ""
    return found


def _paths(folder: Path) -> Iterator[Path]:
    """What a folder holds, at any depth, but for the folders themselves; links are not followed."""
    for place, folders, names in os.walk(folder):
        yield from (Path(place, name) for name in names)
        yield from (Path(place, name) for name in folders if Path(place, name).is_symlink())


def _write(files: Mapping[str, bytes | Path], folder: Path) -> dict[str, str]:
    folder.mkdir(exist_ok=True)
    written = {}
    for name, content in files.items():
        relative = PurePosixPath(name)
        if relative.is_absolute() or ".." in relative.parts:
            raise ValueError(f"not a path in the site: {name}")
        path = folder / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        data = content.read_bytes() if isinstance(content, Path) else content
        path.write_bytes(data)
        written[name] = sha256(data).hexdigest()
    return written
