"""Real data in every layout gives the figures that were computed from it without this code."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from building import ROOT, Aggregate, aggregated, settings_below

from report.cache.store import Store
from report.core.errors import SourceError
from report.results.results import Results
from report.sources.layouts import open_source
from report.warehouse.edition import Edition
from report.warehouse.published import read_published

LAYOUTS = ("sqlite", "nested", "flat", "table")
# A table of tracks has no types of albums, no links of artists to albums, no genres, no followers, no fetch dates, and
# of artists and albums no popularity; all that is counted over tracks, recordings and features is the same.
SAME_FROM_A_TABLE = {
    "tracks_by_popularity", "tracks_by_duration", "tracks_by_mood", "recordings_by_popularity", "feature_histograms",
    "feature_products", "features_by_year", "loudness_by_energy",
}  # fmt: skip

# Fact, then where the truth has it, and what one is of the other.
FACTS = {
    ("data", "tracks"): ("tracks",),
    ("data", "artists"): ("artists",),
    ("data", "albums"): ("albums",),
    ("data", "track_artists"): ("track_artists",),
    ("data", "features"): ("audio_features", "rows_with_features"),
    ("data", "feature_rows"): ("audio_feature_rows",),
    ("long_tail", "zero_share"): ("share_popularity_0",),
    ("long_tail", "gini_popularity"): ("gini_popularity",),
    ("long_tail", "gini_popularity_nonzero"): ("gini_popularity_nonzero",),
    ("duration", "index_120"): ("duration", "bin_120s", "ratio"),
    ("duration", "index_180"): ("duration", "bin_180s", "ratio"),
    ("duration", "index_240"): ("duration", "bin_240s", "ratio"),
    ("duration", "index_300"): ("duration", "bin_300s", "ratio"),
    ("mood", "major_share_all"): ("audio_features", "share_major"),
    ("mood", "danceable_major_share_all"): ("audio_features", "share_major_and_danceability_ge_0_5"),
    ("sound", "tempo_mean"): ("audio_features", "tempo_mean"),
    ("sound", "tempo_sd"): ("audio_features", "tempo_sd_sample"),
    ("sound", "loudness_energy_correlation"): ("audio_features", "corr_loudness_energy"),
}


@pytest.fixture(scope="module")
def truth(real_small: Path) -> dict:
    return json.loads((real_small / "ground_truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sources(real_small: Path, real_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same data in each layout."""
    flat = tmp_path_factory.mktemp("real-flat")
    for path in (real_small / "archive-parquet").rglob("*.parquet"):
        shutil.copy(path, flat)
    return {
        "sqlite": real_sqlite,
        "nested": real_small / "archive-parquet",
        "flat": flat,
        "table": real_small / "spotify_songs.csv.gz",
    }


@pytest.fixture(scope="module")
def editions(sources: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    settings = settings_below(tmp_path_factory.mktemp("real"))
    return {layout: aggregated(sources[layout], layout, settings) for layout in LAYOUTS}


@pytest.fixture(scope="module")
def facts(editions: dict[str, Edition], tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, dict]]:
    published = read_published(ROOT / "content/published")
    store = Store(tmp_path_factory.mktemp("answers"))
    found = {}
    for layout, edition in editions.items():
        with Results(edition, published, ROOT / "queries", store) as answers:
            found[layout] = answers.facts()
    return found


@pytest.fixture(params=LAYOUTS)
def count(request: pytest.FixtureRequest, editions: dict[str, Edition]) -> Callable[[str, str], dict]:
    """`count(cube, key)`: tracks of the cube by a key."""

    def by(cube: str, key: str) -> dict:
        path = editions[request.param].cubes[cube]
        return dict(duckdb.sql(f"select {key}, sum(track_count)::bigint from '{path}' group by all").fetchall())

    return by


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rows_keep_their_contracts(layout: str, editions: dict[str, Edition], tmp_path: Path) -> None:
    published = read_published(ROOT / "content/published")
    with Results(editions[layout], published, ROOT / "queries", Store(tmp_path)) as answers:
        drawn = [figure for figure in answers if answers[figure].rows]
    assert len(drawn) > len(list(answers)) / 2


def as_exact_as(truth: float, value: float) -> float:
    """The value to the digits in which the truth is given."""
    return round(value, len(repr(truth).partition(".")[2])) if isinstance(truth, float) else value


