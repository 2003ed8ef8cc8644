"""Drawing a figure's rows, and what holds of every picture."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

import pyarrow as pa
from building import ROOT
from rows import Rows

from report.charts.toolkit import svg
from report.charts.toolkit.theme import Variant
from report.writing.formats import Language

LANGUAGE = Language(ROOT / "content", "en")


def chart_of(figure: str) -> Callable:
    """The function that draws a figure, with its words."""
    finding, name = figure.split("/")
    chart = getattr(import_module(f"report.charts.{finding}"), name)
    return lambda rows, variant: chart(rows, worded(variant, figure))


def worded(variant: Variant, figure: str) -> Variant:
    """The same with the words that the figure draws."""
    return replace(variant, words=LANGUAGE.labels_of("charts", figure))


def draw(figure: str, rows: Rows, variant: Variant) -> svg.Rendered:
    return svg.draw(chart_of(figure), pa.Table.from_pylist(rows), worded(variant, figure), figure)


def changed(rows: Rows, columns: list[str], value: Any) -> Rows:
    return [{key: value if key in columns else old for key, old in row.items()} for row in rows]


def texts_of(rendered: svg.Rendered) -> list[str]:
    return [text for text in ET.fromstring(rendered.plain).itertext() if text.strip()]


def check(rendered: svg.Rendered, variant: Variant) -> None:
    assert rendered.width == variant.width
    assert f'width="{variant.width}" height="{rendered.height}"' in rendered.plain
    for text in (rendered.themed, rendered.plain):
        assert not re.search(r"NaN|undefined|Infinity|None\b(?!<)|null|<script", text)
