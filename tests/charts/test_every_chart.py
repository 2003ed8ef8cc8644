"""Every chart: a valid specification at both widths, and a picture whatever the rows hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

import altair as alt
import pyarrow as pa
import pytest
from building import ROOT
from drawing import changed, chart_of, check, draw, texts_of
from rows import ROWS, Rows

from report.charts.toolkit import svg, words
from report.charts.toolkit.theme import Variant

MEASURES = re.compile(r"_(count|share|index|mean|growth|bump|popularity|sd)$")
ALSO = ("correlation", "mean_valence", "dispersion", "mean_s", "median_s", "published_mean_s", "mean_db", "sd_db")
# Names that strangers typed, and others that are written where names are.
TYPED = ("label", "genre", "marker", "genre_group")
NAMES = (*TYPED, "status", "playlist_band", "denominator", "unit")
HOSTILE = (
    "<script>alert(1)</script>",
    "x" * 10_000,
    "W" * 300,
    "e\u0301\u0323" * 5_000,
    "שלום \u202egnirts desrever\u202c \u2067x",
    "日本コロムビア株式会社" * 4,
    "a\x00b\nc\uffff\ufffed",
    "\"&'<>]]>",
    " ",
    "",
)


def hard_cases() -> Iterator[tuple[str, str, Rows]]:
    """Figure, what is hard, and the rows."""
    for figure, rows in ROWS.items():
        columns = [column for column in rows[0] if MEASURES.search(column) or column in ALSO]
        counts = [column for column in columns if column.endswith("_count")]
        texts = [column for column, value in rows[0].items() if isinstance(value, str)]
        yield figure, "one row", rows[:1]
        yield figure, "all values missing", changed(rows, columns, None)
        yield figure, "all values zero", changed(rows, columns, 0)
        if counts:
            yield figure, "huge counts", changed(rows, counts, 256_000_000)
        if texts:
            yield figure, "empty words", changed(rows[:1], texts, "")
            yield (
                figure,
                "hostile words",
                changed(rows[:1], texts, '<script>alert("1")</script>' + "\u202e]]>&amp;" * 9),
            )
        for basis in ("computed", "published"):
            if own := [column for column in columns if column.startswith(f"{basis}_")]:
                yield figure, f"nothing {basis}", changed(rows, own, None)


def test_rows_are_of_figures_that_there_are() -> None:
    assert [figure for figure in ROWS if not (ROOT / f"queries/{figure}.sql").is_file()] == []


@pytest.mark.parametrize("figure", ROWS)
@pytest.mark.parametrize("is_narrow", [False, True], ids=["wide", "narrow"])
def test_specification_is_valid_vega_lite(figure: str, is_narrow: bool) -> None:
    variant = Variant(is_narrow=is_narrow)
    chart = chart_of(figure)(pa.Table.from_pylist(ROWS[figure]), variant)
    assert isinstance(chart, alt.TopLevelMixin)
    chart.to_dict(validate=True)
    rendered = svg.render(chart, variant, figure)
    check(rendered, variant)
    for word in re.findall(r"<text[^>]*>([^<]+)<", rendered.plain):
        assert words.text_width(word) <= variant.width


@pytest.mark.parametrize(
    ("figure", "case", "rows"), list(hard_cases()), ids=lambda value: value if type(value) is str else ""
)
def test_hard_rows_are_drawn(figure: str, case: str, rows: Rows) -> None:
    variant = Variant(is_narrow=len(figure + case) % 2 == 0, is_synthetic=len(case) % 2 == 0)
    check(draw(figure, rows, variant), variant)


@pytest.mark.parametrize("figure", [figure for figure, rows in ROWS.items() if set(NAMES) & set(rows[0])])
def test_hostile_names_stay_words(figure: str) -> None:
    name = next(column for column in NAMES if column in ROWS[figure][0])
    row = {column: value / 10 if column.endswith("_share") else value for column, value in ROWS[figure][0].items()}
    rows = [row | {name: text} for text in HOSTILE]
    variant = Variant(is_narrow=len(figure) % 2 == 0)
    rendered = draw(figure, rows, variant)
    check(rendered, variant)
    assert draw(figure, rows, variant) == rendered
    texts = texts_of(rendered)
    assert any("…" in text for text in texts) or name not in TYPED
    assert max(map(len, texts)) < 120
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", rendered.themed)


@pytest.mark.parametrize(
    "figure",
    [
        figure
        for figure, rows in ROWS.items()
        if {"computed_share", "computed_count", "computed_growth", "computed_bump", "mean_s"} & set(rows[0])
    ],
)
@pytest.mark.parametrize("is_narrow", [False, True], ids=["wide", "narrow"])
def test_published_is_the_point_of_a_synthetic_edition(figure: str, is_narrow: bool) -> None:
    for is_synthetic in (False, True):
        text = draw(figure, ROWS[figure], Variant(is_narrow=is_narrow, is_synthetic=is_synthetic)).plain
        bold = re.findall(r'font-weight="bold"[^>]*>([^<]*(?:Computed|Mean|Published|published)[^<]*)<', text)
        assert any(("ublished" in word) == is_synthetic for word in bold)
