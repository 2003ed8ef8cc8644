"""Heat maps: six discrete steps of the ramp, and the value in the cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import altair as alt

from report.charts.toolkit import scales, theme
from report.charts.toolkit.notes import Note, notes
from report.charts.toolkit.plane import Layers, Plane, chart_of, in_pixels, plot_width
from report.charts.toolkit.scales import finite
from report.charts.toolkit.theme import LINE_PX, Variant
from report.charts.toolkit.words import text_width, widest, wrapped
from report.core.numbers import percent

GAP_PX = 2


@dataclass(frozen=True)
class Cell:
    """One cell at column `x` and row `y`: its ramp step (1 to 6; 0 for no value, left empty) and its text."""

    x: float
    y: float
    step: int
    text: str = ""


@dataclass(frozen=True)
class Steps:
    """Six steps of equal size from `low` to `high`."""

    low: float
    high: float

    def of(self, value: float | None) -> int:
        """The step of a value, 1 to 6; 0 when it is missing."""
        if value is None:
            return 0
        if self.high <= self.low:
            return 3
        return min(max(int(6 * (value - self.low) / (self.high - self.low)) + 1, 1), 6)


def quantised(values: Iterable[float | None]) -> Steps:
    """Steps from the least to the greatest of the values."""
    there = finite(values) or [0.0]
    return Steps(min(there), max(there))


def cell_layers(
    plane: Plane, cells: Sequence[Cell], *, size: tuple[float, float] = (1, 1), gap: int = GAP_PX
) -> Layers:
    """The cells, on whole pixels, and their texts; rows and columns are one unit apart, or `size` units.

    Args:
        size: width and height of a cell in the plane's units.
        gap: px of paper between cells.
    """
    layers: Layers = []
    half_x, half_y = size[0] / 2, size[1] / 2
    for step in range(1, 7):
        values = [
            {
                "x": round(plane.px(cell.x - half_x)),
                "x2": round(plane.px(cell.x + half_x)) - gap,
                "y": round(min(plane.py(cell.y - half_y), plane.py(cell.y + half_y))),
                "y2": round(max(plane.py(cell.y - half_y), plane.py(cell.y + half_y))) - gap,
            }
            for cell in cells
            if cell.step == step
        ]
        if values:
            layers.append(_rects(values, theme.RAMP[step - 1]))
    return layers + notes(
        Note(cell.text, plane.px(cell.x), plane.py(cell.y) + 4.5, theme.text_on(cell.step), "center", has_halo=False)
        for cell in cells
    )


def share_map(
    variant: Variant,
    names: Sequence[str],
    columns: Sequence[str],
    shares: Mapping[tuple[str, str], float | None],
    y_title: str,
) -> alt.LayerChart:
    """Shares of the rows' totals as a finished heat map: names down, columns across, per cent in the cells.

    Args:
        shares: by row and column; a missing one is an empty cell with a dash.
    """
    left, right = max(40, int(widest(names)) + 12), 4
    x = scales.columns(columns, plot_width(variant, left, right))
    y = scales.rows(names, variant.pick(30, 28) * len(names))
    room = x.pixels / max(len(columns), 1)
    heads = [wrapped(column, room - 2) for column in columns]
    lines = max((head.count("\n") for head in heads), default=0) + 1
    top = 34 + LINE_PX * (lines + y_title.count("\n"))
    plane = Plane(variant, x, y, left, right, top, 8, y_title, grid="", has_x_line=False, has_x_labels=False)
    steps = Steps(0, max(finite(shares.values()), default=1.0))
    cells = []
    for row, name in enumerate(names):
        for column, head in enumerate(columns):
            share = shares.get((name, head))
            text = "–" if share is None else percent(share, 1 if room > 46 else 0).rstrip("%")
            cells.append(Cell(column, row, steps.of(share), text))
    words = [
        Note(head, plane.px(rank), -8 - LINE_PX * head.count("\n"), theme.MUTED, "center", has_halo=False)
        for rank, head in enumerate(heads)
    ]
    return plane.chart(cell_layers(plane, cells), notes(words))


def ramp_key(plane: Plane, least: str, most: str) -> Layers:
    """The six steps in a row above the plot's right end, for cells too small to hold their values."""
    width, right = 22.0, plane.x.pixels - text_width(most) - 8
    left = right - 6 * width
    layers = [
        _rects([{"x": left + width * rank, "x2": left + width * (rank + 1) - 2, "y": -24, "y2": -12}], colour)
        for rank, colour in enumerate(theme.RAMP)
    ]
    words = [
        Note(least, left - 8, -13.5, theme.MUTED, "right", has_halo=False),
        Note(most, right + 6, -13.5, theme.MUTED, has_halo=False),
    ]
    return layers + notes(words)


def _rects(values: list[dict[str, float]], colour: str) -> alt.Chart:
    return chart_of(values).mark_rect(color=colour, opacity=1).encode(*in_pixels(), alt.X2("x2"), alt.Y2("y2"))
