"""A timestamp with a zone is of the same day on every machine."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from building import ROOT

ASKED = """
import sys
from pathlib import Path
sys.path.insert(0, "tests")
from building import aggregated, settings_below
edition = aggregated(Path(sys.argv[1]), "made", settings_below(Path(sys.argv[2])))
import duckdb
print(duckdb.sql(
    f"select release_year from '{edition.cubes['tracks_by_popularity']}' order by 1").fetchall())
"""


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Kiritimati"])
def test_half_past_midnight_is_of_that_day_everywhere(tmp_path: Path, zone: str) -> None:
    table = tmp_path / "tracks.parquet"
    with duckdb.connect() as con:
        con.execute("set timezone = 'UTC'")
        con.execute(
            "copy (select printf('%022d', i) as track_id, i as popularity, 200000 as duration_ms, "
            "cast(printf('%d-01-01 00:30:00+00', 2000 + i) as timestamptz) as release_date, "
            f"from range(4) as tracks(i)) to '{table}'"
        )
    asked = subprocess.run(
        [sys.executable, "-c", ASKED, table, tmp_path / "made"],
        cwd=ROOT,
        env=os.environ | {"TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )
    assert asked.stdout.strip().splitlines()[-1] == "[(2000,), (2001,), (2002,), (2003,)]"
