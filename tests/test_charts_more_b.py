"""Charts of genres, labels, heritage and the flood: valid at both widths, and a picture whatever the rows hold."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from typing import Any

import altair as alt
import pyarrow as pa
import pytest

from report.charts import svg, words
from report.charts.ranks import slopes
from report.charts.theme import Frame
from report.charts.trends import decades

Rows = list[dict[str, Any]]

TIERS = ("0", "1–9", "10–29")
YEARS = (2005, 2010, 2011, 2024)
DECADES = (1950, 1980, 1990, 2020)
GENRES = ("opera", "choral", "children's music", "progressive trance", "lo-fi")
MEASURES = re.compile(r"_(count|share|index|growth|bump|popularity)$")
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


def small_rows() -> dict[str, Rows]:
    """A few rows of every figure, with its columns."""

    def both(rank: int) -> dict[str, Any]:
        return {"computed_count": 10 ** (rank + 1), "computed_share": 0.1, "published_count": 9 * 10 ** (rank + 2)}

    genres = list(enumerate(GENRES, 1))
    years = list(enumerate(YEARS, 1))
    return {
        "ai_flood/deezer": [
            {"month": month, "ai_tracks_per_day": 10000, "delivery_share": share}
            for month, share in (("2025-01", 0.1), ("2025-04", 0.18), ("2025-09", 0.28), ("2025-11", 0.34))
        ],
        "ai_flood/growth": [
            {"release_year": y, "computed_growth": n / 9 - 0.2, "published_growth": n / 10} for n, y in years
        ],
        "ai_flood/zero_share": [{"release_year": y, "zero_share": n / 5, "track_count": 2000} for n, y in years],
        "ai_flood/markers": [
            {"marker": marker, "marker_order": rank, "release_year": y, "marker_share": n / 99, "track_count": 9}
            for (rank, marker), (n, y) in product(enumerate(("sped up", "8D", "rain")), years)
        ],
        "ai_flood/marker_counts": [
            {"marker": m, "marker_order": n, "track_count": n * 100, "marker_share": 0.01, "pattern": m, "note": ""}
            for n, m in enumerate(("sped up", "8D", "rain"))
        ],
        "ai_flood/same_length": [
            {"release_year": y, "same_length_share": 0.1 / n, "album_count": 900} for n, y in years
        ],
        "heritage/by_decade": [
            {"release_decade": d, "track_group": group, "track_count": 9, "decade_share": 0.1 * n}
            for (n, d), group in product(enumerate(DECADES), ("all tracks", "popularity 30 or more"))
        ],
        "heritage/availability": [
            {"release_decade": d, "unavailable_share": n / 9, "track_count": 900} for n, d in enumerate(DECADES)
        ],
        "heritage/reissue_gap": [
            {"release_decade": d, "gap_band": band, "band_order": rank, "gap_share": 0.3 / (rank + 1), "track_count": 9}
            for d, (rank, band) in product(DECADES, enumerate(("code is later", "same year", "10 years or more")))
        ],
        "heritage/date_precision": [
            {"release_decade": d, "date_precision": p, "precision_order": 1, "precision_share": s, "album_count": 9}
            for d, (p, s) in product(DECADES, (("day", 0.7), ("month", 0.05), ("year", 0.25)))
        ],
        "heritage/round_years": [
            {"release_year": y, "computed_bump": 1 + n / 9, "published_bump": 1.5 - n / 9} for n, y in years
        ],
        "genres/by_artists": [{"genre": g, "genre_order": n, **both(n)} for n, g in genres],
        "genres/by_tracks": [{"genre": g, "genre_order": n, **both(n), "published_share": 0.1} for n, g in genres],
        "genres/by_followers": [
            {"genre": g, "genre_order": n, "followers_count": 9_000_000 // n, "followers_share": 0.3 / n}
            for n, g in genres
        ],
        "genres/ranks": [
            {"genre": g, "counted": counted, "counted_order": rank, "genre_rank": n**rank}
            for (rank, counted), (n, g) in product(enumerate(("artists", "tracks", "followers"), 1), genres)
        ],
        "genres/coverage": [
            {"unit": unit, "unit_order": n, "without_share": n / 4, "without_count": 10**n}
            for n, unit in enumerate(("artists", "tracks", "followers"), 1)
        ],
        "genres/popularity": [
            {"genre": g, "genre_order": n, "median_popularity": 50 - n, "artist_count": 90} for n, g in genres
        ],
        "genres/groups": [{"genre_group": g, "group_order": n, "published_count": 520075 // n} for n, g in genres],
        "genres/mean_popularity": [
            {"genre": g, "genre_order": n, "published_mean_popularity": 23.53 - n} for n, g in genres
        ],
        "labels/largest": [
            {"label": f"Label {n}", "label_order": n, "track_count": 5000 // n, "track_share": 0.1 / n}
            for n in range(1, 6)
        ],
        "labels/concentration": [
            {
                "release_year": y,
                "largest": largest,
                "largest_order": rank,
                "track_share": 0.9 - n / 9 - rank / 9,
                "track_count": 9,
                "label_count": 9,
            }
            for (n, y), (rank, largest) in product(years, enumerate(("10 largest", "100 largest", "1,000 largest")))
        ],
        "labels/hhi": [{"release_year": y, "concentration_index": 0.01 / n, "track_count": 2000} for n, y in years],
        "labels/self_named": [
            {"release_year": y, "name_kind": kind, "album_share": n / 9, "album_count": 900}
            for (n, y), kind in product(years, ("artist’s own name", "distributor’s default"))
        ],
        "playlists/by_playlists": [
            {"playlist_band": band, "band_order": n, "track_count": 1000 - n, "track_share": 0.7 / (n + 1)}
            for n, band in enumerate(("none", "1", "over 1,000"))
        ],
        "playlists/none_by_tier": [
            {"popularity_tier": tier, "tier_order": n, "none_share": 0.5 / (n + 1), "track_count": 9}
            for n, tier in enumerate(TIERS)
        ],
        "playlists/sizes": [
            {"size_band": band, "band_order": n, "playlist_count": 1000 - n, "playlist_share": 0.7 / (n + 1)}
            for n, band in enumerate(("empty", "1–10", "over 1,000"))
        ],
        "preservation/by_tier": [
            {"popularity_tier": tier, "tier_order": n, "status": status, "status_share": 0.2, "track_count": 9}
            for (n, tier), status in product(
                enumerate(TIERS), ("success", "error_not_available", "a", "b", "c", "d", "e")
            )
        ],
        "preservation/by_decade": [
            {"release_decade": d, "status": status, "status_share": 0.5, "track_count": 9}
            for d, status in product(DECADES, ("success", "error_has_replacement"))
        ],
        "preservation/arithmetic": [
            {"denominator": name, "denominator_order": n, "published_share": 0.37 - n / 50}
            for n, name in enumerate(("announced", "of all tracks", "of announced recordings"))
        ],
        "long_tail/luminate": [
            {"report_year": y, "track_count": 202_000_000, "low_stream_share": 0.87} for y in (2024, 2025)
        ],
    }


ROWS = small_rows()
NAMES = ("label", "genre", "status", "marker", "genre_group", "playlist_band", "size_band", "denominator", "unit")


def draw(figure: str, rows: Rows, frame: Frame) -> svg.Rendered:
    finding, name = figure.split("/")
    return svg.draw(getattr(import_module(f"report.charts.{finding}"), name), pa.Table.from_pylist(rows), frame, figure)


def changed(rows: Rows, columns: list[str], value: Any) -> Rows:
    return [{key: value if key in columns else old for key, old in row.items()} for row in rows]


def hard_cases() -> Iterator[tuple[str, str, Rows]]:
    """Figure, what is hard, and the rows."""
    for figure, rows in ROWS.items():
        columns = [column for column in rows[0] if MEASURES.search(column)]
        counts = [column for column in columns if column.endswith("_count")]
        yield figure, "one row, huge counts", changed(rows[:1], counts, 256_000_000)
        yield figure, "all values missing", changed(rows, columns, None)
        yield figure, "all values zero", changed(rows, columns, 0)
        for basis in ("computed", "published"):
            own = [column for column in columns if column.startswith(f"{basis}_")]
            if own:
                yield figure, f"nothing {basis}", changed(rows, own, None)


def check(rendered: svg.Rendered, frame: Frame) -> None:
    assert rendered.width == frame.width
    assert f'width="{frame.width}" height="{rendered.height}"' in rendered.plain
    for text in (rendered.themed, rendered.plain):
        assert not re.search(r"NaN|undefined|Infinity|None|null", text)


def texts_of(rendered: svg.Rendered) -> list[str]:
    return [text for text in ET.fromstring(rendered.plain).itertext() if text.strip()]


@pytest.mark.parametrize("figure", ROWS)
@pytest.mark.parametrize("is_narrow", [False, True], ids=["wide", "narrow"])
def test_specification_is_valid_vega_lite(figure: str, is_narrow: bool) -> None:
    finding, name = figure.split("/")
    frame = Frame(is_narrow=is_narrow)
    chart = getattr(import_module(f"report.charts.{finding}"), name)(pa.Table.from_pylist(ROWS[figure]), frame)
    assert isinstance(chart, alt.TopLevelMixin)
    chart.to_dict(validate=True)
    if is_narrow == (len(figure) % 2 == 0):
        check(svg.render(chart, frame, figure), frame)


@pytest.mark.parametrize(
    ("figure", "case", "rows"), list(hard_cases()), ids=lambda value: value if type(value) is str else ""
)
def test_hard_rows_are_drawn(figure: str, case: str, rows: Rows) -> None:
    frame = Frame(is_narrow=len(figure + case) % 2 == 0, is_synthetic=len(case) % 2 == 0)
    check(draw(figure, rows, frame), frame)


@pytest.mark.parametrize("figure", [figure for figure, rows in ROWS.items() if set(NAMES) & set(rows[0])])
def test_hostile_names_stay_words(figure: str) -> None:
    name = next(column for column in NAMES if column in ROWS[figure][0])
    rows = [ROWS[figure][0] | {name: text} for text in HOSTILE]
    frame = Frame(is_narrow=len(figure) % 2 == 0)
    rendered = draw(figure, rows, frame)
    check(rendered, frame)
    assert draw(figure, rows, frame) == rendered
    assert "<script" not in rendered.themed
    texts = texts_of(rendered)
    assert any("…" in text for text in texts) or figure.startswith("preservation/")
    assert max(map(len, texts)) < 120
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", rendered.themed)


@pytest.mark.parametrize("figure", ["ai_flood/growth", "genres/by_artists", "genres/by_tracks", "heritage/round_years"])
def test_published_is_the_point_of_a_synthetic_edition(figure: str) -> None:
    for is_narrow, is_synthetic in product((False, True), (False, True)):
        plain = draw(figure, ROWS[figure], Frame(is_narrow=is_narrow, is_synthetic=is_synthetic)).plain
        bold = re.findall(r'font-weight="bold"[^>]*>([^<]*(?:Computed|Published)[^<]*)<', plain)
        assert ("Published" if is_synthetic else "Computed") in bold


def test_main_series_orders_the_genres() -> None:
    rows = [
        {"genre": "mine", "computed_count": 2345, "published_count": None},
        {"genre": "both", "computed_count": 1234, "published_count": 654},
        {"genre": "theirs", "computed_count": None, "published_count": 987},
    ]
    for is_synthetic, order in ((False, ["2,345", "1,234"]), (True, ["987", "654"])):
        texts = texts_of(draw("genres/by_artists", rows, Frame(is_synthetic=is_synthetic)))
        assert [text for text in texts if text in order] == order


def test_rounded_published_counts_are_written_so() -> None:
    rows = [{"genre": "jazz", "computed_count": 1_234_567, "published_count": 2_000_000.0}]
    assert {"1,234,567", "2 million"} <= set(texts_of(draw("genres/by_tracks", rows, Frame())))


def test_cutoff_is_marked_only_within_the_months() -> None:
    rows = ROWS["ai_flood/deezer"]
    texts = " ".join(texts_of(draw("ai_flood/deezer", rows, Frame())))
    assert re.search(r"Archive ends,\s*July 2025", texts)
    assert re.search(r"between 18% and 28%", texts)
    assert "Archive ends" not in " ".join(texts_of(draw("ai_flood/deezer", rows[-2:], Frame())))


def test_markers_that_no_title_carries_say_so() -> None:
    rows = changed(ROWS["ai_flood/markers"], ["marker_share"], 0)
    assert "none" in texts_of(draw("ai_flood/markers", rows, Frame()))
    assert "none" not in texts_of(draw("ai_flood/markers", ROWS["ai_flood/markers"], Frame()))


def test_scales_that_differ_are_said() -> None:
    for is_narrow in (False, True):
        assert any(
            "own scale" in text
            for text in texts_of(draw("ai_flood/markers", ROWS["ai_flood/markers"], Frame(is_narrow)))
        )
        for figure in ("genres/by_artists", "genres/by_tracks", "ai_flood/marker_counts"):
            assert re.search(r"[, ]log[ <]", draw(figure, ROWS[figure], Frame(is_narrow)).plain)


def test_far_ranks_keep_their_numbers() -> None:
    places = {f"genre {rank}": rank for rank in (1, 30, 31, 40, 371)}
    chart = slopes(Frame(), ["By a", "By b"], [places, dict(places)], "Rank")
    texts = " ".join(texts_of(svg.render(chart, Frame(), "genres/ranks")))
    assert "31+" in texts
    assert re.search(r"371\s+genre 371", texts)


def test_rare_statuses_are_summed() -> None:
    wide, narrow = (
        texts_of(draw("preservation/by_tier", ROWS["preservation/by_tier"], Frame(n))) for n in (False, True)
    )
    assert wide.count("40.0") == len(TIERS)
    assert narrow.count("80.0") == len(TIERS)
    assert "success" not in wide or "40.0" in wide


def test_decades_have_no_holes() -> None:
    assert decades([{"release_decade": 1990}, {"release_decade": 1960}]) == [1960, 1970, 1980, 1990]
    assert decades([]) == []
    texts = texts_of(draw("heritage/by_decade", ROWS["heritage/by_decade"], Frame()))
    assert "1960s" in texts


def test_names_are_cut_and_wrapped() -> None:
    assert words.cut("Sony", 100) == "Sony"
    assert words.cut("", 100) == "—"
    assert words.text_width(words.cut("W" * 500, 100)) <= 100
    assert len(words.cut("\u0301" * 500, 100)) <= 82
    assert words.cut("a\u202eb", 100) == "ab"
    assert words.text_width("日本") > words.text_width("xx")
    assert words.wrapped("error not available", 60).split("\n") == ["error not", "available"]
    assert all(words.text_width(line) <= 40 for line in words.wrapped("W" * 60 + " b c d e f g h", 40).split("\n"))
