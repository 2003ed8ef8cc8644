"""Too little disk is said before the work, with what is needed."""

from __future__ import annotations

import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest
from archives import Archive
from building import settings_below

from report.cache.store import Store, StoreError
from report.core.progress import Progress
from report.run import Run
from report.sources.layouts import open_source
from report.warehouse.aggregation import aggregate
from report.warehouse.costs import Step
from report.warehouse.disk import IMPORTED_A_ROW, KEPT_A_ROW, OTHERS_A_ROW, SPILLED_A_ROW, check_space, needed_bytes

Usage = namedtuple("Usage", "total used free")
TRACKS = 2000


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch):
    """Sets how many bytes the disk has free."""
    return lambda count: monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(10**12, 0, count))


class Told(Progress):
    """Keeps the stages, and can stop at one."""

    def __init__(self, last: str = "") -> None:
        super().__init__()
        self.stages: list[str] = []
        self.last = last

    def shown(self, stage):
        self.stages.append(stage.name)
        if stage.name == self.last:
            raise KeyboardInterrupt
        return super().shown(stage)


class TestNeed:
    def test_grows_with_the_rows_kept_and_with_the_largest_table(self) -> None:
        steps = [Step("stage tracks", 10, table="tracks"), Step("stage other", 30, table="other"), Step("count", 20)]
        assert needed_bytes(steps) == (10 * KEPT_A_ROW["tracks"] + 30 * OTHERS_A_ROW, 30 * SPILLED_A_ROW)

    def test_counts_what_has_yet_to_be_imported(self) -> None:
        assert needed_bytes([Step("import tracks", 10, 0.5, "tracks")]) == (5 * IMPORTED_A_ROW["tracks"], 0)

    def test_is_nothing_for_what_is_in_the_store(self) -> None:
        assert needed_bytes([Step("stage tracks", 10, 0.0, "tracks"), Step("count", 20, 0.0)]) == (0, 0)


class TestCheck:
    def test_one_disk_takes_all(self, tmp_path: Path, free) -> None:
        free(2 * 10**9)
        places = tmp_path / "not" / "there", tmp_path / "spill"
        check_space([(place, 10**9) for place in places])
        with pytest.raises(StoreError, match=r"takes up to 2\.4 GB, and 2\.0 GB are free") as refused:
            check_space([(place, 12 * 10**8) for place in places])
        assert "--cache" in refused.value.hint
        assert "build.py clean" in refused.value.hint

    def test_a_disk_of_its_own_for_what_spills(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        store, spill = tmp_path / "store", tmp_path / "spill"
        for folder in (store, spill):
            folder.mkdir()
        plain = os.stat

        def other_device(path, **options):
            found = list(plain(path, **options))
            found[2] += Path(path).name == "spill"
            return os.stat_result(found)

        monkeypatch.setattr(os, "stat", other_device)
        left = {store: 10**9, spill: 5 * 10**9}
        monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(10**12, 0, left[folder]))
        check_space([(store, 10**9), (spill, 5 * 10**9)])
        with pytest.raises(StoreError, match=r"takes up to 5\.1 GB, and 5\.0 GB are free") as refused:
            check_space([(store, 10**9), (spill, 51 * 10**8)])
        assert refused.value.where == str(spill)


def archive_at(folder: Path, layout: str) -> Path:
    if layout == "t.csv":
        folder.mkdir()
        (folder / layout).write_text(
            "id,popularity,duration_ms\n" + "".join(f"{n:060},1,1000\n" for n in range(TRACKS))
        )
        return folder / layout
    tracks = [{}] * TRACKS
    features = [{"track_id": f"{n:022}"} for n in range(TRACKS)]
    return getattr(Archive(tracks=tracks, track_audio_features=features), layout)(folder)


@pytest.mark.parametrize("layout", ["sqlite", "parquet", "t.csv"])
class TestAggregation:
    def test_stops_before_its_first_stage(self, tmp_path: Path, free, layout: str) -> None:
        source, settings, told = archive_at(tmp_path / "archive", layout), settings_below(tmp_path), Told()
        # Enough to import it, or to stage it, but not for both and what spills.
        free(TRACKS * (SPILLED_A_ROW - 1))
        with pytest.raises(StoreError, match="too little disk"):
            aggregate(open_source(source), "small", Run(settings, Store(settings.cache), told))
        assert told.stages == []

    def test_needs_less_once_half_is_done(self, tmp_path: Path, monkeypatch, layout: str) -> None:
        source, settings = archive_at(tmp_path / "archive", layout), settings_below(tmp_path)
        store = Store(settings.cache)
        needs: list[int] = []
        monkeypatch.setattr(
            "report.warehouse.preflight.check_space", lambda places: needs.append(sum(size for _, size in places))
        )
        with pytest.raises(KeyboardInterrupt):
            aggregate(open_source(source), "small", Run(settings, store, Told("count quality")))
        first = needs[0]
        needs.clear()
        aggregate(open_source(source), "small", Run(settings, store, Told()))
        assert TRACKS * SPILLED_A_ROW <= needs[0] < first
        needs.clear()
        aggregate(open_source(source), "small", Run(settings, store, Told()))
        assert needs == [0, 0]
