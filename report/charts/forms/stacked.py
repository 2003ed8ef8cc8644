"""Rows of parts that make up a whole: steps of the ramp in order, each with its share inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

import altair as alt

from report.charts.toolkit import scales, theme
from report.charts.toolkit.notes import Note, notes, spread
from report.charts.toolkit.plane import Layers, Plane, chart_of, in_pixels, plot_width
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import cut, text_width, widest
from report.core.numbers import percent, percent_short

GAP_PX = 2
HEAD_PX = 30


def stacked_rows(
    variant: Variant,
    names: Sequence[str],
    parts: Sequence[str],
    shares: Mapping[tuple[str, str], float | None],
    y_title: str,
) -> alt.LayerChart:
    """A bar from 0 to 100% for each name, cut into the parts; the parts are named over the first bar.

    Args:
        parts: at most six, in order, the first in the palest step.
        shares: fractions by (name, part); a missing one takes no room.
    """
    labels = [cut(name, variant.pick(200, 120)) for name in names]
    left, right = max(40, int(widest(labels)) + 14), 20
    pitch, thickness = variant.pick(36, 34), variant.pick(26, 25)
    ticks = variant.pick((0, 0.25, 0.5, 0.75, 1), (0, 0.5, 1))
    x = scales.fixed(0, 1, ticks, plot_width(variant, left, right), percent_short)
    y = scales.rows(labels, pitch * len(names))
    plane = Plane(variant, x, y, left, right, top=34 + HEAD_PX, y_title=y_title, grid="", has_x_line=False)
    layers: Layers = []
    words: list[Note] = []
    first_step = max(7 - len(parts), 1)
    for row, name in enumerate(names):
        known = [shares.get((name, part)) or 0 for part in parts]
        ends = list(accumulate(known))
        for rank, (share, end) in enumerate(zip(known, ends, strict=True)):
            start, stop = round(plane.px(end - share)), round(plane.px(end)) - GAP_PX
            if stop <= start:
                continue
            middle, step = plane.py(row), min(first_step + rank, 6)
            box = {"x": start, "x2": stop, "y": round(middle - thickness / 2), "y2": round(middle + thickness / 2)}
            layers.append(_rect(box, theme.RAMP[step - 1]))
            text = percent(share, 0)
            if text_width(text) + 4 <= stop - start:
                at = (start + stop) / 2
                words.append(Note(text, at, middle + 4.5, theme.text_on(step), "center", has_halo=False))
        if row == 0:
            heads, leaders = _heads(plane, [cut(part, 90) for part in parts], known, plane.py(0) - thickness / 2)
            words += heads
            layers += leaders
    return plane.chart(layers, notes(words))


def _heads(plane: Plane, parts: Sequence[str], shares: Sequence[float], foot: float) -> tuple[list[Note], Layers]:
    """The parts' names over the first bar, each joined to its own part, `foot` px down."""
    ends = list(accumulate(shares))
    middles = [plane.px(end - share / 2) - GAP_PX / 2 for share, end in zip(shares, ends, strict=True)]
    half = widest(parts) / 2
    centres = spread(middles, 2 * half + 10, half - plane.left, plane.x.pixels + plane.right - half)
    words = [
        Note(part, centre, foot - 17, theme.INK, "center", has_halo=False)
        for part, centre in zip(parts, centres, strict=True)
    ]
    lines = [
        {"x": round(centre, 1), "y": foot - 13, "x2": round(middle, 1), "y2": foot - 2}
        for centre, middle in zip(centres, middles, strict=True)
    ]
    drawn = chart_of(lines).mark_rule(color=theme.MUTED, strokeWidth=1)
    return words, [drawn.encode(*in_pixels(), alt.X2("x2"), alt.Y2("y2"))] if lines else []


def _rect(box: Mapping[str, float], colour: str) -> alt.Chart:
    return chart_of([box]).mark_rect(color=colour, opacity=1).encode(*in_pixels(), alt.X2("x2"), alt.Y2("y2"))
