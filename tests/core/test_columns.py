"""What the names of columns mean: in one place, and for every column and fact that the report has."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from building import ROOT, aggregated, settings_below

from report.cache.store import Store
from report.core.columns import COUNT, HALVES, heading, kind_of, meaning, only_orders, source_of
from report.publication.bundle import meaning as in_words
from report.results.results import Results
from report.results.rules import by_name
from report.sources.schema import TABLES
from report.synthetic import write_sample
from report.warehouse.edition import Edition
from report.warehouse.published import read_published


@pytest.fixture(scope="module")
def sample_edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Of a small synthetic archive that has every table."""
    folder = tmp_path_factory.mktemp("columns")
    write_sample(folder / "archive", 3000)
    return aggregated(folder / "archive", "small", settings_below(folder))


@pytest.fixture(scope="module")
def answers(sample_edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Results]:
    published = read_published(ROOT / "content/published")
    with Results(sample_edition, published, ROOT / "queries", Store(tmp_path_factory.mktemp("store"))) as answers:
        yield answers


@pytest.mark.parametrize(
    ("name", "kind", "low", "high"),
    [
        ("tracks_with_year", "count", 0, None), ("published_albums_without_year", "count", 0, None),
        ("albums_in_same_length_years", "count", 0, None), ("artist_years", "count", 0, None),
        ("albums_2015", "count", 0, None), ("index_180_track_count", "count", 0, None),
        ("opera_rank_by_tracks", "count", 1, None), ("tier_order", "count", 0, None),
        ("share_30_to_35_s", "share", 0, 1), ("duration.share_120_to_125_s", "share", 0, 1),
        ("window_120_to_125_share_2024", "share", 0, 1), ("tracks_without_genre_share", "share", 0, 1),
        ("published_albums_before_1980_share", "share", 0, 1), ("popular_share_difference", "share", -1, 1),
        ("median_s", "measure", 0, None), ("median_2010_to_2014_s", "measure", 0, None),
        ("explicit_percent", "measure", None, None), ("mean_age_years", "measure", None, None),
        ("tracks_per_recording", "measure", 0, None), ("loudness_mean_db", "measure", None, None),
        ("share_of_deliveries_percent", "measure", None, None), ("largest_mean_difference_s", "measure", 0, None),
        ("major_share_standard_error", "measure", 0, None), ("tracks_around_minutes", "count", 0, None),
        ("median_five_year_change_standard_error", "measure", 0, None),
        ("release_year", "year", 1900, 2100), ("largest_difference_year", "year", 1900, 2100),
        ("last_decade", "year", 1900, 2100), ("concentration_index", "coefficient", 0, None),
        ("loudness_energy_correlation", "coefficient", None, None),
        ("median_five_year_change", "coefficient", None, None),
    ],
)  # fmt: skip
def test_meanings(name: str, kind: str, low: float | None, high: float | None) -> None:
    found = meaning(name)
    assert (found.kind, found.low, found.high) == (kind, low, high)


def test_words_tell_themselves() -> None:
    assert kind_of("first_by_tracks", "polka", "opera") == "text"
    assert kind_of("is_falling", True, False) == "text"
    assert kind_of("growth_share", 0.5, 1.5) == "measure"
    assert by_name(["first_by_tracks", "is_falling", "label"]) == []


def test_a_meaning_is_the_same_wherever_it_is_read() -> None:
    assert [(rule.low, rule.high) for rule in by_name(["share_30_to_35_s", "tracks_with_year"])] == [(0, 1), (0, None)]
    assert in_words("share_30_to_35_s") == "Share 30 to 35 s (a fraction of the whole, 0 to 1)"
    assert in_words("mean_s") == "Mean, seconds (seconds)"
    assert heading("tracks_with_year") == "Tracks with year"
    assert only_orders("tier_order") and not only_orders("genre_rank")


def test_every_column_and_every_fact_is_understood(answers: Results) -> None:
    """A name that fails here: let it end in what it is, or teach report/core/columns.py the word."""
    values = {f"{figure}.{name}": [row[name] for row in data.rows] for figure, data in answers.items()
              for name in data.columns}  # fmt: skip
    values |= {f"{stem}.{name}": [value] for stem, facts in answers.facts().items() for name, value in facts.items()}
    assert len(values) > 600
    numbers = {name for name, column in values.items() if any(type(value) in (int, float) for value in column)}
    assert len(numbers) > 400
    assert {name for name in numbers if meaning(name) is None} == set()


def test_every_unknown_fact_is_understood_by_its_name(answers: Results) -> None:
    unknown = [name for facts in answers.facts().values() for name, value in facts.items() if value is None]
    # Where they are known, these are words.
    words = {"best_served", "least_served", "narrowest_feature", "widest_feature"}
    words |= {"heaping_highest_tier", "heaping_lowest_tier"}
    assert {name for name in unknown if meaning(name) is None} <= words


def test_every_sum_in_a_cube_leads_to_the_source(sample_edition: Edition) -> None:
    known = {name for table in TABLES.values() for name in table.columns}
    columns = {name for path in sample_edition.cubes.values() for name in duckdb.read_parquet(str(path)).columns}
    sums = {name for name in columns if "_sum" in name}
    assert len(sums) > 10
    # One that fails here: add it to MADE_OF in report/core/columns.py.
    assert {name for name in sums if not known & set(source_of(name))} == set()
    assert source_of("duration_sum_ms") == ("duration_ms",)


def test_a_name_is_asked_in_one_place_only() -> None:
    asking = [
        path.relative_to(ROOT).as_posix()
        for path in Path(ROOT / "report").rglob("*.py")
        for ending in ("_share", "_count", "_order", "_ratio", "_index", "_rank", "_year", "_s", "_ms", *HALVES)
        if any(f'{call}("{ending}' in path.read_text("utf-8") for call in ("endswith", "startswith", "removesuffix"))
    ]
    assert asking == []
    assert kind_of("handful", 2, 1) == COUNT