class TestTruth:
    @pytest.mark.parametrize("layout", LAYOUTS)
    @pytest.mark.parametrize("fact", FACTS, ids=".".join)
    def test_facts(self, facts: dict[str, dict], truth: dict, layout: str, fact: tuple[str, str]) -> None:
        expected = truth
        for key in FACTS[fact]:
            expected = expected[key]
        finding, name = fact
        assert as_exact_as(expected, facts[layout][finding][name]) == expected

    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_median_and_mean_duration(self, facts: dict[str, dict], truth: dict, layout: str) -> None:
        duration = facts[layout]["duration"]
        assert duration["median_s"] == round(truth["duration"]["median_ms"] / 1000)
        assert round(duration["mean_s"] * 1000, 6) == truth["duration"]["mean_ms"]

    def test_tracks_by_popularity(self, count: Callable[[str, str], dict], truth: dict) -> None:
        found = count("tracks_by_popularity", "popularity")
        assert [found.get(popularity, 0) for popularity in range(101)] == truth["popularity_histogram_0_100"]

    def test_tracks_by_second(self, count: Callable[[str, str], dict], truth: dict) -> None:
        found = count("tracks_by_duration", "duration_s")
        for second in (120, 180, 240, 300):
            bin_of_truth = truth["duration"][f"bin_{second}s"]
            assert found[second] == bin_of_truth["count"]
            neighbours = [second + sign * n for sign in (-1, 1) for n in range(3, 11)]
            assert sum(found[s] for s in neighbours) / 16 == bin_of_truth["mean_neighbours"]

    def test_tracks_by_key_and_mode(self, count: Callable[[str, str], dict], truth: dict) -> None:
        assert count("tracks_by_mood", "pitch_class || '_' || mode") == truth["audio_features"]["key_mode_counts"]

    def test_tracks_by_release_year(self, count: Callable[[str, str], dict], truth: dict) -> None:
        found = count("tracks_by_duration", "release_year")
        assert [min(found), max(found)] == truth["release_year_min_max"]
        assert {year: found[int(year)] for year in truth["tracks_per_release_year_last_30"]} == truth[
            "tracks_per_release_year_last_30"
        ]


class TestSameBytes:
    @pytest.mark.parametrize("layout", ["nested", "flat"])
    def test_every_layout_of_the_archive(self, editions: dict[str, Edition], layout: str) -> None:
        for name, path in editions["sqlite"].cubes.items():
            assert editions[layout].cubes[name].read_bytes() == path.read_bytes(), name

    def test_the_flat_table_where_it_holds_the_same(self, editions: dict[str, Edition]) -> None:
        same = {
            name
            for name, path in editions["sqlite"].cubes.items()
            if editions["table"].cubes[name].read_bytes() == path.read_bytes()
        }
        assert same >= SAME_FROM_A_TABLE

    @pytest.mark.parametrize(("threads", "memory"), [(1, "4GB"), (2, "256MB")])
    def test_whatever_the_threads_and_the_memory(
        self, editions: dict[str, Edition], sources: dict[str, Path], tmp_path: Path, threads: int, memory: str
    ) -> None:
        settings = replace(settings_below(tmp_path), threads=threads, memory=memory)
        again = aggregated(sources["nested"], "nested", settings)
        for path in editions["nested"].folder.iterdir():
            assert (again.folder / path.name).read_bytes() == path.read_bytes(), path.name


class TestAccounts:
    @pytest.mark.parametrize("layout", LAYOUTS)
    def test_every_row_is_accounted_for(self, editions: dict[str, Edition], layout: str) -> None:
        for account in editions[layout].manifest["tables"].values():
            assert account["rows_read"] == account["rows_kept"] + sum(account["dropped"].values())

    def test_rows_of_the_flat_table(self, editions: dict[str, Edition]) -> None:
        tracks = editions["table"].manifest["tables"]["tracks"]
        assert (tracks["rows_read"], tracks["rows_kept"]) == (32_833, 28_356)
        assert tracks["dropped"] == {"repeats a track": 32_833 - 28_356}


class TestTruncated:
    @pytest.mark.parametrize("is_at_a_page", [True, False])
    def test_half_a_database(self, real_sqlite: Path, tmp_path: Path, is_at_a_page: bool) -> None:
        whole = real_sqlite / "spotify_clean.sqlite3"
        half = whole.stat().st_size // 2
        (tmp_path / whole.name).write_bytes(whole.read_bytes()[: half // 65536 * 65536 if is_at_a_page else half | 1])
        with pytest.raises(SourceError, match="this database is truncated") as refused:
            open_source(tmp_path)
        assert f"{whole.stat().st_size:,} bytes" in refused.value.hint

    def test_half_a_database_whose_header_does_not_say_so(
        self, real_sqlite: Path, tmp_path: Path, aggregate: Aggregate
    ) -> None:
        data = bytearray((real_sqlite / "spotify_clean.sqlite3").read_bytes())
        data[92:96] = b"\0\0\0\0"  # "the page count in this header is stale"
        (tmp_path / "half").mkdir()
        (tmp_path / "half/spotify_clean.sqlite3").write_bytes(data[: len(data) // 131072 * 65536])
        with pytest.raises(SourceError, match="this database is damaged"):
            aggregate(tmp_path / "half")

    def test_half_a_parquet_file(self, real_small: Path, tmp_path: Path) -> None:
        folder = shutil.copytree(real_small / "archive-parquet", tmp_path / "archive", copy_function=shutil.copyfile)
        path = folder / "spotify_clean_parquet/tracks.parquet"
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data[: len(data) // 2])
        with pytest.raises(SourceError, match="`tracks` cannot be read as Parquet"):
            open_source(folder)
