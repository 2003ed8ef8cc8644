"""Shared pieces of charts: lines, dots, bars, reference rules, partial years.

Points are (x, y) pairs in values; a y of None is a gap. Every piece is a list of layers for `Plane.chart`, empty
when there is nothing to draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from report.charts.toolkit import theme
from report.charts.toolkit.notes import Note
from report.charts.toolkit.plane import Layers, Plane, chart_of, in_pixels
from report.charts.toolkit.series import Points, known


def line(
    plane: Plane,
    points: Points,
    colour: str,
    *,
    width: float = 1.75,
    dash: Sequence[float] | None = None,
    has_bridges: bool = False,
) -> Layers:
    """A line that stops at gaps; a point between two gaps is a dot; a last year that isn't over is dashed.

    Args:
        has_bridges: go straight over gaps (a series given for some years only).
    """
    if not dash and is_partial(plane, points):
        return line(plane, points[:-1], colour, width=width, has_bridges=has_bridges) + partial(
            plane, points[-2:], colour
        )
    runs: list[list[tuple[float, float]]] = [[]]
    for x, y in points:
        if y is not None:
            runs[-1].append((x, y))
        elif not has_bridges and runs[-1]:
            runs.append([])
    joined = [{"x": x, "y": y, "run": i} for i, run in enumerate(runs) if len(run) > 1 for x, y in run]
    lone = dots(plane, [run[0] for run in runs if len(run) == 1], colour, size=12 + 6 * width)
    if not joined:
        return lone
    look = {"strokeDash": list(dash)} if dash else {}
    drawn = chart_of(joined).mark_line(color=colour, strokeWidth=width, **look)
    return [drawn.encode(plane.to_x, plane.to_y, alt.Detail("run", type="nominal")), *lone]


def is_partial(plane: Plane, points: Points) -> bool:
    """Whether points by release year end in one that wasn't over."""
    return bool(points) and points[-1][0] == plane.variant.partial_year and points[-1][1] is not None


def partial(plane: Plane, points: Points, colour: str) -> Layers:
    """Dashed line to a year that isn't over, with a hollow dot at its end.

    Args:
        points: the last whole year (if there is one), then the partial one.
    """
    there = known(points)
    dashed = line(plane, there, colour, dash=theme.PARTIAL_DASH) if len(there) > 1 else []
    return dashed + dots(plane, there[-1:], colour, size=38, is_hollow=True)


def dots(
    plane: Plane, points: Points, colour: str, *, size: float = 40, shape: str = "circle", is_hollow: bool = False
) -> Layers:
    """Dots (or squares) of `size` square px; hollow ones are filled with paper."""
    look = {"fill": theme.PAPER, "stroke": colour, "strokeWidth": 1.5} if is_hollow else {"color": colour}
    return _layer(plane, points, "point", shape=shape, size=size, filled=not is_hollow, opacity=1, **look)


def strokes(plane: Plane, points: Points, colour: str, *, length: float = 16) -> Layers:
    """Upright strokes through (x, y): a second value on a row of a dot plot."""
    return _layer(plane, points, "tick", orient="vertical", color=colour, size=length, thickness=2, opacity=1)


def dashes(plane: Plane, points: Points, colour: str, *, length: float = 16) -> Layers:
    """Flat strokes through (x, y): a second value on a column."""
    return _layer(plane, points, "tick", orient="horizontal", color=colour, size=length, thickness=2, opacity=1)


def bars(plane: Plane, points: Points, colour: str, *, thickness: float, is_hollow: bool = False) -> Layers:
    """Columns from zero up to y, `thickness` px wide; hollow ones are dashed outlines."""
    look: dict[str, Any] = {"color": colour}
    if is_hollow:
        look = {"fill": theme.PAPER, "stroke": colour, "strokeWidth": 1.25, "strokeDash": [3, 2.5]}
    return _layer(plane, points, "bar", up_from=0, size=max(thickness, 0.5), opacity=1, **look)


