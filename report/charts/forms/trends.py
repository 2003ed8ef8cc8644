"""Measures by year (or decade) as lines that are named where they run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import altair as alt

from report.charts.forms.compare import PARTIAL_RIGHT, partial_word
from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import dots, is_partial, line, partial
from report.charts.toolkit.notes import Note, name_beside, notes
from report.charts.toolkit.plane import Plane, gutter, plot_width
from report.charts.toolkit.scales import Scale
from report.charts.toolkit.series import Points, known, yearly
from report.charts.toolkit.theme import LINE_PX, Variant
from report.charts.toolkit.words import text_width
from report.core.numbers import percent, percent_short

Label = Callable[[float], str]


def trend(
    variant: Variant,
    table: Sequence[Mapping[str, Any]],
    field: str,
    y_title: str,
    *,
    write: Callable[[float | None], str] = percent,
    tick: Label = percent_short,
) -> alt.LayerChart:
    """One line by release year, from zero, with its last value; a partial year that rows mark stands by itself.

    Args:
        table: one row per year (`release_year`, the field, and `is_partial` if the query gives it).
        write, tick: the last value, and those on the axis.
    """
    points, ends = yearly(table, field)
    drawn = [*points, *ends]
    y = scales.linear([value for _, value in drawn], variant.pick(280, 230), tick)
    beyond = known(ends)
    plane = yearly_plane(variant, y, [year for year, _ in drawn], y_title, right=PARTIAL_RIGHT if beyond else 30)
    last = known(points)[-1:]
    is_open = is_partial(plane, points)
    slot = "last_partial" if is_open else "last_value"
    said = [(year, variant.say(slot, value=write(value), year=year)) for year, value in last]
    words = [_last_value(plane, points, text, bool(beyond)) for _, text in said]
    return plane.chart(
        line(plane, points, theme.ACCENT, width=2.25),
        partial(plane, last + beyond, theme.ACCENT) if beyond else [],
        [] if is_open else dots(plane, last, theme.ACCENT, size=50),
        notes(words + partial_word(plane, ends, theme.ACCENT)),
    )


def trends(
    variant: Variant,
    series: Sequence[tuple[str, str, Points]],
    y: Scale,
    y_title: str,
    *,
    bold: Sequence[str] = (),
    has_dots: bool = False,
    right: float = 16,
) -> alt.LayerChart:
    """Several lines on one scale, each named at itself.

    Args:
        series: name, colour and points of each, the least important first.
        y: its pixels are the plot's height.
        bold: names that are the point.
        has_dots: mark every value (decades).
    """
    years = [year for _, _, points in series for year, _ in points]
    plane = yearly_plane(variant, y, years, y_title, right=right)
    if has_dots:
        plane = replace(plane, x=_decade_scale(years, plane.x.pixels))
    layers = []
    for name, colour, points in series:
        layers.append(line(plane, points, colour, width=2.25 if name in bold else 1.75))
        if has_dots:
            layers.append(dots(plane, points, colour, size=36))
    named = [(name, theme.word_colour(colour), known(points)) for name, colour, points in series]
    return plane.chart(*layers, notes(name_beside(plane, named, bold=bold)))


def yearly_plane(variant: Variant, y: Scale, years: Sequence[float], y_title: str, *, right: float = 16) -> Plane:
    """A panel over release years, with room for every line of its y title."""
    left = gutter(y.labels)
    x = scales.years(years, plot_width(variant, left, right))
    return Plane(variant, x, y, left, right, top=34 + LINE_PX * y_title.count("\n"), y_title=y_title)


def decades(table: Sequence[Mapping[str, Any]]) -> list[int]:
    """Every decade from the first to the last `release_decade` of the rows, those between them without a row too."""
    there = [row["release_decade"] for row in table]
    return list(range(min(there), max(there) + 1, 10)) if there else []


def _decade_scale(years: Sequence[float], pixels: float) -> Scale:
    low, high = min(years, default=2000), max(years, default=2000)
    step = next((step for step in (10, 20, 50) if pixels * step >= 50 * max(high - low, 1)), 100)
    ticks = [year for year in range(int(low), int(high) + 1, 10) if year % step == 0] or [low]
    return scales.fixed(low - 2, high + 2, ticks, pixels, lambda year: f"{int(year)}s")


def _last_value(plane: Plane, points: Points, text: str, goes_on: bool) -> Note:
    """Words that end over the last point, short of it where the line goes on: above the line, or else under it."""
    there = [(plane.px(year), plane.py(value)) for year, value in known(points)]
    right = there[-1][0] + (-7 if goes_on else 6)
    start = right - text_width(text, True) - 4
    beneath = [y for x, y in there if x >= start]
    beneath += [y0 + (y1 - y0) * (start - x0) / (x1 - x0) for (x0, y0), (x1, y1) in pairwise(there) if x0 < start < x1]
    above = min(beneath) - 9
    return Note(text, right, above if above > 8 else max(beneath) + 21, theme.ACCENT, "right", is_bold=True)
