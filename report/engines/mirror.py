"""An archive in an object store or on HDFS, as far as it is known here: its files without most of their rows.

Footers tell columns, types and numbers of rows; a fingerprint takes the blocks that it is made of. So a file is copied
in those places alone, and the rest of it is a hole, which takes no room. The engine reads the file itself.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from urllib.parse import quote

from pyarrow import fs

from report.cache.store import explain_os_error, partial
from report.core.errors import SourceError
from report.engines.shared import file_system
from report.sources.files import places
from report.sources.partfiles import is_parquet

END = 8


def mirrored(address: str, folder: Path) -> Path:
    """A folder of the archive's Parquet files at this address; a file that did not change is not looked at again.

    Raises:
        SettingsError: nothing answers at the address.
        SourceError: there is no Parquet file, or one cannot be read.
        StoreError: the folder cannot be written.
    """
    files, root = file_system(address, "PATH")
    root = root.rstrip("/")
    here = folder / quote(address.rstrip("/"), safe="")
    try:
        found = files.get_file_info(fs.FileSelector(root, recursive=True, allow_not_found=True))
    except OSError as error:
        raise SourceError(f"this cannot be read: {str(error).splitlines()[0]}", address) from error
    there = {info.path[len(root) + 1 :]: info for info in found if info.is_file and is_parquet(Path(info.path))}
    if not there:
        raise SourceError("there are no Parquet files here", address, "give the folder of a Parquet re-cut")
    try:
        for path in here.rglob("*"):
            if path.is_file() and path.relative_to(here).as_posix() not in there:
                path.unlink()
        for name, info in there.items():
            path = here / name
            if not _is_same(path, info):
                path.parent.mkdir(parents=True, exist_ok=True)
                _copy(files, info, path, f"{address}/{name}")
    except OSError as error:
        raise explain_os_error(error, here) from error
    return here


def _is_same(path: Path, info: fs.FileInfo) -> bool:
    if not path.exists():
        return False
    status = path.stat()
    return status.st_size == info.size and status.st_mtime_ns == (info.mtime_ns or 0)


def _copy(files: fs.FileSystem, info: fs.FileInfo, path: Path, address: str) -> None:
    """Copy the footer and the blocks of a fingerprint."""
    new = partial(path)
    try:
        with new.open("wb") as file:
            file.truncate(info.size)
            try:
                with files.open_input_file(info.path) as remote:
                    (length,) = struct.unpack("<I", remote.read_at(END, max(info.size - END, 0))[:4])
                    footer = (max(info.size - END - length, 0), length + END)
                    for start, size in [*places(info.size), footer]:
                        file.seek(start)
                        file.write(remote.read_at(min(size, info.size - start), start))
            except (OSError, struct.error) as error:
                raise SourceError(f"this file cannot be read: {error}", address) from error
        os.utime(new, ns=(info.mtime_ns or 0, info.mtime_ns or 0))
        os.replace(new, path)
    finally:
        new.unlink(missing_ok=True)
