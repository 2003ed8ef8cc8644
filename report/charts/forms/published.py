"""Charts of published figures that several findings draw: changes from year to year, and correlations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt

from report.charts.forms.trends import yearly_plane
from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import bars, dots, row_lines, rule, stems
from report.charts.toolkit.notes import Note, notes
from report.charts.toolkit.plane import Plane, plot_width
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import cut, widest
from report.core.numbers import decimal, short


def changes(
    variant: Variant, table: Sequence[Mapping[str, Any]], y_title: str, *, digits: int = 0, unit: str = ""
) -> alt.LayerChart:
    """A column for each year's change on the year before: a rise up, a fall down and in the second colour.

    Args:
        table: one row per year (`release_year`, `published_change`).
        digits, unit: of the largest rise and fall, which are written at their columns.
    """
    points = [(row["release_year"], row["published_change"]) for row in table if row["published_change"] is not None]
    y = scales.linear([value for _, value in points], variant.pick(280, 230), short)
    plane = yearly_plane(variant, y, [row["release_year"] for row in table], y_title)
    thickness = plane.x.pixels / (plane.x.high - plane.x.low) * 0.7
    layers, words = [rule(plane, y=0)], []
    for colour, sign in ((theme.ACCENT, 1), (theme.CONTRAST, -1)):
        own = [(year, value) for year, value in points if value * sign > 0]
        layers.append(bars(plane, own, colour, thickness=thickness))
        for year, value in sorted(own, key=lambda point: -abs(point[1]))[:1]:
            sign_of = "+" if value > 0 else ""
            text = variant.say("last_value", value=f"{sign_of}{decimal(value, digits)}{unit}", year=year)
            is_left = plane.px(year) < plane.x.pixels / 2
            at = plane.px(year) + (thickness / 2 + 5) * (1 if is_left else -1)
            height = plane.py(value) + (9 if sign > 0 else -1)
            words.append(Note(text, at, height, colour, "left" if is_left else "right", is_bold=True))
    return plane.chart(*layers, notes(words))


def signed_rows(variant: Variant, names: Sequence[str], values: Sequence[float | None], y_title: str) -> alt.LayerChart:
    """A row for each name with a correlation, muted: left of zero or right of it, the number beyond its end."""
    names = [cut(name, variant.pick(270, 210)) for name in names]
    texts = [decimal(value, 2) for value in values]
    side = int(widest(texts)) + 12
    left = int(widest(names)) + 14
    y = scales.rows(names, variant.pick(24, 22) * len(names))
    most = max((abs(value) for value in values if value is not None), default=0) or 1
    room = plot_width(variant, left)
    edge = most * room / (room - 2 * side)
    # In a narrow plot the labels of more ticks would touch.
    has_room = 0.4 * room / edge / 2 > widest(texts)
    ticks = tuple(tick for tick in (-0.8, -0.4, 0, 0.4, 0.8) if abs(tick) <= most and (has_room or not tick))
    x = scales.fixed(-edge, edge, ticks, room, lambda tick: decimal(tick, 1) if tick else "0")
    plane = Plane(variant, x, y, left, y_title=y_title, grid="x", has_x_line=False)
    points = [(value, row) for row, value in enumerate(values) if value is not None]
    words = [
        Note(texts[row], plane.px(value) + (9 if value >= 0 else -9), plane.py(row) + 4.5, theme.MUTED,
             "left" if value >= 0 else "right")
        for value, row in points
    ]  # fmt: skip
    marks = [stems(plane, points, theme.CONTEXT, start=0), dots(plane, points, theme.CONTEXT, size=56)]
    return plane.chart(row_lines(plane), *marks, notes(words))
