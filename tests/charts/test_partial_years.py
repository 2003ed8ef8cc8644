"""The year of the snapshot isn't over: in every figure by release year its line is dashed, and the image says so."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest
from drawing import worded
from small_site import HISTOGRAM

from report.cache.store import Store
from report.charts import explicit, labels
from report.charts.toolkit import svg
from report.charts.toolkit.theme import PARTIAL_DASH, Variant
from report.core.progress import Progress
from report.figures.pictures import Pictures
from report.warehouse.edition import Edition, last_full_year

YEARS = [{"release_year": 2020 + at, "concentration_index": 0.1 / (at + 1), "track_count": 9} for at in range(6)]
SHARES = [{"release_year": 2020 + at, "computed_share": 0.1, "published_share": 0.1} for at in range(6)]


def named(variant: Variant, chart) -> Variant:
    return worded(variant, f"{chart.__module__.rpartition('.')[2]}/{chart.__name__}")


def drawn(chart, rows: list[dict], variant: Variant) -> str:
    return svg.draw(chart, pa.Table.from_pylist(rows), named(variant, chart), "a/b").plain


def dashes(chart, rows: list[dict], variant: Variant) -> int:
    spec = json.dumps(chart(pa.Table.from_pylist(rows), named(variant, chart)).to_dict(validate=False))
    return spec.count(f'"strokeDash": {list(PARTIAL_DASH)}')


@pytest.mark.parametrize("is_narrow", [False, True])
def test_a_last_year_that_is_not_over_is_dashed_and_named(is_narrow: bool) -> None:
    variant = Variant(is_narrow, partial_year=2025)
    assert dashes(labels.hhi, YEARS, variant) == 1
    assert dashes(explicit.by_year, SHARES, Variant(is_narrow, is_synthetic=True, partial_year=2025)) == 2
    assert "Dashed: 2025 is not complete." in drawn(labels.hhi, YEARS, variant)
    assert "in 2025, partial" in drawn(labels.hhi, YEARS, variant)


@pytest.mark.parametrize("year", [None, 2024, 2026])
def test_no_other_year_is(year: int | None) -> None:
    variant = Variant(partial_year=year)
    assert dashes(labels.hhi, YEARS, variant) == 0
    assert "Dashed" not in drawn(labels.hhi, YEARS, variant)


def test_only_the_invented_is_described_as_invented() -> None:
    assert "<desc>" not in drawn(labels.hhi, YEARS, Variant(partial_year=2025))
    both = drawn(labels.hhi, YEARS, Variant(is_synthetic=True, partial_year=2025))
    assert both.index("Dashed: 2025") < both.index("Synthetic edition", both.index("</desc>"))


def test_one_year_alone_is_a_hollow_dot() -> None:
    picture = drawn(labels.hhi, YEARS[-1:], Variant(partial_year=2025))
    assert "stroke-dasharray" not in picture
    assert "in 2025, partial" in picture


@pytest.mark.parametrize(
    ("as_of", "year"), [("2025-07-14", 2025), ("2025-12-31", None), ("2025-12-30", 2025), (None, None)]
)
def test_the_year_of_an_edition(as_of: str | None, year: int | None) -> None:
    manifest = {"as_of": as_of, "snapshot_year": 2025, "kind": "archive"}
    manifest["last_full_year"] = last_full_year(manifest)
    assert Edition(Path(), manifest, {}, "").partial_year == year
    assert manifest["last_full_year"] == (2025 if as_of == "2025-12-31" else 2024)


def test_a_picture_depends_on_it_only_where_there_are_years(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pictures, "_render", lambda *_: dict.fromkeys(("wide", "narrow", "plain", "png"), b"x"))
    pictures = Pictures(Store(tmp_path), Progress())
    yearly = replace(HISTOGRAM, columns=["release_year", "share"], rows=[{"release_year": 2025, "share": 0.1}])
    told = replace(yearly, columns=["release_year", "is_partial"], rows=[{"release_year": 2025, "is_partial": True}])
    for data, depends in ((HISTOGRAM, False), (yearly, True), (told, False)):
        keys = {pictures.draw(replace(data, partial_year=year)).wide for year in (2024, 2025)}
        assert len(keys) == 1 + depends
