"""A folder put in place of another in one step: whoever looks sees the old one or the new one, whole."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from contextlib import suppress
from glob import escape
from pathlib import Path

from report.cache.store import is_running

AT_FDCWD = -100
RENAME_EXCHANGE = 2


def fresh_beside(target: Path) -> Path:
    """Where the new folder is written: beside `target`, hidden, named by the process."""
    return target.with_name(f".{target.name}.new-{os.getpid()}")


def put_in_place(fresh: Path, target: Path) -> None:
    """Make the complete folder `fresh` the folder `target`, and remove what stood there.

    Where the system cannot exchange two folders in one step, the old one is moved aside for a moment; a process that is
    killed in that moment leaves it to `clear_leftovers`, which brings it back.

    Raises:
        OSError: it cannot be put there; the old folder is then as it was.
    """
    retired = target.with_name(f".{target.name}.old-{os.getpid()}")
    try:
        if not target.exists():
            fresh.rename(target)
        elif not _exchange(fresh, target):
            target.rename(retired)
            try:
                fresh.rename(target)
            except BaseException:
                retired.rename(target)
                raise
    finally:
        # After the exchange the old folder is what lies here; one that cannot go is no reason to fail.
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(retired, ignore_errors=True)


def clear_leftovers(parent: Path, name: str | None = None) -> None:
    """Remove what killed builds left beside folders; bring those back that they had moved aside.

    Args:
        parent: the folder that holds them.
        name: of the one folder meant, or None for all.
    """
    pattern = "*" if name is None else escape(name)
    for kind in ("old", "new"):
        for path in sorted(parent.glob(f".{pattern}.{kind}-*")):
            target, _, owner = path.name[1:].rpartition(f".{kind}-")
            if not owner.isdigit() or (int(owner) != os.getpid() and is_running(owner)):
                continue
            if kind == "old" and not path.with_name(target).exists():
                # One that cannot be moved back is as lost as it was.
                with suppress(OSError):
                    path.rename(path.with_name(target))
            else:
                shutil.rmtree(path, ignore_errors=True)


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
