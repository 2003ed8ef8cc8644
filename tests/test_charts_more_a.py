"""Charts of popularity, similarity, versions, explicit and markets: valid, of the right size, drawn whatever comes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from typing import Any

import altair as alt
import pyarrow as pa
import pytest

from report.charts import scales, svg, words
from report.charts.theme import Frame

Rows = list[dict[str, Any]]

TIERS = ("0", "1–9", "10–29", "30–49", "50–69", "70–100")
AGES = ("0–1", "2–4", "5–9", "10–19", "20+")
YEARS = (1960, 1965, 1990, 2023, 2024, 2025)
FEATURES = ("danceability", "tempo")
POPULATIONS = ("all", "popularity 30 or more")
BANDS = ("1", "2", "7", "20+")
HOSTILE = '<script>alert("1")</script>' + "\u202e]]>&amp;" * 9 + "\x00\x1b"


def small_rows() -> dict[str, Rows]:
    """A few rows of every figure, with its columns."""

    def by_number(band: str, count: str, share: str) -> Rows:
        return [
            {band: name, "band_order": int(name.strip("+")), count: 10 ** (7 - rank), share: 0.8 / 10**rank}
            for rank, name in enumerate(BANDS)
        ]

    markets = [
        {
            "market": f"{chr(65 + rank)}X",
            "market_order": rank + 1,
            "all_share": 0.95 - rank / 500,
            "popular_share": 0.94 - rank / 400,
            "track_count": 9000 - rank,
        }
        for rank in range(25)
    ]
    return {
        "popularity/by_age": [
            {"age_years": age, "ge_30_share": 0.02 / (age + 1), "ge_50_share": 0.002 / (age + 1), "track_count": 9000}
            for age in (0, 1, 2, 5, 6, 40)
        ],
        "popularity/tier_ages": [
            {
                "popularity_tier": tier,
                "tier_order": i + 1,
                "age_band": band,
                "band_order": j + 1,
                "track_count": 9,
                "tier_share": 0.2,
            }
            for (i, tier), (j, band) in product(enumerate(TIERS), enumerate(AGES))
        ],
        "popularity/spread": [
            {"popularity_spread": points, "recording_count": 900 - points, "recording_share": 0.6 / (points + 1)}
            for points in (0, 1, 2, 10, 25, 74)
        ],
        "popularity/fetch_days": [
            {"fetched_day": day, "track_count": 1000 + rank, "track_share": 0.2}
            for rank, day in enumerate(("2025-03-31", "2025-04-01", "2025-04-02", "2025-07-11"))
        ],
        "similarity/dispersion": [
            {"release_year": year, "population": population, "dispersion": 4.1 - rank / 20, "track_count": 2000}
            for (rank, year), population in product(enumerate(YEARS), POPULATIONS)
        ],
        "similarity/features": [
            {
                "population": population,
                "release_year": year,
                "feature": feature,
                "feature_order": order + 1,
                "relative_sd": 1.1 - rank / 30,
                "track_count": 2000,
            }
            for population, (rank, year), (order, feature) in product(
                POPULATIONS, enumerate(YEARS), enumerate(FEATURES)
            )
        ],
        "similarity/loudness": [
            {"release_year": year, "mean_db": rank - 14.5, "sd_db": 5 - rank / 3, "track_count": 2000}
            for rank, year in enumerate(YEARS)
        ],
        "similarity/composition": [
            {"release_year": year, "measure": measure, "dispersion": 4.05 - rank / 20}
            for (rank, year), measure in product(enumerate(YEARS), ("as released", "same mix of durations"))
        ],
        "versions/recordings_by_tracks": by_number("tracks_band", "recording_count", "recording_share"),
        "versions/tracks_by_tracks": by_number("tracks_band", "track_count", "track_share"),
        "versions/albums_per_upc": by_number("albums_band", "upc_count", "upc_share"),
        "versions/duration_differences": [
            {"difference_band": band, "band_order": rank + 1, "recording_count": 9, "recording_share": 0.7 / (rank + 1)}
            for rank, band in enumerate(("none", "1 s", "3–5 s", "over 60 s"))
        ],
        "explicit/by_year": [
            {"release_year": year, "computed_share": rank / 30, "published_share": rank / 29, "track_count": 900}
            for rank, year in enumerate(YEARS)
        ],
        "explicit/by_tier": [
            {"popularity_tier": tier, "tier_order": rank + 1, "explicit_share": 0.1 + rank / 20, "track_count": 900}
            for rank, tier in enumerate(TIERS)
        ],
        "explicit/by_decade_and_tier": [
            {
                "release_decade": decade,
                "popularity_tier": tier,
                "tier_order": rank + 1,
                "explicit_share": (decade - 1950 + rank) / 400,
                "track_count": 90,
            }
            for decade, (rank, tier) in product((1960, 1980, 2020), enumerate(TIERS))
            if (decade, rank) != (1960, 5)
        ],
        "markets/by_count": [
            {"market_band": band, "band_order": rank + 1, "track_count": 90, "track_share": (rank + 1) / 10}
            for rank, band in enumerate(("none", "1", "2–9", "180 or more"))
        ],
        "markets/by_market": markets,
        "markets/extremes": [
            {key: row[key] for key in ("market", "market_order", "all_share", "track_count")} | {"market_group": group}
            for group, part in (("most", markets[:10]), ("fewest", markets[-10:]))
            for row in part
        ],
        "markets/unavailable_by_year": [
            {"release_year": year, "unavailable_share": 0.3 - rank / 30, "track_count": 900}
            for rank, year in enumerate(YEARS)
        ],
    }


ROWS = small_rows()
MEASURES = re.compile(r"_(count|share|sd|db)$|^dispersion$")


def draw(figure: str, rows: Rows, frame: Frame) -> svg.Rendered:
    finding, name = figure.split("/")
    return svg.draw(getattr(import_module(f"report.charts.{finding}"), name), pa.Table.from_pylist(rows), frame, figure)


def changed(rows: Rows, columns: list[str], value: Any) -> Rows:
    return [{key: value if key in columns else old for key, old in row.items()} for row in rows]


def hard_cases() -> Iterator[tuple[str, str, Rows]]:
    """Figure, what is hard, and the rows."""
    for figure, rows in ROWS.items():
        columns = [column for column in rows[0] if MEASURES.search(column)]
        texts = [column for column, value in rows[0].items() if isinstance(value, str)]
        yield figure, "one row", rows[:1]
        yield figure, "all values missing", changed(rows, columns, None)
        yield figure, "all values zero", changed(rows, columns, 0)
        mixed = changed(rows[:1], columns, None) + rows[1:-1] + changed(rows[-1:], columns, 0)
        yield figure, "one missing, one zero, one huge", [*mixed, *changed(rows[-1:], columns, 256_000_000)]
        if texts:
            yield figure, "empty words", changed(rows[:1], texts, "")
            yield figure, "hostile words", changed(rows[:1], texts, HOSTILE)
        for basis in ("computed", "published"):
            if own := [column for column in columns if column.startswith(f"{basis}_")]:
                yield figure, f"nothing {basis}", changed(rows, own, None)


def check(rendered: svg.Rendered, frame: Frame) -> None:
    assert rendered.width == frame.width
    assert f'width="{frame.width}" height="{rendered.height}"' in rendered.plain
    for text in (rendered.themed, rendered.plain):
        assert not re.search(r"NaN|undefined|Infinity|None\b(?!<)|null|<script", text)


@pytest.mark.parametrize("figure", ROWS)
@pytest.mark.parametrize("is_narrow", [False, True], ids=["wide", "narrow"])
def test_specification_is_valid_vega_lite(figure: str, is_narrow: bool) -> None:
    finding, name = figure.split("/")
    frame = Frame(is_narrow=is_narrow)
    chart = getattr(import_module(f"report.charts.{finding}"), name)(pa.Table.from_pylist(ROWS[figure]), frame)
    assert isinstance(chart, alt.TopLevelMixin)
    chart.to_dict(validate=True)
    rendered = svg.render(chart, frame, figure)
    check(rendered, frame)
    for word in re.findall(r"<text[^>]*>([^<]+)<", rendered.plain):
        assert words.text_width(word) <= frame.width


@pytest.mark.parametrize(
    ("figure", "case", "rows"), list(hard_cases()), ids=lambda value: value if type(value) is str else ""
)
def test_hard_rows_are_drawn(figure: str, case: str, rows: Rows) -> None:
    frame = Frame(is_narrow=len(figure + case) % 2 == 0, is_synthetic=len(case) % 2 == 0)
    check(draw(figure, rows, frame), frame)


@pytest.mark.parametrize("figure", ["popularity/by_age", "similarity/composition", "markets/extremes"])
def test_the_same_rows_give_the_same_picture(figure: str) -> None:
    first = draw(figure, ROWS[figure], Frame())
    draw("popularity/spread", ROWS["popularity/spread"], Frame())
    assert draw(figure, ROWS[figure], Frame()) == first


def test_published_is_the_point_of_a_synthetic_edition() -> None:
    for is_synthetic, point in ((False, "Computed"), (True, "Published")):
        text = draw("explicit/by_year", ROWS["explicit/by_year"], Frame(is_synthetic=is_synthetic)).plain
        assert re.search(f'font-weight="bold"[^>]*>{point}<', text)
    assert ">Computed, synthetic<" in text


def test_log_axes_say_so() -> None:
    by_number = ("versions/recordings_by_tracks", "versions/tracks_by_tracks", "versions/albums_per_upc")
    for figure in ("popularity/by_age", *by_number):
        assert "log scale" in draw(figure, ROWS[figure], Frame(is_narrow=True)).plain


def test_a_log_axis_of_shares_ends_at_the_whole() -> None:
    rows = changed(changed(ROWS["popularity/by_age"], ["ge_30_share"], 0.8), ["ge_50_share"], 0.3)
    assert set(re.findall(r">(\d+%)<", draw("popularity/by_age", rows, Frame()).plain)) == {"20%", "50%", "100%"}


def test_an_axis_that_begins_above_zero_says_so() -> None:
    for figure in ("markets/by_market", "markets/extremes"):
        assert "axis from " in draw(figure, ROWS[figure], Frame(is_narrow=True)).plain
        whole = changed(ROWS[figure][:-1], [], None) + changed(ROWS[figure][-1:], ["all_share", "popular_share"], 0.0)
        assert "axis from " not in draw(figure, whole, Frame(is_narrow=True)).plain


def test_marked_points_hold_all_that_is_further_apart() -> None:
    rows = [
        {"popularity_spread": points, "recording_count": 1, "recording_share": share}
        for points, share in ((0, 0.5), (9, 0.2), (10, 0.1), (20, 0.15), (60, 0.05))
    ]
    text = draw("popularity/spread", rows, Frame()).plain
    assert ">30.0% at 10 or more<" in text
    assert ">20.0% at 20 or more<" in text
    assert ">50.0% the same<" in text


def test_days_that_are_no_days_are_left_out() -> None:
    rows = ROWS["popularity/fetch_days"]
    bad = [rows[0] | {"fetched_day": day} for day in ("", "2025-13-01", "0000-00-00", None)]
    assert (
        draw("popularity/fetch_days", rows + bad, Frame()).plain == draw("popularity/fetch_days", rows, Frame()).plain
    )
    far = [rows[0] | {"fetched_day": day} for day in ("0001-01-01", "9999-12-31")]
    check(draw("popularity/fetch_days", far, Frame()), Frame())


def test_empty_cells_stay_empty() -> None:
    text = draw("explicit/by_decade_and_tier", ROWS["explicit/by_decade_and_tier"], Frame()).plain
    assert text.count(">1970s<") == 1
    assert "–<" not in text


def test_parts_of_a_whole_are_named_once() -> None:
    text = draw("popularity/tier_ages", ROWS["popularity/tier_ages"], Frame(is_narrow=True)).plain
    assert all(text.count(f">{age}<") == 1 for age in AGES)
    assert text.count(">20%<") == len(TIERS) * len(AGES)


def test_log_ticks_between_powers() -> None:
    fine = scales.log([0.002, 0.05], 300, words.percent_tick, multiples=(1, 2, 5))
    assert fine.labels == ("0.2%", "0.5%", "1%", "2%", "5%")
    assert (
        scales.log([1, 1e9], 300, words.plain, multiples=(1, 2, 5)).ticks
        == scales.log([1, 1e9], 300, words.plain).ticks
    )
