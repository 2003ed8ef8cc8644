"""Drawing a figure's rows, and what holds of every picture."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pyarrow as pa
from rows import Rows

from report.charts.toolkit import svg
from report.charts.toolkit.theme import Variant


def chart_of(figure: str) -> Callable:
    """The function that draws a figure."""
    finding, name = figure.split("/")
    return getattr(import_module(f"report.charts.{finding}"), name)


def draw(figure: str, rows: Rows, variant: Variant) -> svg.Rendered:
    return svg.draw(chart_of(figure), pa.Table.from_pylist(rows), variant, figure)


def changed(rows: Rows, columns: list[str], value: Any) -> Rows:
    return [{key: value if key in columns else old for key, old in row.items()} for row in rows]


def texts_of(rendered: svg.Rendered) -> list[str]:
    return [text for text in ET.fromstring(rendered.plain).itertext() if text.strip()]


def check(rendered: svg.Rendered, variant: Variant) -> None:
    assert rendered.width == variant.width
    assert f'width="{variant.width}" height="{rendered.height}"' in rendered.plain
    for text in (rendered.themed, rendered.plain):
        assert not re.search(r"NaN|undefined|Infinity|None\b(?!<)|null|<script", text)
