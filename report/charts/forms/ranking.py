"""One value a row, with the number at its mark: bars from zero, or dots on a log axis or a scale of their own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import altair as alt

from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import dots, row_bars, row_lines, rule
from report.charts.toolkit.notes import Note, notes
from report.charts.toolkit.plane import LEAST_GUTTER, Plane, plot_width
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import cut, text_width, widest
from report.core.numbers import percent, percent_short

Write = Callable[[float | None], str]


def valued_rows(
    variant: Variant,
    names: Sequence[str],
    values: Sequence[float | None],
    y_title: str,
    *,
    write: Write = percent,
    tick: Callable[[float], str] = percent_short,
    is_dots: bool = False,
    is_log: bool = False,
    marked: Collection[int] = (),
    beside: tuple[str, Sequence[str]] | None = None,
    name_px: float | None = None,
    reference: tuple[float, str] | None = None,
) -> alt.LayerChart:
    """A row for each name with its value.

    Args:
        names: cut where they are too long.
        values: None is written as "—"; on a log axis zero has a number and no mark.
        write, tick: the value at its mark, and on the axis.
        is_dots: dots instead of bars; always on a log axis.
        marked: rows in the second colour, their numbers bold.
        beside: head and texts of a column at the right edge.
        name_px: room for the names; by default what half a chart leaves.
        reference: a value to compare with, on the rows' scale, and its name.
    """
    room = name_px or variant.pick(270, 150)
    names = [cut(name, room) for name in names]
    texts = [write(value) for value in values]
    left = max(LEAST_GUTTER, int(widest(names)) + 14)
    column = int(max(widest(beside[1]), widest([beside[0]]))) + 16 if beside else 0
    right = int(widest(texts, bool(marked))) + 10 + column
    y = scales.rows(names, _row_px(variant, len(names)) * len(names))
    width = plot_width(variant, left, right)
    is_dots = is_dots or is_log
    if is_log:
        there = [value for value in values if value]
        # Within two powers of ten these alone would be too few ticks.
        multiples = (1, 2, 5) if there and max(there) < 100 * min(there) else (1,)
        x = scales.log(values, width, tick, is_across=True, pad=8, multiples=multiples)
    else:
        there = [*values, reference[0]] if reference else values
        x = scales.linear(there, width, tick, count=variant.pick(5, 2), headroom=2)
    top = 52 if beside or reference else 34
    plane = Plane(variant, x, y, left, right, top=top, y_title=y_title, grid="x", has_x_line=False)
    layers, words = [], []
    for is_marked, colour in ((False, theme.ACCENT), (True, theme.CONTRAST)):
        there = [
            (value, row)
            for row, value in enumerate(values)
            if (row in marked) == is_marked and value is not None and (value > 0 or not is_log)
        ]
        if is_dots:
            layers.append(dots(plane, there, colour, size=56))
        else:
            layers.append(row_bars(plane, there, colour, thickness=variant.pick(14, 13)))
    if reference:
        layers.append(rule(plane, x=reference[0]))
        half = text_width(reference[1]) / 2
        middle = max(min(plane.px(reference[0]), plane.x.pixels + right - half), half - left)
        words.append(Note(reference[1], middle, -8, theme.INK, "center"))
    for row, (value, text) in enumerate(zip(values, texts, strict=True)):
        is_drawn = value is not None and (value > 0 or not is_log)
        at = plane.px(value) + (9 if is_dots else 5) if is_drawn else 4
        colour = theme.CONTRAST if row in marked else theme.ACCENT
        words.append(Note(text, at, plane.py(row) + 4.5, colour, is_bold=row in marked))
    if beside:
        edge = plane.x.pixels + right - 1
        words.append(Note(beside[0], edge, -10, theme.MUTED, "right", has_halo=False))
        words += [
            Note(text, edge, plane.py(row) + 4.5, theme.MUTED, "right", has_halo=False)
            for row, text in enumerate(beside[1])
        ]
    return plane.chart(row_lines(plane), *layers, notes(words))


def _row_px(variant: Variant, rows: int) -> int:
    """Height of a row: few rows stand wider apart."""
    return variant.pick(30, 28) if rows <= 8 else variant.pick(23, 21)
