"""What single charts promise: axes that say what they are, years that are not over, numbers as they are written."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from itertools import pairwise

import pyarrow as pa
import pytest
from building import ROOT
from drawing import changed, check, draw, texts_of
from rows import AGES, ROWS, TIERS

from report.charts.forms.ranking import valued_rows
from report.charts.forms.ranks import _rows, slopes
from report.charts.forms.trends import decades
from report.charts.toolkit import notes, scales, series, svg, words
from report.charts.toolkit.plane import Plane
from report.charts.toolkit.theme import Variant
from report.core import numbers


def test_rows_are_made_safe() -> None:
    table = pa.table({"a": [Decimal("1.5"), None], "b": [float("nan"), float("inf")], "c": ["x\x00\x1b", ""]})
    assert series.records(table) == [{"a": 1.5, "b": None, "c": "x"}, {"a": None, "b": None, "c": ""}]


def test_a_share_is_written_as_in_a_sentence() -> None:
    shares = [k / 100_000 for k in range(100_001)]
    # A tenth of a per cent between two steps is where binary and decimal rounding part.
    halves = [share for k, share in enumerate(shares) if k % 100 == 50 or k % 1000 in (1, 49, 51, 999)]
    spec = json.dumps(valued_rows(Variant(), [""] * len(halves), halves, "").to_dict())
    drawn = [json.loads(text) for text in re.findall(r'"t": ("[^"]*%")', spec)]
    # Each word is drawn twice, its halo first.
    assert drawn == 2 * [numbers.percent(share) for share in halves]
    assert {"0.2%", "52.9%", ">99.9%", "<0.1%"} <= set(drawn)
    assert [numbers.percent_short(k / 10_000) for k in (0, 15, 5285, 9999, 10_000)] == [
        "0%", "0.15%", "52.85%", "99.99%", "100%",
    ]  # fmt: skip


def test_no_chart_formats_a_number_of_its_own() -> None:
    # svg.py and scales.py round coordinates and ticks, which are numbers still.
    files = [path for path in (ROOT / "report/charts").rglob("*.py") if path.name not in ("svg.py", "scales.py")]
    assert len(files) > 20
    own = re.compile(r":[,+]?\.?\d*[fge%]\}|%B|%b|format=|\bround\(share")
    assert [f"{path.name}: {found}" for path in files for found in own.findall(path.read_text("utf-8"))] == []


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
        {"release_year": 2020, "mine": 1, "theirs": 5, "is_partial": True, "is_published_partial": False},
        {"release_year": 2021, "mine": None, "theirs": 6, "is_partial": False, "is_published_partial": True},
    ]
    assert [list(part) for part in series.yearly(rows, "mine")] == [[(2021, None)], [(2020, 1)]]
    assert [list(part) for part in series.yearly(rows, "theirs")] == [[(2020, 5), (2021, 6)], []]
    assert [list(part) for part in series.yearly(rows, "theirs", "is_published_partial")] == [[(2020, 5)], [(2021, 6)]]


def test_partial_years_are_named() -> None:
    for figure in ("releases/albums_by_year", "releases/albums_by_year_linear", "releases/tracks_by_year"):
        whole = [row | {"is_partial": False, "is_published_partial": False} for row in ROWS[figure]]
        assert ">partial<" in draw(figure, ROWS[figure], Variant()).plain
        assert ">partial<" not in draw(figure, whole, Variant()).plain
    for figure in ("releases/prolific", "releases/artists_by_releases"):
        rows = [row | {"is_partial": row["release_year"] == 2025} for row in ROWS[figure]]
        assert ">partial<" in draw(figure, rows, Variant()).plain


def test_log_axes_say_so() -> None:
    for figure in (
        "long_tail/popularity",
        "long_tail/bands",
        "releases/albums_by_year",
        "releases/artists_by_releases",
    ):
        assert re.search(r"[, ]log[ <]", draw(figure, ROWS[figure], Variant(is_narrow=True)).plain)


def test_ticks_are_round_and_inside() -> None:
    scale = scales.linear([3, 97], 300, numbers.short)
    assert scale.ticks == (0, 20, 40, 60, 80, 100)
    assert scale.labels[-1] == "100"
    assert scales.linear([5.0, 5.0], 300, numbers.short, has_zero=False).high > 5
    assert scales.log([1, 1000], 300, numbers.short).ticks == (1, 10, 100, 1000)
    assert scales.log([], 300, numbers.short).ticks
    assert scales.years([2020], 300).labels == ("2020",)
    assert scales.years(range(1900, 2026), 600).ticks[:2] == (1900, 1920)


def test_numbers_as_charts_write_them() -> None:
    wide, narrow = Variant(), Variant(is_narrow=True)
    assert [words.count(wide)(value) for value in (0, 500, 1000, 2_500_000)] == ["0", "500", "1,000", "2.5 million"]
    assert [words.count(narrow)(value) for value in (0, 1500, 100_000, 1e9)] == ["0", "1.5k", "100k", "1bn"]
    assert numbers.percent_short(0.025) == "2.5%"
    assert words.amount(None, wide) == "—"
    assert words.amount(1_250_000, narrow) == "1.3m"
    assert words.amount(243_591_243, narrow) == "243.6m"


def test_end_names_keep_apart() -> None:
    places = notes.spread([10, 12, 11, 90, 99, 99], 16, 0, 100)
    ordered = sorted(places)
    assert all(after - before >= 15.9 for before, after in pairwise(ordered))
    assert max(places) <= 100
    assert places[0] < places[2] < places[1]


def test_names_stand_clear_of_other_lines() -> None:
    variant = Variant()
    y = scales.fixed(0, 1, (0, 1), 200, numbers.short)
    x = scales.fixed(0, 1, (0, 1), 400, numbers.short)
    low = [(step / 20, 0.2) for step in range(21)]
    high = [(step / 20, 0.8) for step in range(21)]
    first, second = notes.name_beside(Plane(variant, x, y), [("low", "#000", low), ("high", "#000", high)])
    assert abs(first.y - 160) < 25
    assert abs(second.y - 40) < 25


@pytest.mark.parametrize("figure", ["popularity/by_age", "similarity/composition", "markets/extremes"])
def test_the_same_rows_give_the_same_picture(figure: str) -> None:
    first = draw(figure, ROWS[figure], Variant())
    draw("popularity/spread", ROWS["popularity/spread"], Variant())
    assert draw(figure, ROWS[figure], Variant()) == first


def test_log_scales_of_numbers_say_so() -> None:
    by_number = ("versions/recordings_by_tracks", "versions/tracks_by_tracks", "versions/albums_per_upc")
    for figure in ("popularity/by_age", *by_number):
        assert "log scale" in draw(figure, ROWS[figure], Variant(is_narrow=True)).plain


def test_a_log_axis_of_shares_ends_at_the_whole() -> None:
    rows = changed(changed(ROWS["popularity/by_age"], ["ge_30_share"], 0.8), ["ge_50_share"], 0.3)
    assert set(re.findall(r">(\d+%)<", draw("popularity/by_age", rows, Variant()).plain)) == {"20%", "50%", "100%"}


def test_an_axis_that_begins_above_zero_says_so() -> None:
    for figure in ("markets/by_market", "markets/extremes"):
        assert "axis from " in draw(figure, ROWS[figure], Variant(is_narrow=True)).plain
        whole = changed(ROWS[figure][:-1], [], None) + changed(ROWS[figure][-1:], ["all_share", "popular_share"], 0.0)
        assert "axis from " not in draw(figure, whole, Variant(is_narrow=True)).plain


def test_marked_points_hold_all_that_is_further_apart() -> None:
    rows = [
        {"popularity_spread": points, "recording_count": 1, "recording_share": share}
        for points, share in ((0, 0.5), (9, 0.2), (10, 0.1), (20, 0.15), (60, 0.05))
    ]
    text = draw("popularity/spread", rows, Variant()).plain
    assert ">30.0% at 10 or more<" in text
    assert ">20.0% at 20 or more<" in text
    assert ">50.0% the same<" in text


def test_days_that_are_no_days_are_left_out() -> None:
    rows = ROWS["popularity/fetch_days"]
    bad = [rows[0] | {"fetched_day": day} for day in ("", "2025-13-01", "0000-00-00", None)]
    assert (
        draw("popularity/fetch_days", rows + bad, Variant()).plain
        == draw("popularity/fetch_days", rows, Variant()).plain
    )
    far = [rows[0] | {"fetched_day": day} for day in ("0001-01-01", "9999-12-31")]
    check(draw("popularity/fetch_days", far, Variant()), Variant())


def test_empty_cells_stay_empty() -> None:
    text = draw("explicit/by_decade_and_tier", ROWS["explicit/by_decade_and_tier"], Variant()).plain
    assert text.count(">1970s<") == 1
    assert "–<" not in text


def test_parts_of_a_whole_are_named_once() -> None:
    text = draw("popularity/tier_ages", ROWS["popularity/tier_ages"], Variant(is_narrow=True)).plain
    assert all(text.count(f">{age}<") == 1 for age in AGES)
    assert text.count(">20%<") == len(TIERS) * len(AGES)


def test_log_ticks_between_powers() -> None:
    fine = scales.log([0.002, 0.05], 300, numbers.percent_short, multiples=(1, 2, 5))
    assert fine.labels == ("0.2%", "0.5%", "1%", "2%", "5%")
    assert (
        scales.log([1, 1e9], 300, numbers.short, multiples=(1, 2, 5)).ticks
        == scales.log([1, 1e9], 300, numbers.short).ticks
    )


def test_main_series_orders_the_genres() -> None:
    rows = [
        {"genre": "mine", "computed_count": 2345, "published_count": None},
        {"genre": "both", "computed_count": 1234, "published_count": 654},
        {"genre": "theirs", "computed_count": None, "published_count": 987},
    ]
    for is_synthetic, order in ((False, ["2,345", "1,234"]), (True, ["987", "654"])):
        texts = texts_of(draw("genres/by_artists", rows, Variant(is_synthetic=is_synthetic)))
        assert [text for text in texts if text in order] == order


def test_rounded_published_counts_are_written_so() -> None:
    rows = [{"genre": "jazz", "computed_count": 1_234_567, "published_count": 2_000_000.0}]
    assert {"1,234,567", "2 million"} <= set(texts_of(draw("genres/by_tracks", rows, Variant())))


def test_the_end_of_the_data_is_marked_only_within_the_months() -> None:
    rows = ROWS["ai_flood/deezer"]
    texts = " ".join(texts_of(draw("ai_flood/deezer", rows, Variant())))
    assert re.search(r"Data here ends,\s*Jul 2025", texts)
    assert re.search(r"between 18% and 28%", texts)
    for end in ("2019-02", "2030-01", None):
        elsewhere = changed(rows, ["end_month"], end)
        assert "Data here ends" not in " ".join(texts_of(draw("ai_flood/deezer", elsewhere, Variant(is_narrow=True))))


def test_markers_that_no_title_carries_say_so() -> None:
    rows = changed(ROWS["ai_flood/markers"], ["marker_share"], 0)
    assert "none" in texts_of(draw("ai_flood/markers", rows, Variant()))
    assert "none" not in texts_of(draw("ai_flood/markers", ROWS["ai_flood/markers"], Variant()))


def test_scales_that_differ_are_said() -> None:
    for is_narrow in (False, True):
        assert any(
            "own scale" in text
            for text in texts_of(draw("ai_flood/markers", ROWS["ai_flood/markers"], Variant(is_narrow)))
        )
        for figure in ("genres/by_artists", "genres/by_tracks", "ai_flood/marker_counts"):
            assert re.search(r"[, ]log[ <]", draw(figure, ROWS[figure], Variant(is_narrow)).plain)


def test_far_ranks_keep_their_numbers() -> None:
    places = {f"genre {rank}": rank for rank in (1, 30, 31, 40, 371)}
    chart = slopes(Variant(), ["By a", "By b"], [places, dict(places)], "Rank")
    texts = " ".join(texts_of(svg.render(chart, Variant(), "genres/ranks")))
    assert "31+" in texts
    assert re.search(r"371\s+genre 371", texts)


def test_names_that_tie_have_a_row_each() -> None:
    assert _rows({"a": 2, "b": 1, "c": 2, "d": 4, "e": 31, "f": 30, "g": 30}) == {
        "b": 1, "a": 2, "c": 3, "d": 4, "f": 30, "g": 32, "e": 33,
    }  # fmt: skip


def test_rare_statuses_are_summed() -> None:
    wide, narrow = (
        texts_of(draw("preservation/by_tier", ROWS["preservation/by_tier"], Variant(n))) for n in (False, True)
    )
    assert wide.count("40.0") == len(TIERS)
    assert narrow.count("80.0") == len(TIERS)
    assert "success" not in wide or "40.0" in wide


def test_decades_have_no_holes() -> None:
    assert decades([{"release_decade": 1990}, {"release_decade": 1960}]) == [1960, 1970, 1980, 1990]
    assert decades([]) == []
    texts = texts_of(draw("heritage/by_decade", ROWS["heritage/by_decade"], Variant()))
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
