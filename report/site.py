"""The site folder: written beside the old one, then put in its place as a whole."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath

from report.errors import SiteError

MARKER = ".liner-notes-site"
# In every site: keeps the folder under version control, its contents out, and GitHub Pages from changing it.
FIXED = {
    ".gitignore": b"*\n!.gitignore\n",
    ".nojekyll": b"",
    MARKER: b"Written by build.py, which replaces this folder as a whole.\n",
}
HINTS = {
    errno.ENOSPC: "there is no space left on the disk",
    errno.EDQUOT: "the disk quota is used up",
    errno.EACCES: "there is no permission to write here",
    errno.EPERM: "there is no permission to write here",
    errno.EROFS: "this disk cannot be written to",
    errno.EBUSY: "the folder is in use, or is where a disk is mounted; give another with --site",
}
AT_FDCWD = -100
RENAME_EXCHANGE = 2


def publish(files: Mapping[str, bytes | Path], target: Path) -> dict[str, str]:
    """Put a complete site at `target`; whoever looks sees the old one or the new one. Gives what `digests` would.

    Args:
        files: path in the site, with slashes -> its content, or the file to copy.
        target: the folder; made if it isn't there.

    Raises:
        SiteError: the folder holds something else, or cannot be written. The old site is then as it was.
    """
    target = Path(os.path.realpath(target))
    stem = f".{target.name}"
    fresh = target.with_name(f"{stem}.new-{os.getpid()}")
    retired = target.with_name(f"{stem}.old-{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(target)
        _check_replaceable(target)
        try:
            written = _write({**files, **FIXED}, fresh)
            _swap(fresh, target, retired)
            return written
        finally:
            # After the swap the old site is what lies here; an old site that cannot go is no reason to fail.
            shutil.rmtree(fresh, ignore_errors=True)
            shutil.rmtree(retired, ignore_errors=True)
    except OSError as error:
        hint = HINTS.get(error.errno, "check the folder, its permissions and the disk")
        raise SiteError(
            f"the site cannot be written: {error.strerror or error}", error.filename or target, hint
        ) from error


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


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file of a site by its path; what is neither file nor folder counts as a file without one."""
    found = {}
    for place, folders, names in os.walk(folder):
        for name in [*names, *(name for name in folders if Path(place, name).is_symlink())]:
            path = Path(place, name)
            is_plain = path.is_file() and not path.is_symlink()
            found[path.relative_to(folder).as_posix()] = sha256(path.read_bytes()).hexdigest() if is_plain else ""
    return found


def _write(files: Mapping[str, bytes | Path], folder: Path) -> dict[str, str]:
    folder.mkdir()
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


def _swap(fresh: Path, target: Path, retired: Path) -> None:
    if not target.exists():
        fresh.rename(target)
    elif not _exchange(fresh, target):
        target.rename(retired)
        try:
            fresh.rename(target)
        except BaseException:
            retired.rename(target)
            raise


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(other))


def _clear_leftovers(target: Path) -> None:
    """Remove what killed builds left beside the site; bring a site back that one had moved aside."""
    for kind in ("old", "new"):
        for path in sorted(target.parent.glob(f".{target.name}.{kind}-*")):
            owner = path.name.rpartition("-")[2]
            if not owner.isdigit() or (int(owner) != os.getpid() and _is_running(int(owner))):
                continue
            if kind == "old" and not target.exists():
                path.rename(target)
            else:
                shutil.rmtree(path, ignore_errors=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
