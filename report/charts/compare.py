"""Two values a row, computed and published: a bar or dot, a stroke, and both numbers at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import altair as alt

from report.charts import scales, theme
from report.charts.labels import Note, notes
from report.charts.marks import Role, dots, roles, row_bars, row_lines, sample, strokes
from report.charts.plane import Plane, plot_width
from report.charts.theme import Frame
from report.charts.words import amount, count, percent, percent_tick, widest

SAMPLE_PX = 15

Values = Sequence[float | None]


def compared_rows(
    frame: Frame,
    names: Sequence[str],
    values: Mapping[str, Values],
    y_title: str,
    *,
    is_log_count: bool = False,
    pair: Sequence[Role] | None = None,
) -> alt.LayerChart:
    """A row for each name with its two values.

    Args:
        values: the rows' values by role key ("computed", "published"); shares as fractions, or counts.
        is_log_count: values are counts on a log axis, as dots; otherwise shares as bars from zero.
        pair: what the two are, main one first; by default computed and published as the edition has them.
    """
    pair = pair or roles(frame, lambda key: any(value is not None for value in values[key]))
    write: Callable[[float | None], str] = (lambda value: amount(value, frame)) if is_log_count else percent
    texts = [[write(value) for value in values[role.key]] for role in pair]
    widths = [
        max(widest(column, role.is_main), widest([role.name], True) + SAMPLE_PX)
        for role, column in zip(pair, texts, strict=True)
    ]
    gap = frame.pick(24, 14)
    left = max(40, int(widest(names)) + 14)
    right = int(sum(widths) + gap * len(widths))
    drawn = [value for role in pair for value in values[role.key]]
    plane = _plane(frame, names, drawn, left, right, y_title, is_log_count)
    layers, words, samples, edge = [], [], [], plane.x.pixels - 1
    for role, column, width in zip(pair, texts, widths, strict=True):
        edge += gap + width
        points = [
            (value, row)
            for row, value in enumerate(values[role.key])
            if value is not None and (value > 0 or not is_log_count)
        ]
        if not role.is_main:
            layers.append(strokes(plane, points, role.colour))
        elif is_log_count:
            layers.append(dots(plane, points, role.colour, size=64))
        else:
            layers.append(row_bars(plane, points, role.colour, thickness=frame.pick(15, 14)))
        words += _column(plane, role, column, edge)
        shape = "upright" if not role.is_main else "circle" if is_log_count else "square"
        samples.append(sample(shape, edge - widest([role.name], True) - 9, -14.5, role.colour))
    return plane.chart(row_lines(plane, theme.GRID), *layers, *samples, notes(words))


def _plane(
    frame: Frame,
    names: Sequence[str],
    values: Values,
    left: int,
    right: int,
    y_title: str,
    is_log_count: bool,
) -> Plane:
    y = scales.rows(names, frame.pick(26, 24) * len(names))
    width = plot_width(frame, left, right)
    if is_log_count:
        x = scales.log(values, width, count(frame), is_across=True, pad=8)
    else:
        x = scales.linear(values, width, percent_tick, count=frame.pick(5, 3))
    return Plane(frame, x, y, left, right, top=52, y_title=y_title, grid="x", has_x_line=False)


def _column(plane: Plane, role: Role, texts: Sequence[str], right: float) -> list[Note]:
    colour = role.word_colour
    head = Note(role.name, right, -10, colour, "right", is_bold=True, has_halo=False)
    return [head] + [
        Note(text, right, plane.py(row) + 4.5, colour, "right", role.is_main, has_halo=False)
        for row, text in enumerate(texts)
    ]
