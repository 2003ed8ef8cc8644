"""What bench/ says of an aggregation: every stage with what it took, and how far off the time left was."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bench import aggregate
from bench.aggregate import time_left_off
from bench.archive import write_archive
from bench.meter import measured
from report.warehouse.costs import read_costs

TRACKS = 3000


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_a_table_of_stages_and_their_costs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    write_archive(tmp_path / "archive", TRACKS)
    costs = tmp_path / "costs.csv"
    cache = tmp_path / "cache"
    options = ["--memory", "1GB", "--cache", str(cache), "--costs", str(costs)]
    monkeypatch.setattr(sys, "argv", ["aggregate", str(tmp_path / "archive"), *options])
    aggregate.main()
    said = capsys.readouterr().out
    head, _, *lines = [line for line in said.splitlines() if line.startswith("|")]
    assert {len(cells(line)) for line in (head, *lines)} == {11}
    rows = {cells(line)[0]: dict(zip(cells(head), cells(line), strict=True)) for line in lines}
    assert {"check tracks", "stage tracks", "stage features", "count tracks_by_popularity", "all"} <= rows.keys()
    assert rows["stage tracks"]["rows"] == f"{TRACKS:,}"
    assert rows["all"]["share"] == "100.0%"
    assert float(rows["all"]["wall s"]) > 0
    assert "2 threads, 1GB" in said
    assert "Time left: off by at most" in said
    assert read_costs(costs)["stage tracks"].keys() == {TRACKS}


@pytest.mark.parametrize(
    ("said", "at_most", "near", "then"),
    [
        ([(20, 80), (50, 50), (99, 1)], "0%", "100%", "0.0%"),
        # Half as much again, and nearly: one of the two is near enough.
        ([(20, 120), (60, 44), (96, 4)], "50%", "50%", "0.0%"),
        # What is said in the first tenth does not count; what is left at the end is little, whatever is said.
        ([(5, 1000), (20, 80), (98, 12)], "0%", "100%", "10.0%"),
    ],
)
def test_how_far_off_the_time_left_was(said: list[tuple[float, float]], at_most: str, near: str, then: str) -> None:
    line = time_left_off(said, 100)
    assert f"off by at most {at_most} of what was left" in line
    assert f"20% or less for {near} of what was said" in line
    assert line.endswith(f"by at most {then} of the whole")


def test_what_is_read_is_counted_though_the_system_still_has_it(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"x" * 3_000_000)
    with measured("read", tmp_path) as cost:
        file.read_bytes()
    assert cost.read >= 3_000_000
