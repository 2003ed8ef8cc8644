"""One panel: two scales, the gutters around them, axes in the house style, and the finished chart's size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import altair as alt

from report.charts.toolkit import theme
from report.charts.toolkit.scales import Scale
from report.charts.toolkit.theme import LINE_PX, Variant
from report.charts.toolkit.words import widest

TOP = 34
RIGHT = 16
BOTTOM = 28
LEAST_GUTTER = 40

Layers = list[alt.Chart]


class Drawn(alt.SchemaBase):
    """Rows that Altair passes on as they are: it copies lists and dicts again and again, and looks at each value."""

    def __init__(self, values: Sequence[Mapping[str, Any]]) -> None:
        object.__setattr__(self, "_args", (values,))
        object.__setattr__(self, "_kwds", {})

    def to_dict(self, *_: object, **__: object) -> list[dict[str, Any]]:
        """The rows, for the specification."""
        return [dict(row) for row in self._args[0]]


def _light(chart: type, specification: type) -> type:
    """A kind of chart without parameters: for their sake Altair's own copies every part, and all that it holds, four
    times."""

    def begin(self: alt.TopLevelMixin, **given: Any) -> None:
        specification.__init__(self, **given)

    return type(chart.__name__, (chart,), {"__init__": begin})


Panel = _light(alt.LayerChart, alt.TopLevelLayerSpec)
Panels = _light(alt.ConcatChart, alt.TopLevelConcatSpec)


def gutter(labels: Sequence[str]) -> int:
    """Width in px of the column of tick labels at the left of a plot."""
    return max(LEAST_GUTTER, int(widest(labels)) + 13)


@dataclass(frozen=True)
class Plane:
    """A panel that layers are drawn on; all sizes in px.

    Args:
        left, right, top, bottom: room around the plot for labels; left is the gutter of tick labels.
        y_title: stands at the top left, flush with the tick labels; lines are separated by a line feed.
        x_title: stands under the tick labels at the right end.
        grid: "y" for horizontal lines, "x" for vertical ones (dot plots), "" for none.
        has_x_line: draw the x axis and its ticks, not only its labels.
        has_x_labels: draw tick labels under the plot.
    """

    variant: Variant
    x: Scale
    y: Scale
    left: float = LEAST_GUTTER
    right: float = RIGHT
    top: float = TOP
    bottom: float = BOTTOM
    y_title: str = ""
    x_title: str = ""
    grid: str = "y"
    has_x_line: bool = True
    has_x_labels: bool = True

    def px(self, value: float) -> float:
        """Distance of an x value from the plot's left edge, in px."""
        return self.x.at(value)

    def py(self, value: float) -> float:
        """Distance of a y value from the plot's top edge, in px."""
        return self.y.at(value) if self.y.is_down else self.y.pixels - self.y.at(value)

    @cached_property
    def to_x(self) -> alt.X:
        """The x channel of the field `x`, with this panel's scale and axis."""
        axis = alt.Axis(
            values=list(self.x.ticks),
            labelExpr=self.x.label_expr(),
            labels=self.has_x_labels,
            labelPadding=4,
            grid=self.grid == "x",
            domain=self.has_x_line,
            ticks=self.has_x_line,
            tickSize=5,
            title=self.x_title or None,
            titleAlign="right",
            titleAnchor="end",
            titleBaseline="alphabetic",
            titleColor=theme.MUTED,
            titleX=self.x.pixels,
            titleY=39 + LINE_PX * max((label.count("\n") for label in self.x.labels), default=0),
            zindex=1 if self.has_x_line and self.grid != "x" else 0,
        )
        return alt.X("x", type="quantitative", scale=self.x.vega(), axis=axis)

    @cached_property
    def to_y(self) -> alt.Y:
        """The y channel of the field `y`, with this panel's scale and axis.

        Every layer has both axes: Vega-Lite makes one of equal ones, but mixes unequal ones with its defaults.
        """
        axis = alt.Axis(
            values=list(self.y.ticks),
            labelExpr=self.y.label_expr(),
            labelAlign="left",
            labelPadding=self.left,
            grid=self.grid == "y",
            domain=False,
            ticks=False,
            tickSize=0,
            title=self.y_title.split("\n") if self.y_title else None,
            titleAlign="left",
            titleAngle=0,
            titleBaseline="alphabetic",
            titleX=-self.left,
            titleY=13 - self.top,
        )
        return alt.Y("y", type="quantitative", scale=self.y.vega(), axis=axis)

    def panel(self, *pieces: Layers, **finish: Any) -> alt.LayerChart:
        """The axes and the pieces on each other, first at the bottom."""
        layers = [layer for piece in pieces for layer in piece]
        return Panel(layer=[self._axes(), *layers], width=self.x.pixels, height=self.y.pixels, **finish)

    def chart(self, *pieces: Layers) -> alt.LayerChart:
        """The pieces as a finished chart of this one panel."""
        return self.panel(*pieces, **_finish(self, self.top + self.y.pixels + self.bottom))

    def _axes(self) -> alt.Chart:
        """A mark that isn't drawn: axes for a panel whose pieces are all in pixels."""
        corner = chart_of([{"x": self.x.low, "y": self.y.low}]).mark_point(opacity=0)
        return corner.encode(self.to_x, self.to_y)


def chart_of(values: Sequence[Mapping[str, Any]]) -> alt.Chart:
    """A chart of these rows, to be given a mark and channels."""
    return alt.Chart(alt.Data(values=Drawn(values)))


def in_pixels() -> tuple[alt.X, alt.Y]:
    """Channels of the fields `x` and `y` in px from the plot's top left, without axes."""
    return (
        alt.X("x", type="quantitative", scale=None, axis=None),
        alt.Y("y", type="quantitative", scale=None, axis=None),
    )


def grid_of(
    planes: Sequence[Plane], panels: Sequence[alt.LayerChart], columns: int, headroom: float = 0
) -> alt.ConcatChart:
    """Panels of one size, side by side in `columns` and row under row, as a finished chart.

    The gaps are the panels' own gutters: right and left of the next, bottom and top of the next.

    Args:
        headroom: px above all of them, for words that the first panel puts there.
    """
    first = planes[0]
    lines = -(-len(panels) // columns)
    spacing = {"column": first.right + first.left, "row": first.bottom + first.top}
    height = lines * (first.top + first.y.pixels + first.bottom)
    finish = _finish(first, height + headroom)
    finish["padding"]["top"] += headroom
    return Panels(concat=[*panels], columns=columns, spacing=spacing, bounds="flush", align="none", **finish)


def plot_width(variant: Variant, left: float, right: float = RIGHT, columns: int = 1) -> float:
    """Width in px of a plot between its gutters, where `columns` panels share the variant's width."""
    return (variant.width - columns * (left + right)) / columns


def _finish(plane: Plane, height: float) -> dict[str, Any]:
    padding = {"left": plane.left, "top": plane.top, "right": plane.right, "bottom": plane.bottom}
    return {
        "padding": padding,
        "autosize": {"type": "none"},
        "config": theme.config(),
        "usermeta": {"width": plane.variant.width, "height": round(height)},
    }
