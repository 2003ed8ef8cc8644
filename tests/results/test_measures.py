"""What must hold of the measures whatever the data: asked of the queries themselves, over invented cubes."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.core.limits import MACROS

ROOT = Path(__file__).resolve().parents[2]
COUNTS = st.dictionaries(st.integers(0, 100), st.integers(1, 10**6), min_size=1)


@pytest.fixture(scope="module")
def con():
    """A connection with empty cubes, for the two measures asked here."""
    with duckdb.connect(config={"threads": 1}) as con:
        for name, value in MACROS.items():
            con.execute(f"create macro {name}() as {value}")
        con.execute((ROOT / "queries/macros.sql").read_text(encoding="utf-8"))
        con.execute("create table tracks_by_popularity (release_year integer, popularity integer, track_count bigint)")
        con.execute(
            "create table tracks_by_duration (release_year integer, popularity_tier integer, duration_s integer, "
            "track_count bigint, duration_sum_ms bigint)"
        )
        con.execute("create table artists_by_followers (thousandth integer, artist_count bigint, followers_sum bigint)")
        con.execute("create schema published")
        con.execute("create table published.tracks_by_popularity_point (popularity integer, track_count bigint)")
        yield con


def lorenz(con: duckdb.DuckDBPyConnection, counts: dict[int, int]) -> list[tuple[float, float]]:
    con.execute("delete from tracks_by_popularity")
    con.executemany("insert into tracks_by_popularity values (2020, ?, ?)", list(counts.items()))
    sql = (ROOT / "queries/long_tail/lorenz.sql").read_text(encoding="utf-8")
    return [(population, total) for _, population, total in con.execute(sql).fetchall()]


def gini(con: duckdb.DuckDBPyConnection, counts: dict[int, int]) -> float:
    """Gini coefficient from the area under the Lorenz curve."""
    curve = lorenz(con, counts)
    return 1 - sum((here[1] + there[1]) * (there[0] - here[0]) for here, there in pairwise(curve))


def heaping(con: duckdb.DuckDBPyConnection, counts: dict[int, int]) -> dict[int, float]:
    con.execute("delete from tracks_by_duration")
    rows = [(second, count, second * 1000 * count) for second, count in counts.items()]
    con.executemany("insert into tracks_by_duration values (2020, 1, ?, ?, ?)", rows)
    sql = (ROOT / "queries/duration/heaping.sql").read_text(encoding="utf-8")
    return {row[0]: row[1] for row in con.execute(sql).fetchall()}


@given(popularity=st.integers(1, 100), count=st.integers(1, 10**8))
@settings(deadline=None, max_examples=25)
def test_gini_is_zero_where_all_have_the_same(con, popularity: int, count: int) -> None:
    assert gini(con, {popularity: count}) == pytest.approx(0, abs=1e-9)


@given(count=st.integers(1000, 10**8))
@settings(deadline=None, max_examples=25)
def test_gini_nears_one_where_one_has_everything(con, count: int) -> None:
    assert gini(con, {0: count, 100: 1}) == pytest.approx(1 - 1 / (count + 1))


@given(counts=COUNTS.filter(lambda counts: any(counts)), factor=st.integers(2, 1000))
@settings(deadline=None, max_examples=25)
def test_gini_does_not_change_with_the_size_of_the_catalogue(con, counts: dict[int, int], factor: int) -> None:
    larger = {popularity: count * factor for popularity, count in counts.items()}
    assert gini(con, larger) == pytest.approx(gini(con, counts), abs=1e-9)


@given(count=st.integers(10, 10**6))
@settings(deadline=None, max_examples=25)
def test_the_heaping_index_of_a_flat_histogram_is_one(con, count: int) -> None:
    assert heaping(con, dict.fromkeys(range(600), count)) == dict.fromkeys(range(1, 9), 1.0)


@given(flat=st.integers(10, 10**5), minute=st.integers(1, 8), factor=st.integers(2, 20))
@settings(deadline=None, max_examples=25)
def test_a_peak_moves_its_own_index_only(con, flat: int, minute: int, factor: int) -> None:
    indexes = heaping(con, dict.fromkeys(range(600), flat) | {minute * 60: flat * factor})
    assert indexes == {other: float(factor if other == minute else 1) for other in range(1, 9)}
