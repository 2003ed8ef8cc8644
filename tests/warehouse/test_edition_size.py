"""An edition of the full archive stays small: every dimension of every cube is capped.

For each cube the largest table it can ever be is written: all combinations of its dimensions, counts without a pattern.
"""

from __future__ import annotations

from math import prod
from pathlib import Path

import duckdb
import pytest
from building import ROOT, writing_below

from report.core.progress import Progress
from report.core.settings import read_settings
from report.engines.duckdb import DuckDB
from report.pipeline import find_edition
from report.run import Run
from report.synthetic import write_sample

LIMIT = 40_000_000
# Values that each dimension can have, NULL among them. Years from 1900 to 2040 leave room for later snapshots.
YEARS, DECADES, TIERS, SCORES, FLAG = 142, 16, 7, 102, 3
CAPS: dict[str, dict[str, int]] = {
    "albums_by_busiest_artist": {"release_year": YEARS, "releases_from": 6},
    "albums_by_date_quality": {"release_year": YEARS, "date_precision": 4, "unusable_reason": 6},
    "albums_by_popularity": {"popularity": SCORES},
    "albums_by_same_length": {"release_year": YEARS},
    "albums_by_self_label": {"release_year": YEARS},
    "albums_by_year": {"release_year": YEARS, "album_type": 4, "total_tracks": 52},
    "artists_by_followers": {"thousandth": 1000},
    "artists_by_genre": {"genre": 1001, "popularity": SCORES},
    "artists_by_popularity": {"popularity": SCORES},
    "artists_by_releases": {"release_year": YEARS, "releases_from": 6},
    "feature_histograms": {"feature": 9, "bin": 301, "mode": FLAG, "is_popular": FLAG, "is_music_like": 2},
    "feature_products": {},
    "features_by_duration": {"release_year": YEARS, "duration_from_s": 6},
    "features_by_year": {"release_year": YEARS, "popularity_tier": TIERS, "is_music_like": 2},
    "files_by_status": {"status": 9, "popularity_tier": TIERS, "release_decade": DECADES},
    "genre_coverage": {"unit": 3},
    "labels_by_year": {"release_year": YEARS},
    "loudness_by_energy": {"loudness_db": 33, "energy_bin": 20},
    "playlists_by_size": {"tracks_from": 8},
    "quality": {},
    "recordings_by_popularity": {"popularity": SCORES},
    "recordings_by_tracks": {"tracks_from": 20, "popularity_spread": SCORES, "duration_spread_s": 9},
    "tracks_by_album_type": {"release_year": YEARS, "album_type": 4},
    "tracks_by_duration": {"release_year": YEARS, "popularity_tier": TIERS, "duration_s": 652},
    "tracks_by_explicit": {"release_year": YEARS, "popularity_tier": TIERS, "is_explicit": FLAG},
    "tracks_by_fetch_day": {"fetched_day": 1000},
    "tracks_by_genre": {"genre": 1000},
    "tracks_by_isrc_gap": {"release_decade": DECADES, "gap_years": 121},
    "tracks_by_label": {"label_rank": 201},
    "tracks_by_market": {"market": 301},
    "tracks_by_market_count": {"release_year": YEARS, "popularity_tier": TIERS, "market_count": 252},
    "tracks_by_marker": {"marker": 17, "release_year": YEARS},
    "tracks_by_mood": {
        "release_year": YEARS,
        "popularity_tier": TIERS,
        "is_music_like": 2,
        "pitch_class": 13,
        "mode": FLAG,
        "is_danceable": FLAG,
    },
    "tracks_by_playlists": {"popularity_tier": TIERS, "playlists_from": 8},
    "tracks_by_popularity": {"release_year": YEARS, "popularity": SCORES},
    "upcs_by_albums": {"albums_from": 20},
}  # fmt: skip


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("size")
    write_sample(folder / "archive", 5_000)
    settings = writing_below(read_settings(ROOT), folder)
    return find_edition(Run.of(settings, Progress()), folder / "archive", "size")


def asked(sql: str, cube: Path) -> list[tuple]:
    with duckdb.connect() as con:
        return con.execute(sql, [str(cube)]).fetchall()


def test_every_cube_is_capped(edition) -> None:
    assert edition.cubes.keys() == CAPS.keys()


def test_no_dimension_has_more_values_than_its_cap(edition) -> None:
    for cube, caps in CAPS.items():
        for column, cap in caps.items():
            sql = f'select count(*) from (select distinct "{column}" from read_parquet(?))'
            ((count,),) = asked(sql, edition.cubes[cube])
            assert count <= cap, f"{cube}.{column}"


def test_one_row_a_combination(edition) -> None:
    for cube, caps in CAPS.items():
        columns = ", ".join(f'"{column}"' for column in caps) or "'all'"
        sql = f"select max(n) from (select count(*) as n from read_parquet(?) group by {columns})"
        ((most,),) = asked(sql, edition.cubes[cube])
        assert most in (None, 1), cube


def test_the_largest_edition_there_can_be_is_under_the_limit(edition, tmp_path: Path) -> None:
    with duckdb.connect() as con:
        total = sum(largest(con, cube, edition.cubes[cube], tmp_path / cube) for cube in CAPS)

    assert 1_000_000 < total < LIMIT


def largest(con: duckdb.DuckDBPyConnection, cube: str, file: Path, path: Path) -> int:
    """Bytes of the cube with every combination filled."""
    types = {row[0]: row[1] for row in con.execute("describe select * from read_parquet(?)", [str(file)]).fetchall()}
    selected, step = [], 1
    for column, found in types.items():
        if column in CAPS[cube]:
            value = f"range // {step} % {CAPS[cube][column]}"
            step *= CAPS[cube][column]
            # Names of genres, labels and markets are the only text that strangers typed: 40 characters each.
            text = f"md5(cast({value} as varchar)) || 'abcdefgh'"
            value = {
                "VARCHAR": text,
                "BOOLEAN": f"{value} = 1",
                "DATE": f"date '2025-01-01' + cast({value} as int)",
            }.get(found, value)
        else:
            value = "md5(cast(range as varchar))" if found == "VARCHAR" else "hash(range) % 1000000"
        selected.append(f'cast({value} as {found}) as "{column}"')
    sql = f"select {', '.join(selected)} from range({prod(CAPS[cube].values())})"
    DuckDB(con, "1GB").write_cube(sql, path, path)
    return path.stat().st_size
