"""The files of a folder that are somebody's work; what editors and systems leave beside them is passed over."""

from __future__ import annotations

import os
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

# Emacs and most others hide their locks and copies behind a dot, as macOS does what it keeps of a file; the rest are
# backups (`x~`, `x.bak`), autosaves (`#x#`), locks of office programs (`~$x`), and what merges and patches leave.
HIDDEN = (".*", "*~", "__pycache__", "__MACOSX")
LEFT_BEHIND = (
    *HIDDEN, "#*#", "~$*", "*.bak", "*.orig", "*.rej", "*.swp", "*.swo", "*.tmp", "*___jb_???___",
    "Thumbs.db", "desktop.ini", "Icon\r",
)  # fmt: skip


def is_work(name: str, left_behind: Sequence[str] = LEFT_BEHIND) -> bool:
    """Whether a file of this name is somebody's work."""
    return not any(fnmatchcase(name, pattern) for pattern in left_behind)


def files_in(folder: Path, pattern: str = "*") -> list[Path]:
    """The files of a folder whose name fits the pattern, sorted; none where there is no such folder."""
    return [path for path in _entries(folder, LEFT_BEHIND) if fnmatchcase(path.name, pattern) and not path.is_dir()]


def folders_in(folder: Path) -> list[Path]:
    """The folders in a folder, sorted; none where there is no such folder."""
    return [path for path in _entries(folder, HIDDEN) if path.is_dir()]


def files_below(folder: Path, pattern: str = "*") -> list[Path]:
    """Like `files_in`, of the folders in it as well."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if is_work(name, HIDDEN)]
        found += [Path(place, name) for name in names if is_work(name) and fnmatchcase(name, pattern)]
    return sorted(found)


def _entries(folder: Path, left_behind: Sequence[str]) -> list[Path]:
    entries = folder.iterdir() if folder.is_dir() else ()
    return sorted(path for path in entries if is_work(path.name, left_behind))
