"""Too little disk is said before the work, with what is needed."""

from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path

import pytest
from archives import Archive
from building import settings_below

from report.aggregation import aggregate
from report.progress import Progress
from report.sources import open_source
from report.space import KEPT_A_ROW, SPILLED_A_ROW, check_space, needed_bytes
from report.store import Store, StoreError

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch):
    """Sets how many bytes the disk has free."""
    return lambda count: monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, count))


def test_the_need_grows_with_all_rows_and_with_the_largest_table() -> None:
    assert needed_bytes([10, 30]) == 40 * KEPT_A_ROW + 30 * SPILLED_A_ROW
    assert needed_bytes([], 1000) == 300


def test_what_is_in_the_store_counts_as_room(tmp_path: Path, free) -> None:
    store = Store(tmp_path / "not" / "there")
    free(10**9)
    check_space(store, 10**9)
    with pytest.raises(StoreError, match=r"takes up to 2\.0 GB, and 1\.0 GB are free"):
        check_space(store, 2 * 10**9)
    store.keep_bytes("ab", ".json", lambda: bytes(10**6))
    check_space(store, 10**9 + 10**6)


@pytest.mark.parametrize("layout", ["sqlite", "parquet"])
def test_an_aggregation_stops_before_its_first_stage(tmp_path: Path, free, layout: str) -> None:
    archive = getattr(Archive(tracks=[{}] * 10), layout)(tmp_path / "archive")
    settings = settings_below(tmp_path)
    stages = []

    class Told(Progress):
        def stage(self, name: str, total: int | None = None):
            stages.append(name)
            return super().stage(name, total)

    free(10)
    with pytest.raises(StoreError, match="too little disk"):
        aggregate(open_source(archive), "small", settings, Store(settings.cache), Told())
    assert stages == []
