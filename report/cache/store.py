"""The content-addressed store under .cache/: a result is named by the fingerprint of what it was made from.

Nothing here looks at the clock or at modification times, so a store that is deleted, copied or shared changes no
result. A file is written under a temporary name and renamed when complete: what is there is whole.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from report.core.errors import ReportError


class StoreError(ReportError):
    """The store cannot be written: no space, no permission."""


def fingerprint(*parts: object) -> str:
    """SHA-256 of the parts, as 64 hex digits; each part is told apart from its neighbours by its length.

    Args:
        parts: bytes, or anything whose `str()` is stable (text, numbers, tuples of those).
    """
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else str(part).encode()
        digest.update(f"{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()


def partial(path: Path) -> Path:
    """Where the file or folder of `path` is written before it is complete: beside it, hidden, named by the process."""
    return path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}-{os.getpid()}.part")


def sweep(leftovers: Iterable[Path]) -> None:
    """Remove those partial files and folders whose process is gone."""
    for path in leftovers:
        if is_running(path.stem.rpartition("-")[2]):
            continue
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def is_running(process: str) -> bool:
    """Whether there is a process of that number."""
    try:
        os.kill(int(process), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except OSError:
        return True
    return True


def explain_os_error(error: OSError, where: object, option: str = "--cache") -> StoreError:
    """The error of the family for a file that could not be written.

    Args:
        option: what names another folder on the command line.
    """
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreError("no space left on the disk", where, f"free some space, or put {option} on another disk")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        hint = f"check the folder's owner, or give {option} another one"
        return StoreError("no permission to write here", where, hint)
    hint = f"check the folder, or give {option} another one"
    return StoreError(f"cannot write: {error.strerror or error}", where, hint)


class Store:
    """Results by fingerprint in one folder.

    Args:
        folder: where the store lives; made when first needed.

    Attributes:
        made: what was not there and had to be made, in order: "picture duration/histogram".
        used: the files and folders of the cache that this process used or made; `trim` leaves them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: list[str] = []
        self.used: set[Path] = set()

    def path(self, key: str, suffix: str) -> Path:
        """Where the result of `key` is, or would be."""
        return self.folder / key[:2] / f"{key}{suffix}"

    def find(self, key: str, suffix: str) -> Path | None:
        """The file of `key` if it is there."""
        path = self.path(key, suffix)
        if not path.exists():
            return None
        self.used.add(path)
        return path

    def keep(self, key: str, suffix: str, make: Callable[[Path], None], what: str = "") -> Path:
        """The file of `key`: as it is if it is there, else made.

        Args:
            key: a fingerprint of everything the result depends on.
            suffix: the file's ending, with its dot.
            make: writes the result to the path it is given; that file is renamed when `make` returns.
            what: the result in words, for `made`.

        Raises:
            StoreError: the folder cannot be written.
        """
        return self.find(key, suffix) or self.replace(key, suffix, make, what)

    def replace(self, key: str, suffix: str, make: Callable[[Path], None], what: str = "") -> Path:
        """Like `keep`, but made in any case: for what is a record of something, not a result of its key."""
        path = self.path(key, suffix)
        temporary = partial(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            make(temporary)
            os.replace(temporary, path)
            self.used.add(path)
            self.made.append(what or f"a file {suffix}")
        except OSError as error:
            raise explain_os_error(error, self.folder) from error
        finally:
            # Where nothing could be written there is nothing to remove, and that is no second error.
            with suppress(OSError):
                temporary.unlink()
        return path

    def keep_bytes(self, key: str, suffix: str, make: Callable[[], bytes], what: str = "") -> bytes:
        """Like `keep`, for results small enough to hold in memory."""
        return self.keep(key, suffix, lambda path: path.write_bytes(make()) and None, what).read_bytes()

    def sweep(self) -> None:
        """Remove what killed runs left half-written; what a run beside this one is writing stays."""
        try:
            sweep(self.folder.glob("*/.*.part"))
        except OSError as error:
            raise explain_os_error(error, self.folder) from error

    def trim(self, limit: int) -> int:
        """Remove what was not used for longest until the cache, which the store is a part of, is within the limit.

        Nothing that this process used goes, so the cache can stay over its limit. When a file was used is kept as its
        time of modification, which nothing else looks at.

        Args:
            limit: bytes.

        Returns:
            How many bytes are free now that were not.
        """
        used = {os.fspath(place) for place in self.used}
        kept, size = [], 0
        for entry in (*_entries(*_entries(self.folder)), *_entries(self.folder.parent / "sample")):
            with suppress(OSError):
                if entry.path in used:
                    os.utime(entry.path)
                status = entry.stat()
                kept.append(
                    (status.st_mtime_ns, entry.path, size_of(Path(entry.path)) if entry.is_dir() else status.st_size)
                )
                size += kept[-1][2]
        freed = 0
        if size > limit:
            for _, path, own_size in sorted(kept):
                if freed >= size - limit:
                    break
                if path not in used and remove(Path(path)):
                    freed += own_size
        return freed


def _entries(*folders: Path | os.DirEntry) -> Iterator[os.DirEntry]:
    """What the folders hold; nothing where they are none."""
    for folder in folders:
        with suppress(OSError), os.scandir(folder) as entries:
            yield from entries


def size_of(place: bytes | Path) -> int:
    """Bytes of a content, of a file, or of all that a folder holds; 0 where there is nothing."""
    if isinstance(place, bytes):
        return len(place)
    files = place.rglob("*") if place.is_dir() else [place]
    return sum(file.stat().st_size for file in files if file.is_file())


def remove(place: Path) -> bool:
    """Remove a file, or a folder in one step; whether it is gone."""
    try:
        if place.is_dir():
            # Half a folder must never be taken for a whole one.
            place = place.rename(partial(place))
            shutil.rmtree(place)
        else:
            place.unlink()
    except OSError:
        return False
    return True
