"""The stages of an aggregation and what they take, known before they run."""

from __future__ import annotations

from pathlib import Path

import pytest
from archives import Archive
from building import ROOT, settings_below

from report.cache.store import Store
from report.core import queries
from report.core.errors import SettingsError
from report.core.progress import Progress
from report.core.timeleft import Effort
from report.run import Run
from report.sources import Extent
from report.sources.layouts import open_source
from report.warehouse.aggregation import aggregate
from report.warehouse.costs import Step, expected_efforts, read_costs, steps_of, write_costs

SQL = {
    "features": "select 1 from source.track_audio_features join staging.tracks using (id)",
    "tracks": "select 1 from source.tracks",
    "recordings": "select 1 from staging.tracks",
}
CUBES = {"by_isrc": "select 1 from staging.recordings", "files": "select 1 from staging.track_files"}


def test_stages_come_in_order_with_the_rows_they_read() -> None:
    extents = {"tracks": Extent(100, 0.5, is_loose=True), "track_audio_features": Extent(90)}
    steps = steps_of(extents, SQL, CUBES, Path("staging"), lambda kind, name: 0.25 if name == "tracks" else 1.0)
    assert steps == [
        Step("import tracks", 100, 0.5, "tracks"),
        Step("import track_audio_features", 90, 0.0, "track_audio_features"),
        Step("check tracks", 100, 0.25),
        Step("check track_audio_features", 90),
        Step("stage tracks", 100, 0.25, "tracks"),
        Step("check the values of tracks", 100, 0.25),
        Step("stage features", 90, 1.0, "track_audio_features"),
        Step("check the values of track_audio_features", 90, 0.0),
        Step("stage recordings", 100),
        Step("count by_isrc", 100),
        Step("count files", 0),
    ]


def test_cubes_of_what_was_staged_last_come_first() -> None:
    cubes = {
        "by_artist": "select 1 from staging.artists",
        "by_feature": "select 1 from staging.tracks join staging.features using (id)",
        "by_isrc": "select 1 from staging.tracks",
        "by_nothing": "select 1",
        "by_year": "select 1 from staging.tracks",
    }
    ordered = queries.latest_first(cubes, ["artists", "tracks", "features"], "staging")
    assert list(ordered.items()) == [
        (name, cubes[name]) for name in ("by_feature", "by_isrc", "by_year", "by_artist", "by_nothing")
    ]


@pytest.mark.parametrize(("rows", "cpu_s"), [(0, 0.05), (50, 0.5), (100, 1), (150, 3), (200, 5), (400, 10)])
def test_efforts_lie_between_those_measured_go_on_in_proportion_and_are_never_none(rows: int, cpu_s: float) -> None:
    costs = {"count a": {200: Effort(5, 500), 100: Effort(1, 100)}}
    for missing in (1.0, 0.5):
        effort = expected_efforts([Step("count a", rows, missing)], costs)["count a"]
        assert (effort.cpu_s, effort.disk_mb) == pytest.approx((missing * cpu_s, missing * 100 * cpu_s * (rows > 0)))


def test_a_stage_never_measured_is_expected_to_take_something_if_it_is_sure_to_come() -> None:
    steps = [Step("count new", 10**6), Step("stage new", 10**6), Step("check the values of tracks", 10**6)]
    assert [effort.cpu_s for effort in expected_efforts(steps, {}).values()] == [pytest.approx(0.4)] * 2 + [0]


def test_costs_are_read_as_written(tmp_path: Path) -> None:
    costs = {"stage tracks": {10: Effort(1.5, 20), 20: Effort(2)}, "count a": {5: Effort(0.001, 0.1)}}
    write_costs(tmp_path / "costs.csv", costs)
    assert read_costs(tmp_path / "costs.csv") == costs
    assert read_costs(tmp_path / "none.csv") == {}


@pytest.mark.parametrize(
    "text",
    ["stage,rows\na,1\n", "stage,rows,cpu_s,disk_mb\na,many,1,0\n", "stage,rows,cpu_s,disk_mb\na,1,2\n"],
)
def test_costs_that_cannot_be_read_are_a_mistake_somebody_can_mend(tmp_path: Path, text: str) -> None:
    file = tmp_path / "costs.csv"
    file.write_text(text)
    with pytest.raises(SettingsError) as refused:
        read_costs(file)
    assert refused.value.where == f"{file}:2"


def test_costs_are_of_stages_that_there_are() -> None:
    sql = [queries.read_sql(ROOT / "queries" / name) for name in ("staging", "cubes")]
    tables = {table: Extent(1) for table in open_source_tables()}
    steps = {step.name for step in steps_of(tables, *sql, ROOT / "queries" / "staging", lambda *_: 1.0)}
    assert sorted(read_costs(ROOT / "queries" / "costs.csv").keys() - steps) == []


def open_source_tables() -> list[str]:
    from report.sources.schema import TABLES

    return list(TABLES)


@pytest.mark.parametrize("layout", ["sqlite", "parquet"])
def test_all_that_runs_was_foreseen(tmp_path: Path, layout: str) -> None:
    """Time left is told of stages by their names: each that runs has to be in the plan, in the plan's order."""
    expected: list[list[str]] = []
    ran: list[str] = []

    class Told(Progress):
        def expect(self, efforts, threads):
            expected.append(list(efforts))
            super().expect(efforts, threads)

        def shown(self, stage):
            ran.append(stage.name)
            return super().shown(stage)

    archive = getattr(Archive(tracks=[{}] * 10), layout)(tmp_path / "archive")
    settings = settings_below(tmp_path)
    aggregate(open_source(archive), "small", Run(settings, Store(settings.cache), Told()))
    foreseen = expected[0]
    assert [name for name in ran if name not in foreseen] == []
    assert ran == sorted(ran, key=foreseen.index)
