"""Whether the disk has room for what a source's aggregation writes, asked before hours of work."""

from __future__ import annotations

import shutil
from collections.abc import Iterable

from report.store import Store, StoreError

# Measured at 64 million tracks: what a source's row takes in staging, and what the largest table's rows take when
# they are grouped or joined and memory will not hold them; with as much as a quarter to spare.
KEPT_A_ROW = 19
SPILLED_A_ROW = 50
# Imported Parquet parts of a SQLite database, as a share of it.
IMPORTED_SHARE = 0.3


def needed_bytes(rows: Iterable[int], database_bytes: int = 0) -> int:
    """Bytes that an aggregation may write under the cache folder.

    Args:
        rows: of each table read.
        database_bytes: size of the databases that have yet to be imported.
    """
    counts = list(rows)
    return KEPT_A_ROW * sum(counts) + SPILLED_A_ROW * max(counts, default=0) + int(IMPORTED_SHARE * database_bytes)


def check_space(store: Store, needed: int) -> None:
    """Refuse to begin what the disk has no room for; what is in the store already counts as room.

    Raises:
        StoreError: as said, with the need.
    """
    folder = store.folder
    there = sum(file.stat().st_size for file in folder.glob("*/*") if file.is_file())
    existing = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
    free = shutil.disk_usage(existing).free
    if needed > free + there:
        raise StoreError(
            f"too little disk: this takes up to {_in_words(needed - there)}, and {_in_words(free)} are free",
            folder,
            "free some space, or put --cache on another disk",
        )


def _in_words(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e8 else f"{size / 1e6:.0f} MB"
