"""Shared pieces of charts: lines, dots, bars, reference rules, partial years, published beside computed.

Points are (x, y) pairs in values; a y of None is a gap. Every piece is a list of layers
for `Plane.chart`, empty when there is nothing to draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from report.charts import theme
from report.charts.labels import Note
from report.charts.plane import Layers, Plane, chart_of, pixel_x, pixel_y
from report.charts.series import Points, known


def line(
    plane: Plane,
    points: Points,
    colour: str,
    *,
    width: float = 1.75,
    dash: Sequence[float] | None = None,
    has_bridges: bool = False,
) -> Layers:
    """A line that stops at gaps; a point between two gaps is a dot.

    Args:
        has_bridges: go straight over gaps (a series given for some years only).
    """
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in points:
        if y is not None:
            runs[-1].append((x, y))
        elif not has_bridges and runs[-1]:
            runs.append([])
    strokes = [{"x": x, "y": y, "run": i} for i, run in enumerate(runs) if len(run) > 1 for x, y in run]
    alone = [run[0] for run in runs if len(run) == 1]
    lone = dots(plane, alone, colour, size=12 + 6 * width)
    if not strokes:
        return lone
    look = {"strokeDash": list(dash)} if dash else {}
    drawn = chart_of(strokes).mark_line(color=colour, strokeWidth=width, **look)
    return [drawn.encode(plane.to_x(), plane.to_y(), alt.Detail("run", type="nominal")), *lone]


def partial(plane: Plane, points: Points, colour: str) -> Layers:
    """Dashed line to a year that isn't over, with a hollow dot at its end.

    Args:
        points: the last whole year (if there is one), then the partial one.
    """
    there = known(points)
    dashed = line(plane, there, colour, dash=(4, 4)) if len(there) > 1 else []
    return dashed + dots(plane, there[-1:], colour, size=38, is_hollow=True)


def dots(
    plane: Plane, points: Points, colour: str, *, size: float = 40, shape: str = "circle", is_hollow: bool = False
) -> Layers:
    """Dots (or squares) of `size` square px; hollow ones are filled with paper."""
    values = _values(points)
    if not values:
        return []
    look = {"fill": theme.PAPER if is_hollow else colour, "stroke": colour if is_hollow else theme.PAPER}
    return (
        chart_of(values)
        .mark_point(shape=shape, size=size, strokeWidth=1.5 if is_hollow else 0, opacity=1, **look)
        .encode(plane.to_x(), plane.to_y())
    )


def strokes(plane: Plane, points: Points, colour: str, *, length: float = 16, width: float = 2) -> Layers:
    """Upright strokes through (x, y): a second value on a row of a dot plot."""
    return _tick(plane, points, colour, "vertical", length, width)


def dashes(plane: Plane, points: Points, colour: str, *, length: float = 16, width: float = 2) -> Layers:
    """Flat strokes through (x, y): a second value on a column."""
    return _tick(plane, points, colour, "horizontal", length, width)


def bars(plane: Plane, points: Points, colour: str, *, thickness: float, is_hollow: bool = False) -> Layers:
    """Columns from zero up to y, `thickness` px wide; hollow ones are dashed outlines."""
    values = [value | {"zero": 0} for value in _values(points)]
    if not values:
        return []
    return _bar_chart(values, colour, thickness, is_hollow).encode(plane.to_x(), plane.to_y(), alt.Y2("zero"))


def row_bars(plane: Plane, points: Points, colour: str, *, thickness: float) -> Layers:
    """Bars from zero out to x on row y, `thickness` px high."""
    values = [value | {"zero": 0} for value in _values(points)]
    if not values:
        return []
    return _bar_chart(values, colour, thickness, False).encode(plane.to_x(), plane.to_y(), alt.X2("zero"))


def stairs(plane: Plane, bins: Points, bin_width: float, colour: str, *, is_filled: bool = True) -> Layers:
    """A histogram as one shape: each bin from x to x + `bin_width` at the height y, missing bins at zero."""
    if not bins:
        return []
    first = min(x for x, _ in bins)
    heights = {round((x - first) / bin_width): y or 0 for x, y in bins}
    span = range(max(heights) + 2)
    values = [{"x": round(first + i * bin_width, 9), "y": heights.get(i, 0), "zero": 0} for i in span]
    values.insert(0, {"x": values[0]["x"], "y": 0, "zero": 0})
    chart = chart_of(values)
    if is_filled:
        return chart.mark_area(color=colour, opacity=1, interpolate="step-after").encode(
            plane.to_x(), plane.to_y(), alt.Y2("zero")
        )
    return chart.mark_line(color=colour, interpolate="step-after", strokeJoin="miter", strokeCap="butt").encode(
        plane.to_x(), plane.to_y()
    )


def rule(plane: Plane, *, x: float | None = None, y: float | None = None, colour: str = theme.INK) -> alt.Chart:
    """Dotted rule across the plot at an x or a y value: a cutoff or a reference."""
    if x is not None:
        ends = {"x": x, "y": plane.y.low, "end": plane.y.high}
        far: alt.X2 | alt.Y2 = alt.Y2("end")
    else:
        ends = {"x": plane.x.low, "y": y, "end": plane.x.high}
        far = alt.X2("end")
    return (
        chart_of([ends])
        .mark_rule(color=colour, strokeDash=[1.5, 3], strokeWidth=1.25)
        .encode(plane.to_x(), plane.to_y(), far)
    )


def stems(plane: Plane, points: Points, colour: str, *, start: float) -> Layers:
    """Lines along rows from x = `start` to the dot at x."""
    values = [value | {"start": start} for value in _values(points)]
    if not values:
        return []
    return (
        chart_of(values)
        .mark_rule(color=colour, strokeWidth=2)
        .encode(plane.to_x(), plane.to_y(), alt.X2("start"))
    )


def spikes(plane: Plane, points: Points, colour: str, *, width: float) -> Layers:
    """Upright lines from zero to y."""
    values = [value | {"zero": 0} for value in _values(points)]
    if not values:
        return []
    return (
        chart_of(values)
        .mark_rule(color=colour, strokeWidth=width)
        .encode(plane.to_x(), plane.to_y(), alt.Y2("zero"))
    )


def row_lines(plane: Plane, colour: str = theme.RULE) -> alt.Chart:
    """A hairline along each row of a dot plot."""
    values = [{"x": plane.x.low, "y": row, "end": plane.x.high} for row in plane.y.ticks]
    return (
        chart_of(values)
        .mark_rule(color=colour, strokeWidth=0.75)
        .encode(plane.to_x(), plane.to_y(), alt.X2("end"))
    )


def sample(shape: str, x: float, y: float, colour: str) -> alt.Chart:
    """A series' mark before its name, so that series aren't told apart by colour alone.

    Args:
        shape: "circle", "square", "upright" or "flat" (strokes).
        x, y: centre, in px of the plot.
    """
    base = chart_of([{"x": round(x, 2), "y": round(y, 2)}])
    if shape in ("upright", "flat"):
        orient = "vertical" if shape == "upright" else "horizontal"
        drawn = base.mark_tick(orient=orient, color=colour, size=12, thickness=2, opacity=1)
    else:
        drawn = base.mark_point(shape=shape, size=64, fill=colour, strokeWidth=0, opacity=1)
    return drawn.encode(
        alt.X("x", type="quantitative", scale=None, axis=None), alt.Y("y", type="quantitative", scale=None, axis=None)
    )


def heading(plane: Plane, text: str, colour: str = theme.INK) -> Note:
    """The name of a panel, at its top left above the plot."""
    return Note(text, -plane.left, 13 - plane.top, colour, is_bold=True, has_halo=False)


def _tick(plane: Plane, points: Points, colour: str, orient: str, length: float, width: float) -> Layers:
    values = _values(points)
    if not values:
        return []
    return (
        chart_of(values)
        .mark_tick(orient=orient, color=colour, size=length, thickness=width, opacity=1)
        .encode(plane.to_x(), plane.to_y())
    )


def _bar_chart(values: list[dict[str, float]], colour: str, thickness: float, is_hollow: bool) -> alt.Chart:
    look: dict[str, Any] = {"color": colour}
    if is_hollow:
        look = {"fill": theme.PAPER, "stroke": colour, "strokeWidth": 1.25, "strokeDash": [3, 2.5]}
    return chart_of(values).mark_bar(size=max(thickness, 0.5), opacity=1, **look)


def _values(points: Points) -> list[dict[str, float]]:
    return [{"x": x, "y": y} for x, y in points if y is not None and x is not None]
