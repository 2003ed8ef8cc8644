"""An edition of published figures counts nothing: every query is asked all the same, and says what others counted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from building import ROOT, WHOLE

from report.cache.store import Store
from report.results.results import Results
from report.results.uncounted import offer_empty_cubes
from report.sql.connection import connect_closed
from report.warehouse.edition import read_edition
from report.warehouse.published import read_published


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Results]:
    """Of the committed edition."""
    edition = read_edition(ROOT / "editions/published", WHOLE)
    published = read_published(ROOT / "content/published")
    store = Store(tmp_path_factory.mktemp("store"))
    with Results(edition, published, ROOT / "queries", store) as asked:
        yield asked


def test_every_cube_is_there_and_empty() -> None:
    with connect_closed({"threads": 1}) as con:
        offer_empty_cubes(con, ROOT / "queries")
        cubes = [name for (name,) in con.execute("select table_name from duckdb_tables()").fetchall()]
        assert sorted(cubes) == sorted(path.stem for path in (ROOT / "queries/cubes").glob("*.sql"))
        assert [con.execute(f'select count(*) from "{cube}"').fetchone() for cube in cubes] == [(0,)] * len(cubes)


def test_a_figure_has_rows_where_others_counted(answers: Results) -> None:
    for figure in answers.values():
        assert "computed" not in figure.basis
        assert bool(figure.sources) or not figure.rows, figure.id
    assert answers["long_tail/bands"].rows[0]["published_count"] == 243591243
    assert answers["duration/histogram"].rows == []


def test_what_takes_a_count_is_unknown_and_not_none(answers: Results) -> None:
    facts = answers.facts()
    assert facts["duration"]["tracks_with_year"] is None
    assert facts["long_tail"]["is_computed_falling"] is None
    assert set(facts["labels"].values()) == {None}
    assert facts["duration"]["published_mean_2024_s"] == 193.83
    assert facts["data"]["published_tracks"] == WHOLE
    for stem, own in facts.items():
        assert 0 not in own.values(), stem


def test_there_are_real_figures_of_most_findings(answers: Results) -> None:
    drawn = [figure.id for figure in answers.values() if figure.rows and not figure.absent]
    assert len(drawn) >= 34
    assert len({figure.partition("/")[0] for figure in drawn}) >= 13


def test_what_a_part_gave_is_marked(answers: Results) -> None:
    of_part = {figure.id for figure in answers.values() if figure.basis == ["subset"]}
    assert of_part == {"popularity/with_features", "sound/strongest_pairs", "sound/tempo_part", "sound/spread_part"}
    assert not [figure.id for figure in answers.values() if "subset" in figure.basis and figure.id not in of_part]


def test_the_curve_and_the_coefficient_come_of_the_points(answers: Results) -> None:
    text = (ROOT / "content/published/tracks_by_popularity_point.csv").read_text().splitlines()[1:]
    points = [tuple(map(int, line.split(","))) for line in text]
    tracks, total = sum(n for _, n in points), sum(p * n for p, n in points)
    so_far, area = 0, 0.0
    for popularity, count in points:
        area += count * (so_far + popularity * count / 2)
        so_far += popularity * count
    facts = answers.facts_of("long_tail")
    assert facts["published_gini_popularity"] == pytest.approx(1 - 2 * area / tracks / total)
    assert facts["published_zero_share"] == points[0][1] / tracks
    curve = [row for row in answers["long_tail/lorenz"].rows if row["measure"].endswith("published")]
    assert [curve[0]["total_share"], curve[-1]["total_share"], curve[-1]["population_share"]] == [0, 1, 1]
    assert curve[1]["population_share"] == facts["published_zero_share"]


def test_points_and_bands_agree(answers: Results) -> None:
    at_50 = answers["long_tail/at_or_above"].rows[50]
    # The points are good to three digits, the bands to the track.
    assert answers.facts_of("long_tail")["published_ge_50_count"] == 214413
    assert at_50["published_count"] == pytest.approx(214413, rel=0.001)
