"""Two values a row or a year, computed and published: a bar or dot for one, a stroke for the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import bars, dashes, dots, row_bars, row_lines, strokes, swatch
from report.charts.toolkit.notes import Note, notes
from report.charts.toolkit.plane import RIGHT, Layers, Plane, gutter, plot_width
from report.charts.toolkit.scales import Scale
from report.charts.toolkit.series import Points, Role, known, roles, yearly
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import amount, count, text_width, widest
from report.core.numbers import MISSING, percent, percent_short

SAMPLE_PX = 15
PARTIAL_RIGHT = 54
# A plot narrower than this shows nothing: names and numbers then stand above their row.
LEAST_PLOT = 90

Values = Sequence[float | None]


@dataclass(frozen=True)
class Lettering:
    """Where the words of rows stand, in px: room over the plot, the heads' baseline, and how far below a row's middle
    its own words have theirs."""

    top: float
    head: float
    fall: float


BESIDE = Lettering(top=52, head=-10, fall=4.5)
ABOVE = Lettering(top=60, head=-18, fall=-12)


def compared_rows(
    variant: Variant,
    names: Sequence[str],
    values: Mapping[str, Values],
    y_title: str,
    *,
    is_log_count: bool = False,
    pair: Sequence[Role] | None = None,
    writes: Mapping[str, Callable[[float], str]] | None = None,
    tick: Callable[[float], str] = percent_short,
) -> alt.LayerChart:
    """A row for each name with its two values, in columns at the right or, where they leave no room, above the row.

    Args:
        values: the rows' values by role key ("computed", "published"); shares as fractions, or counts.
        is_log_count: values are counts on a log axis, as dots; otherwise shares as bars from zero.
        pair: what the two are, main one first; by default computed and published as the edition has them.
        writes: how a role's values are written, by its key, where it is not as exact as the other.
        tick: how values on the axis are written, where they are no counts.
    """
    pair = pair or roles(variant, lambda key: any(value is not None for value in values[key]))
    write: Callable[[float | None], str] = (lambda value: amount(value, variant)) if is_log_count else percent
    own = {role.key: (writes or {}).get(role.key, write) for role in pair}
    texts = [[MISSING if value is None else own[role.key](value) for value in values[role.key]] for role in pair]
    widths = [
        max(widest(column, role.is_main), widest([role.name], True) + SAMPLE_PX)
        for role, column in zip(pair, texts, strict=True)
    ]
    gap = variant.pick(24, 14)
    left = max(40, int(widest(names)) + 14)
    right = int(sum(widths) + gap * len(widths))
    drawn = [value for role in pair for value in values[role.key]]
    place, row_px, y_names, sides = BESIDE, variant.pick(26, 24), names, (left, right)
    if plot_width(variant, left, right) < LEAST_PLOT:
        place, row_px, y_names, sides = ABOVE, 36, [""] * len(names), (0, 0)
    y = scales.rows(y_names, row_px * len(names))
    plane = _plane(variant, y, drawn, *sides, y_title, is_log_count, place.top, tick)
    layers, words, samples = [], [], []
    if place is ABOVE:
        words = [Note(name, 0, plane.py(row) + place.fall, theme.MUTED) for row, name in enumerate(names)]
    edge = variant.width - sides[0] - right - 1
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
            layers.append(row_bars(plane, points, role.colour, thickness=variant.pick(15, 14)))
        words += _column(plane, role, column, edge, place)
        shape = "upright" if not role.is_main else "circle" if is_log_count else "square"
        samples.append(swatch(shape, edge - widest([role.name], True) - 9, place.head - 4.5, role.colour))
    return plane.chart(row_lines(plane), *layers, *samples, notes(words))


def _plane(
    variant: Variant,
    y: Scale,
    values: Values,
    left: int,
    right: int,
    y_title: str,
    is_log_count: bool,
    top: float,
    tick: Callable[[float], str],
) -> Plane:
    width = plot_width(variant, left, right)
    if is_log_count:
        x = scales.log(values, width, count(variant), is_across=True, pad=8)
    else:
        x = scales.linear(values, width, tick, count=variant.pick(5, 3))
    return Plane(variant, x, y, left, right, top=top, y_title=y_title, grid="x", has_x_line=False)


def _column(plane: Plane, role: Role, texts: Sequence[str], right: float, place: Lettering) -> list[Note]:
    colour = role.word_colour
    head = Note(role.name, right, place.head, colour, "right", is_bold=True, has_halo=False)
    return [head] + [
        Note(text, right, plane.py(row) + place.fall, colour, "right", role.is_main, has_halo=place is ABOVE)
        for row, text in enumerate(texts)
    ]


def compared_columns(
    variant: Variant,
    table: Sequence[Mapping[str, Any]],
    pair: Sequence[Role],
    fields: Mapping[str, str],
    y_title: str,
    label: Callable[[float], str],
) -> alt.LayerChart:
    """A column a year for the main series, flat strokes for the one beside it; a partial year is hollow.

    Args:
        table: one row per year (`release_year`, the fields and the roles' `partial`).
        fields: the field of each role key.
        pair: main one first; a role without a name is not named.
    """
    y = scales.linear([row[fields[role.key]] for role in pair for row in table], variant.pick(280, 230), label)
    left = gutter(y.labels)
    years = [row["release_year"] for row in table]
    right = PARTIAL_RIGHT if any(row[role.partial] for role in pair for row in table) else RIGHT
    x = scales.years(years, plot_width(variant, left, right), pad=0.8)
    plane = Plane(variant, x, y, left, right, y_title=y_title)
    thickness = min(x.pixels / (x.high - x.low) * 0.74, 40)
    layers: list[Layers] = []
    words: list[Note] = []
    for role in pair:
        points, ends = yearly(table, fields[role.key], role.partial)
        if role.is_main:
            layers.append(bars(plane, points, role.colour, thickness=thickness))
            layers.append(bars(plane, ends, role.colour, thickness=thickness, is_hollow=True))
            words += partial_word(plane, ends, role.word_colour)
        else:
            # Strokes on columns too low to see would only thicken the axis.
            seen = [(year, value) for year, value in known([*points, *ends]) if value > y.high / 150]
            layers.append(dashes(plane, seen, role.colour, length=max(thickness * 1.3, 3)))
    if len(pair) > 1 or pair[0].name:
        main, _ = yearly(table, fields[pair[0].key], pair[0].partial)
        year, value = max(known(main), key=lambda point: point[1], default=(x.high, y.high))
        edge, top = plane.px(year) - thickness / 2 - 9, min(plane.py(value) + 10, y.pixels - 26)
        for rank, role in enumerate(pair):
            width = text_width(role.name, role.is_main)
            start = max(edge - width, 16)
            layers.append(swatch("square" if role.is_main else "flat", start - 11, top + 18 * rank - 4.5, role.colour))
            words.append(Note(role.name, start, top + 18 * rank, role.word_colour, is_bold=role.is_main))
    return plane.chart(*layers, notes(words))


def partial_word(plane: Plane, ends: Points, colour: str) -> list[Note]:
    """The word beside the end of a year that isn't over; the plane has `PARTIAL_RIGHT` px for it."""
    return [
        Note(plane.variant.say("partial"), plane.px(year) + 8, plane.py(value) + 4.5, colour)
        for year, value in ends
        if value is not None
    ]
