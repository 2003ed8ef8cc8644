"""Fingerprints of a source's files: independent of the path, quick on files of a hundred gigabytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from report.sources import SourceFile

WHOLE_BELOW = 64 * 2**20
BLOCK = 64 * 2**10
BLOCKS = 64
PIECE = 2**20
DAMAGED = "the file may be truncated or damaged: compare its size with the original's, or fetch it again"


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
        for start, length in places(size):
            file.seek(start)
            digest.update(file.read(length))
    return SourceFile(name, size, digest.hexdigest())


def places(size: int) -> list[tuple[int, int]]:
    """What is read for the fingerprint of a file of `size` bytes: from where, and how many bytes."""
    if size < WHOLE_BELOW:
        return [(start, PIECE) for start in range(0, size, PIECE)]
    return [((size - BLOCK) * block // BLOCKS, BLOCK) for block in range(BLOCKS + 1)]


def quoted(path: Path) -> str:
    """A path as a SQL string literal, for a file to write."""
    return "'" + str(path).replace("'", "''") + "'"


def literal(path: Path) -> str:
    """A path as a SQL string literal, for a file to read: DuckDB would take `*`, `?` and `[` for a pattern."""
    return quoted(Path(re.sub(r"[*?[]", r"[\g<0>]", str(path))))


def parquet(files: Path | Iterable[Path], *options: str) -> str:
    """A FROM clause of one Parquet file or several with the same columns.

    Args:
        options: such as `file_row_number = true`.
    """
    # Without hive_partitioning a folder called `popularity=0` would give its files a column.
    paths = literal(files) if isinstance(files, Path) else f"[{', '.join(map(literal, files))}]"
    return f"read_parquet({', '.join((paths, 'hive_partitioning = false', *options))})"


def csv(path: Path) -> str:
    """A FROM clause of a CSV file with a header line."""
    return f"read_csv({literal(path)}, header = true, hive_partitioning = false)"
