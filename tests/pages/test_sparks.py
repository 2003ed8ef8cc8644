"""Sparks: the shape of the rows, nothing where there is nothing, and no answer from what is no archive."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from small_site import EDITION, FINDING, HISTOGRAM, INDEX, SHAPE, small_site, write

from report.core.errors import ReportError
from report.pages.context import SiteContext
from report.pages.sparks import HEIGHT, SPARK_KINDS, WIDTH, Point, Style, draw, points, span
from report.publication.outputs import render_site

YEARS = [Point(2000 + at, value) for at, value in enumerate((4, 0, 2.5, 9))]
SPARK = """
[[spark]]
basis = "computed"
figure = "duration/histogram"
kind = "bars"
x = "duration_s"
y = "track_count"

[[spark]]
basis = "published"
figure = "duration/histogram"
kind = "line"
x = "duration_s"
y = "track_share"
"""
CAPTIONS = "waits: Needs durations.\nspark_computed: Computed\nspark_published: Share; of all\n---\n\nOpening"


@pytest.fixture
def context(tmp_path: Path) -> SiteContext:
    context = small_site(tmp_path)
    pages = {
        "findings/duration.toml": SHAPE + SPARK,
        "en/findings/duration.md": FINDING.replace("---\n\nOpening", CAPTIONS),
        "en/index.md": INDEX + "\n## Waiting {#waiting}\n\n![](waiting)\n",
    }
    write(context.content, pages)
    return context


def front(context: SiteContext, **changes: object) -> str:
    return render_site(replace(context, **changes))["index.html"].decode()


def absolute(path: str) -> list[tuple[float, float]]:
    """The points that a path of M and L visits."""
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path)]


class TestShapes:
    def test_a_line_rises_and_falls_as_the_values_do(self) -> None:
        drawn = dict(draw(YEARS, Style("line")))
        x, y = zip(*absolute(drawn["k-line"]), strict=True)
        assert list(x) == sorted(x)
        assert min(y) == y[3] < y[0] < y[2] < y[1] == max(y)
        assert absolute(drawn["k-dot"]) == [(x[3], y[3])]

    @pytest.mark.parametrize("kind", SPARK_KINDS)
    def test_stays_in_its_box(self, kind: str) -> None:
        halves = [Point(f"k{at}", at, at % 2) for at in range(1, 25)]
        for name, path in draw(halves, Style(kind)):
            for x, y in absolute(path):
                assert 0 <= x <= WIDTH, name
                assert 0 <= y <= HEIGHT, name

    @pytest.mark.parametrize("kind", SPARK_KINDS)
    def test_equal_values_are_drawn_and_zeros_are_not(self, kind: str) -> None:
        assert draw([Point("a", 2), Point("b", 2)], Style(kind))
        assert draw([Point("a", 2), Point("b", 0)], Style(kind)) is None

    def test_years_apart_stand_apart(self) -> None:
        x = [
            x
            for x, _ in absolute(dict(draw([Point(2000, 1), Point(2001, 2), Point(2004, 3)], Style("line")))["k-line"])
        ]
        assert x[2] - x[1] == pytest.approx(3 * (x[1] - x[0]), abs=0.2)

    def test_one_point_is_no_shape(self) -> None:
        assert draw(YEARS[:1], Style("line")) is None
        assert draw([], Style("bars")) is None
        assert draw([Point("a", 0), Point("b", 3), Point("c", 1)], Style("dots", is_log=True)) is None

    def test_what_is_marked_is_marked(self) -> None:
        drawn = dict(draw(YEARS, Style("bars", on=("2000",))))
        assert drawn["k-on"].startswith("M0 43v-18.2")
        assert drawn["k-bar"].count("M") == 3
        assert dict(draw(YEARS, Style("bars", until=2001)))["k-on"].count("M") == 2


def test_points_are_known_values_of_whole_periods() -> None:
    rows = [
        {"year": 2000, "n": 1}, {"year": 2001, "n": None}, {"year": None, "n": 2},
        {"year": 2000, "n": 7}, {"year": 2002, "n": 3, "is_partial": True},
    ]  # fmt: skip
    assert points(rows, "year", "n") == [Point(2000, 1)]


def test_spans() -> None:
    assert span(YEARS) == "2000–2003"
    assert span([Point("2025-01", 1), Point("2026-04", 1)]) == "January 2025 – April 2026"
    assert span([Point("0–9", 1), Point("10–19", 1)]) == ""
    assert span([Point(120, 1), Point(180, 1)]) == ""


def test_an_invented_archive_answers_with_what_is_published(context: SiteContext) -> None:
    rows = [{**row, "track_share": 0.1} for row in HISTOGRAM.rows]
    page = front(context, figures={HISTOGRAM.id: replace(HISTOGRAM, rows=rows)})
    assert '<p class="spark-note">Share; of all ' in page
    assert "Needs durations." not in page


def test_an_archive_answers_with_its_count(context: SiteContext) -> None:
    rows = [{**row, "track_count": 5} for row in HISTOGRAM.rows]
    edition = {**EDITION, "kind": "archive"}
    page = front(context, figures={HISTOGRAM.id: replace(HISTOGRAM, rows=rows)}, edition=edition)
    assert "Computed" in page.split("spark-note")[1][:40]


def test_what_nothing_answers_waits(context: SiteContext) -> None:
    page = front(context, figures={HISTOGRAM.id: replace(HISTOGRAM, rows=[])})
    assert "spark" not in page
    listed, waiting = page.split('class="waiting wide"')
    assert "duration.html" in waiting
    assert "<p>Needs durations.</p>" in waiting
    assert '<h3><a href="duration.html">' not in listed


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('kind = "bars"', 'kind = "pie"', "`pie` is no kind of spark"),
        ('basis = "computed"', 'basis = "counted"', "`counted` is not a basis"),
        ('x = "duration_s"', 'x = "duration"', "`duration` is not a column"),
        ('figure = "duration/histogram"', 'figure = "duration/histo"', "there is no figure"),
        ('x = "duration_s"\n', "", "`x` is missing"),
        ('figure = "duration/histogram"', 'facts = ["tracks", "trackss"]', "`trackss` is not a fact"),
    ],
)
def test_mistakes_are_told_with_their_line(context: SiteContext, before: str, after: str, message: str) -> None:
    shape = context.content / "findings/duration.toml"
    shape.write_text(shape.read_text().replace(before, after, 1))
    with pytest.raises(ReportError, match=message) as error:
        front(context)
    assert error.value.where.startswith("content/findings/duration.toml")