def row_bars(plane: Plane, points: Points, colour: str, *, thickness: float) -> Layers:
    """Bars from zero out to x on row y, `thickness` px high."""
    return _layer(plane, points, "bar", out_from=0, size=thickness, opacity=1, color=colour)


def stems(plane: Plane, points: Points, colour: str, *, start: float) -> Layers:
    """Lines along rows from x = `start` to the dot at x."""
    return _layer(plane, points, "rule", out_from=start, color=colour, strokeWidth=2)


def spikes(plane: Plane, points: Points, colour: str, *, width: float) -> Layers:
    """Upright lines from zero to y."""
    return _layer(plane, points, "rule", up_from=0, color=colour, strokeWidth=width)


def row_lines(plane: Plane) -> Layers:
    """A hairline along each row of a dot plot."""
    ends = [(plane.x.high, row) for row in plane.y.ticks]
    return _layer(plane, ends, "rule", out_from=plane.x.low, color=theme.GRID, strokeWidth=1)


def rule(plane: Plane, *, x: float | None = None, y: float | None = None) -> Layers:
    """Dotted rule across the plot at an x or a y value: a cutoff or a reference."""
    look = {"color": theme.INK, "strokeDash": [1.5, 3], "strokeWidth": 1.25}
    if x is not None:
        return _layer(plane, [(x, plane.y.high)], "rule", up_from=plane.y.low, **look)
    return _layer(plane, [(plane.x.high, y)], "rule", out_from=plane.x.low, **look)


def stairs(plane: Plane, bins: Points, bin_width: float, colour: str, *, is_filled: bool = True) -> Layers:
    """A histogram as one shape: each bin from x to x + `bin_width` at the height y, missing bins at zero."""
    if not bins:
        return []
    first = min(x for x, _ in bins)
    heights = {round((x - first) / bin_width): y or 0 for x, y in bins}
    steps = [(round(first + rank * bin_width, 9), heights.get(rank, 0)) for rank in range(max(heights) + 2)]
    steps.insert(0, (steps[0][0], 0))
    if is_filled:
        return _layer(plane, steps, "area", up_from=0, color=colour, opacity=1, interpolate="step-after")
    look = {"interpolate": "step-after", "strokeJoin": "miter", "strokeCap": "butt"}
    return _layer(plane, steps, "line", color=colour, **look)


def swatch(shape: str, x: float, y: float, colour: str) -> Layers:
    """A series' mark before its name, so that series aren't told apart by colour alone.

    Args:
        shape: "circle", "square", "upright" or "flat" (strokes).
        x, y: centre, in px of the plot.
    """
    base = chart_of([{"x": round(x, 2), "y": round(y, 2)}])
    if shape in ("upright", "flat"):
        orient = "vertical" if shape == "upright" else "horizontal"
        return [base.mark_tick(orient=orient, color=colour, size=12, thickness=2, opacity=1).encode(*in_pixels())]
    return [base.mark_point(shape=shape, size=64, color=colour, filled=True, opacity=1).encode(*in_pixels())]


def heading(plane: Plane, text: str, colour: str = theme.INK) -> Note:
    """The name of a panel, at its top left above the plot."""
    return Note(text, -plane.left, 13 - plane.top, colour, is_bold=True, has_halo=False)


def _layer(
    plane: Plane, points: Points, mark: str, *, up_from: float | None = None, out_from: float | None = None, **look: Any
) -> Layers:
    """Marks at the points; those of length reach up from a y value or out from an x value."""
    values = [{"x": x, "y": y} for x, y in points if x is not None and y is not None]
    if not values:
        return []
    channels: list[Any] = [plane.to_x, plane.to_y]
    start = up_from if up_from is not None else out_from
    if start is not None:
        values = [value | {"from": start} for value in values]
        channels.append(alt.Y2("from") if up_from is not None else alt.X2("from"))
    return [getattr(chart_of(values), f"mark_{mark}")(**look).encode(*channels)]
