"""Fingerprints of a source's files: independent of the path, quick on files of a hundred gigabytes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from report.sources import SourceFile

WHOLE_BELOW = 64 * 2**20
BLOCK = 64 * 2**10
BLOCKS = 64


def describe_file(path: Path, name: str) -> SourceFile:
    """Size and fingerprint of a file.

    Files under 64 MiB are hashed whole. Of larger ones the first and last 64 KiB (SQLite's header with its change
    counter, Parquet's footer) and 64 blocks spread evenly between are hashed, with the size.

    Args:
        path: the file.
        name: what it is called inside its source, such as `spotify_clean_parquet/tracks.parquet`.
    """
    size = path.stat().st_size
    digest = hashlib.sha256(str(size).encode())
    with path.open("rb") as file:
        if size < WHOLE_BELOW:
            while chunk := file.read(2**20):
                digest.update(chunk)
        else:
            for block in range(BLOCKS + 1):
                file.seek((size - BLOCK) * block // BLOCKS)
                digest.update(file.read(BLOCK))
    return SourceFile(name, size, digest.hexdigest())


def quoted(path: Path) -> str:
    """A path as a SQL string literal."""
    return "'" + str(path).replace("'", "''") + "'"
