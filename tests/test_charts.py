"""Every chart: a valid specification at both widths, and a picture whatever the rows hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from itertools import pairwise, product
from typing import Any

import altair as alt
import pyarrow as pa
import pytest

from report.charts import notes, scales, series, svg, words
from report.charts.plane import Plane
from report.charts.theme import Frame

Rows = list[dict[str, Any]]

TIERS = ("0", "1–9", "10–29", "30–49", "50–69", "70–100")
KEYS = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")
FEATURES = ("danceability", "energy", "loudness", "instrumentalness", "tempo")
YEARS = (1960, 1965, 1990, 2023, 2024, 2025)
SIZES = ("1", "2", "12", "21–30", "51+")
MAKERS = ("1", "2–4", "50–199", "200+")


def small_rows() -> dict[str, Rows]:
    """A few rows of every figure, with its columns."""

    def both(count: int) -> dict[str, Any]:
        return {
            "computed_count": count,
            "computed_share": count / 900,
            "published_count": count + 5,
            "published_share": count / 950,
        }

    yearly = [(year, year == 2025, rank + 1) for rank, year in enumerate(YEARS)]
    bins = [(step * 0.02, 0.01 + 0.001 * step) for step in range(0, 50, 7)]
    return {
        "long_tail/popularity": [{"popularity": p, "track_count": 10 ** (5 - p // 20)} for p in range(0, 101, 5)],
        "long_tail/artists_and_albums": [
            {"unit": unit, "popularity": p, "item_count": 9000 - p, "item_share": 0.5 / (p + 1) ** power}
            for unit, power in (("artists", 2), ("albums", 3))
            for p in range(0, 101, 10)
        ],
        "long_tail/lorenz": [
            {"measure": measure, "population_share": x / 10, "total_share": (x / 10) ** power}
            for measure, power in (("popularity of tracks", 6), ("followers of artists", 20))
            for x in range(11)
        ],
        "long_tail/bands": [
            {"popularity_band": band, "band_order": rank, **both(10 ** (8 - 4 * rank))}
            for rank, band in enumerate(("0–9", "10–19", "100"))
        ],
        "duration/histogram": [
            {"duration_s": s, "track_count": 400 - abs(s - 190), "track_share": 0.01} for s in range(0, 601, 20)
        ],
        "duration/heaping": [
            {"minute": m, "heaping_index": 0.9 + m / 10, "track_count": 9, "neighbour_mean": 8.5} for m in range(1, 9)
        ],
        "duration/heaping_by_year": [
            {"release_year": y, "minute": m, "heaping_index": 1 + n * m / 50, "track_count": 9}
            for (y, _, n), m in product(yearly, (2, 3, 4))
        ],
        "duration/heaping_by_tier": [
            {"popularity_tier": t, "tier_order": n + 1, "minute": m, "heaping_index": 0.95 + n / 20, "track_count": 9}
            for (n, t), m in product(enumerate(TIERS), (2, 3, 4))
        ],
        "duration/by_year": [
            {"release_year": y, "mean_s": 250 - n, "median_s": 230 - n, "published_mean_s": 251.5 - n, "track_count": 9}
            for y, _, n in yearly
        ],
        "duration/by_minute": [
            {"duration_minute": minute, "minute_order": rank, **both(100 * rank + 1)}
            for rank, minute in enumerate(("0", "1", "9", "10+"))
        ],
        "duration/thresholds": [
            {"release_year": y, "length_window": window, "track_count": 9, "window_share": n / 100}
            for (y, _, n), window in product(yearly, ("30–35 s", "120–125 s"))
        ],
        "mood/key_mode": [
            {"key": key, "key_order": rank, "mode": mode, **both(rank + 20)}
            for (rank, key), mode in product(enumerate(KEYS), ("major", "minor"))
        ],
        "mood/danceability_by_mode": [
            {"mode": mode, "danceability": value, "track_count": 9, "mode_share": share * factor}
            for (mode, factor), (value, share) in product((("major", 1), ("minor", 1.3)), bins)
        ],
        "mood/popular_and_rest": [
            {"feature": feature, "popularity_group": group, "value": value, "track_count": 9, "group_share": share}
            for feature, group, (value, share) in product(("danceability", "valence"), ("50 or more", "below 50"), bins)
        ],
        "mood/by_year": [
            {"release_year": y, "major_share": 0.7 - n / 90, "mean_valence": 0.5 - n / 80, "track_count": 1000}
            for y, _, n in yearly
        ],
        "mood/danceable_major_by_tier": [
            {
                "popularity_tier": tier,
                "tier_order": rank + 1,
                "danceable_major_share": 0.4 + rank / 50,
                "expected_share": 0.41,
                "track_count": 9,
            }
            for rank, tier in enumerate(TIERS)
        ],
        "sound/correlations": [
            {"feature_a": a, "feature_b": b, "a_order": i, "b_order": j, "correlation": 1 - abs(i - j) * 0.45}
            for (i, a), (j, b) in product(enumerate(FEATURES), enumerate(FEATURES))
        ],
        "sound/distributions": [
            {
                "feature": feature,
                "feature_order": rank,
                "value": step * (2 if feature == "loudness" else 0.02) - (60 if feature == "loudness" else 0),
                "bin_width": 2.0 if feature == "loudness" else 0.02,
                "track_count": 9,
                "feature_share": 0.02 + step / 1000,
            }
            for (rank, feature), step in product(enumerate(FEATURES), range(0, 30, 3))
        ],
        "sound/tempo": [
            {
                "tempo_bpm": bpm,
                "track_count": 9,
                "track_share": 0.02 - abs(bpm - 120) / 9000,
                "double_share": 0.02 - abs(2 * bpm - 120) / 9000 if bpm <= 125 else None,
            }
            for bpm in range(1, 251, 6)
        ],
        "sound/loudness_energy": [
            {"loudness_db": -2 * i, "energy": i / 20, "track_count": i, "track_share": i / 200, "step": i % 6 + 1}
            for i in range(1, 20)
        ],
        "releases/albums_by_year": [
            {"release_year": y, "album_count": 10**n, "published_count": 12**n, "is_partial": last}
            for y, last, n in yearly
        ],
        "releases/albums_by_year_linear": [
            {"release_year": y, "computed_share": n / 40, "published_share": n / 41, "is_partial": last}
            for y, last, n in yearly
        ],
        "releases/tracks_by_year": [
            {"release_year": y, "track_count": 10**n, "track_share": n / 40, "is_partial": last}
            for y, last, n in yearly
        ],
        "releases/albums_by_size": [
            {"size_band": band, "size_order": rank, "album_count": 900 - rank, "album_share": 0.5 / (rank + 1)}
            for rank, band in enumerate(SIZES)
        ],
        "releases/types_by_year": [
            {"release_year": y, "counted": counted, "album_type": kind, "type_share": share / n, "counted_count": 9}
            for (y, _, n), counted, (kind, share) in product(
                yearly, ("albums", "tracks"), (("single", 0.4), ("album", 0.9), ("compilation", 0.1))
            )
        ],
        "releases/artists_by_releases": [
            {"release_year": y, "releases_band": band, "band_order": rank, "artist_count": 10 ** (n - rank + 3)}
            for (y, _, n), (rank, band) in product(yearly, enumerate(MAKERS))
        ],
        "releases/prolific": [
            {"release_year": y, "album_count": 900, "prolific_count": n, "prolific_share": n / 90} for y, _, n in yearly
        ],
    }


ROWS = small_rows()
MEASURES = re.compile(r"_(count|share|index|mean|s)$|^(correlation|mean_valence)$")


def draw(figure: str, rows: Rows, frame: Frame) -> svg.Rendered:
    finding, name = figure.split("/")
    return svg.draw(getattr(import_module(f"report.charts.{finding}"), name), pa.Table.from_pylist(rows), frame, figure)


def measures(rows: Rows) -> list[str]:
    return [column for column in rows[0] if MEASURES.search(column) and column != "duration_s"]


def changed(rows: Rows, columns: list[str], value: Any) -> Rows:
    return [{key: value if key in columns else old for key, old in row.items()} for row in rows]


def hard_cases() -> Iterator[tuple[str, str, Rows]]:
    """Figure, what is hard, and the rows."""
    for figure, rows in ROWS.items():
        columns = measures(rows)
        yield figure, "one row", rows[:1]
        yield figure, "all values missing", changed(rows, columns, None)
        yield figure, "all values zero", changed(rows, columns, 0)
        texts = [column for column, value in rows[0].items() if isinstance(value, str)]
        if texts:
            yield figure, "empty words", changed(rows[:1], texts, "")
        counts = [column for column in columns if column.endswith("_count")]
        if counts:
            yield figure, "huge counts", changed(rows, counts, 256_000_000)
        for basis in ("computed", "published"):
            own = [column for column in columns if column.startswith(f"{basis}_")]
            if own:
                yield figure, f"nothing {basis}", changed(rows, own, None)


def check(rendered: svg.Rendered, frame: Frame) -> None:
    assert rendered.width == frame.width
    assert f'width="{frame.width}" height="{rendered.height}"' in rendered.plain
    for text in (rendered.themed, rendered.plain):
        assert not re.search(r"NaN|undefined|Infinity|None|null", text)


@pytest.mark.parametrize("figure", ROWS)
@pytest.mark.parametrize("is_narrow", [False, True], ids=["wide", "narrow"])
def test_specification_is_valid_vega_lite(figure: str, is_narrow: bool) -> None:
    finding, name = figure.split("/")
    frame = Frame(is_narrow=is_narrow)
    chart = getattr(import_module(f"report.charts.{finding}"), name)(pa.Table.from_pylist(ROWS[figure]), frame)
    assert isinstance(chart, alt.TopLevelMixin)
    chart.to_dict(validate=True)
    check(svg.render(chart, frame, figure), frame)


@pytest.mark.parametrize("figure", [figure for figure, rows in ROWS.items() if "published" in str(rows[0])])
def test_published_is_the_point_of_a_synthetic_edition(figure: str) -> None:
    for is_narrow in (False, True):
        real = draw(figure, ROWS[figure], Frame(is_narrow=is_narrow)).plain
        synthetic = draw(figure, ROWS[figure], Frame(is_narrow=is_narrow, is_synthetic=True)).plain
        bold = {
            name: re.findall(r'font-weight="bold"[^>]*>([^<]*(?:Computed|Mean|Published|published)[^<]*)<', text)
            for name, text in (("real", real), ("synthetic", synthetic))
        }
        assert any("ublished" not in word for word in bold["real"])
        assert any("ublished" in word for word in bold["synthetic"])


@pytest.mark.parametrize(
    ("figure", "case", "rows"), list(hard_cases()), ids=lambda value: value if type(value) is str else ""
)
def test_hard_rows_are_drawn(figure: str, case: str, rows: Rows) -> None:
    frame = Frame(is_narrow=len(figure + case) % 2 == 0, is_synthetic=len(case) % 2 == 0)
    check(draw(figure, rows, frame), frame)


def test_rows_are_made_safe() -> None:
    table = pa.table({"a": [Decimal("1.5"), None], "b": [float("nan"), float("inf")], "c": ["x\x00\x1b", ""]})
    assert series.records(table) == [{"a": 1.5, "b": None, "c": "x"}, {"a": None, "b": None, "c": ""}]


def test_years_without_a_row_are_gaps() -> None:
    rows = [
        {"release_year": 2000, "n": 1},
        {"release_year": 2002, "n": 3},
        {"release_year": 2003, "n": 4, "is_partial": True},
    ]
    whole, unfinished = series.yearly(rows, "n")
    assert list(whole) == [(2000, 1), (2001, None), (2002, 3)]
    assert list(unfinished) == [(2003, 4)]


def test_only_a_series_last_year_is_partial() -> None:
    rows = [
        {"release_year": 2020, "mine": 1, "theirs": 5, "is_partial": True},
        {"release_year": 2021, "mine": None, "theirs": 6, "is_partial": False},
    ]
    assert [list(part) for part in series.yearly(rows, "mine")] == [[(2021, None)], [(2020, 1)]]
    assert [list(part) for part in series.yearly(rows, "theirs")] == [[(2020, 5), (2021, 6)], []]


def test_partial_years_are_named() -> None:
    for figure in ("releases/albums_by_year", "releases/albums_by_year_linear", "releases/tracks_by_year"):
        whole = [row | {"is_partial": False} for row in ROWS[figure]]
        assert ">partial<" in draw(figure, ROWS[figure], Frame()).plain
        assert ">partial<" not in draw(figure, whole, Frame()).plain
    for figure in ("releases/prolific", "releases/artists_by_releases"):
        rows = [row | {"is_partial": row["release_year"] == 2025} for row in ROWS[figure]]
        assert ">partial<" in draw(figure, rows, Frame()).plain


def test_log_axes_say_so() -> None:
    for figure in (
        "long_tail/popularity",
        "long_tail/bands",
        "releases/albums_by_year",
        "releases/artists_by_releases",
    ):
        assert re.search(r"[, ]log[ <]", draw(figure, ROWS[figure], Frame(is_narrow=True)).plain)


def test_ticks_are_round_and_inside() -> None:
    scale = scales.linear([3, 97], 300, words.plain)
    assert scale.ticks == (0, 20, 40, 60, 80, 100)
    assert scale.labels[-1] == "100"
    assert scales.linear([5.0, 5.0], 300, words.plain, has_zero=False).high > 5
    assert scales.log([1, 1000], 300, words.plain).ticks == (1, 10, 100, 1000)
    assert scales.log([], 300, words.plain).ticks
    assert scales.years([2020], 300).labels == ("2020",)
    assert scales.years(range(1900, 2026), 600).ticks[:2] == (1900, 1920)


def test_numbers_as_charts_write_them() -> None:
    wide, narrow = Frame(), Frame(is_narrow=True)
    assert [words.count(wide)(value) for value in (0, 500, 1000, 2_500_000)] == ["0", "500", "1,000", "2.5 million"]
    assert [words.count(narrow)(value) for value in (0, 1500, 100_000, 1e9)] == ["0", "1.5k", "100k", "1bn"]
    assert words.percent(0.0004) == "<0.1%"
    assert words.percent(0.0) == "0%"
    assert words.percent(None) == "—"
    assert words.percent_tick(0.025) == "2.5%"
    assert words.clock(192.6) == "3:13"
    assert words.amount(243_591_243, narrow) == "243.6m"


def test_end_names_keep_apart() -> None:
    places = notes.spread([10, 12, 11, 90, 99, 99], 16, 0, 100)
    ordered = sorted(places)
    assert all(after - before >= 15.9 for before, after in pairwise(ordered))
    assert max(places) <= 100
    assert places[0] < places[2] < places[1]


def test_names_stand_clear_of_other_lines() -> None:
    frame = Frame()
    y = scales.fixed(0, 1, (0, 1), 200, words.plain)
    x = scales.fixed(0, 1, (0, 1), 400, words.plain)
    low = [(step / 20, 0.2) for step in range(21)]
    high = [(step / 20, 0.8) for step in range(21)]
    first, second = notes.name_beside(Plane(frame, x, y), [("low", "#000", low), ("high", "#000", high)])
    assert abs(first.y - 160) < 25
    assert abs(second.y - 40) < 25
