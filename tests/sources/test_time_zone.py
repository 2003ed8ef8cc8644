"""A timestamp with a zone is of the same day on every machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from archives import Archive
from building import ROOT

ASKED = """
import sys
from pathlib import Path
sys.path.insert(0, "tests")
from building import aggregated, settings_below
edition = aggregated(Path(sys.argv[1]), "made", settings_below(Path(sys.argv[2])))
import duckdb
years = duckdb.sql(f"select release_year from '{edition.cubes['tracks_by_popularity']}' order by 1").fetchall()
print([year for (year,) in years], edition.manifest["fetch_window"])
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
    assert said_in(zone, table, tmp_path / "made") == "[2000, 2001, 2002, 2003] None"


@pytest.mark.parametrize("kind", ["timestamptz", "timestamp", "timestamp_ns"])
def test_timestamps_of_an_archive_are_of_that_day_as_well(tmp_path: Path, kind: str) -> None:
    folder = Archive(tracks=[{}] * 2).parquet(tmp_path / "archive", is_flat=True)
    replaced = {"tracks": "fetched_at", "albums": "release_date"}
    with duckdb.connect() as con:
        con.execute("set timezone = 'UTC'")
        for table, column in replaced.items():
            new = f"cast(timestamptz '2021-01-01 00:30:00+00' as {kind}) as {column}"
            con.execute(f"copy (select * replace ({new}) from '{folder}/{table}.parquet') to '{tmp_path}/new.parquet'")
            shutil.move(tmp_path / "new.parquet", folder / f"{table}.parquet")
    day = "2021-01-01"
    window = {"first": day, "median": day, "last": day}
    assert said_in("America/Los_Angeles", folder, tmp_path / "made") == f"[2021] {window}"


def said_in(zone: str, source: Path, folder: Path) -> str:
    """Release years and fetch window of a source, aggregated in a time zone."""
    asked = subprocess.run(
        [sys.executable, "-c", ASKED, source, folder],
        cwd=ROOT,
        env=os.environ | {"TZ": zone},
        capture_output=True,
        text=True,
        check=True,
    )
    return asked.stdout.strip().splitlines()[-1]
