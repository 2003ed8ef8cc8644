"""Whether the disk has room for what an aggregation writes, asked before hours of work."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from report.cache.store import StoreError
from report.core.errors import COMMAND
from report.warehouse.costs import Step

# Measured at 256 million tracks, with a quarter or more to spare: what a row of a table takes in staging, what it takes
# imported, and what a row of the largest table takes when it is grouped or joined and memory will not hold it.
KEPT_A_ROW = {"tracks": 31, "track_audio_features": 27, "albums": 31, "artists": 21}
IMPORTED_A_ROW = {"tracks": 60, "albums": 60, "track_audio_features": 60}
OTHERS_A_ROW = 10
SPILLED_A_ROW = 25


def needed_bytes(steps: Iterable[Step]) -> tuple[int, int]:
    """Bytes that what is missing of an aggregation may add to the store, and those that it may spill."""
    kept, spilled = 0.0, 0
    for step in steps:
        is_import = step.name.startswith("import ")
        if step.table:
            a_row = IMPORTED_A_ROW if is_import else KEPT_A_ROW
            kept += step.missing * step.rows * a_row.get(step.table, OTHERS_A_ROW)
        if step.missing and not is_import:
            spilled = max(spilled, SPILLED_A_ROW * step.rows)
    return int(kept), spilled


def check_space(needs: Iterable[tuple[Path, int]]) -> None:
    """Refuse to begin what the disk, or the disks, have no room for.

    Args:
        needs: folders below the cache folder, there or not yet, and how many bytes each is to take.

    Raises:
        StoreError: as said, with the need.
    """
    disks: dict[int, tuple[Path, int]] = {}
    for folder, size in needs:
        existing = next(parent for parent in (folder, *folder.absolute().parents) if parent.exists())
        first, before = disks.get(existing.stat().st_dev, (existing, 0))
        disks[existing.stat().st_dev] = first, before + size
    for folder, size in disks.values():
        free = shutil.disk_usage(folder).free
        if size > free:
            raise StoreError(
                f"too little disk: this takes up to {_in_words(size)}, and {_in_words(free)} are free",
                folder,
                f"free some space, put --cache on another disk, or remove what earlier runs kept: {COMMAND} clean",
            )


def _in_words(size: int) -> str:
    return f"{size / 1e9:.1f} GB" if size >= 1e8 else f"{size / 1e6:.0f} MB"
