"""Ranks of the same names by several countings, joined by lines: who keeps its place, and who does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import altair as alt

from report.charts.forms.cells import Cell, cell_layers
from report.charts.toolkit import scales, theme
from report.charts.toolkit.marks import dots, line
from report.charts.toolkit.notes import Note, notes
from report.charts.toolkit.plane import Layers, Plane, plot_width
from report.charts.toolkit.theme import Variant
from report.charts.toolkit.words import cut, widest
from report.core.numbers import count

LAST = 30
FIRST = 10
ROW_PX = 17
NAME_PX = 190


def slopes(variant: Variant, heads: Sequence[str], ranks: Sequence[Mapping[str, int]], y_title: str) -> alt.LayerChart:
    """A column for each counting, a line for each name; names with their ranks at both ends.

    Ranks over 30 keep their order under a gap, one name a row, so that no name covers another.

    Args:
        heads: what each column counts.
        ranks: rank of each name in each column, 1 the first; a name may be missing.
    """
    names = list(dict.fromkeys(name for column in ranks for name in column))
    rows = [_rows(column) for column in ranks]
    low = max((row for column in rows for row in column.values()), default=1)
    is_folded = low > LAST + 1
    firsts, lasts = ranks[0] if ranks else {}, ranks[-1] if len(ranks) > 1 else {}
    left_texts = {name: f"{cut(name, NAME_PX)}  {count(rank)}" for name, rank in firsts.items()}
    right_texts = {name: f"{count(rank)}  {cut(name, NAME_PX)}" for name, rank in lasts.items()}
    left = widest([*left_texts.values(), *heads[:1]], True) + 12
    right = widest([*right_texts.values(), *heads[-1:]], True) + 12
    plane = Plane(
        variant,
        scales.fixed(0, max(len(heads) - 1, 1), (), variant.width - left - right, str),
        scales.Scale(0.4, low + 0.6, ROW_PX * (low + 0.2), is_down=True),
        left,
        right,
        top=56,
        bottom=6,
        y_title=y_title,
        grid="",
        has_x_line=False,
        has_x_labels=False,
    )
    leading = {name for name, rank in firsts.items() if rank <= FIRST}
    layers: list[Layers] = []
    for is_leading, colour in ((False, theme.CONTEXT), (True, theme.ACCENT)):
        points = []
        for name in names:
            if (name in leading) != is_leading:
                continue
            own = [(column, own.get(name)) for column, own in enumerate(rows)]
            layers.append(line(plane, own, colour, width=2 if is_leading else 1))
            points += [point for point in own if point[1] is not None]
        layers.append(dots(plane, points, colour, size=40 if is_leading else 26))
    words = [
        Note(head, plane.px(at), -10, theme.INK, _align(at, len(heads)), is_bold=True, has_halo=False)
        for at, head in enumerate(heads)
    ]
    for texts, column, at, align in ((left_texts, 0, -9.0, "right"), (right_texts, -1, plane.x.pixels + 9, "left")):
        words += [
            Note(
                text,
                at,
                plane.py(rows[column][name]) + 4.5,
                theme.ACCENT if name in leading else theme.MUTED,
                align,
                name in leading,
                has_halo=False,
            )
            for name, text in texts.items()
        ]
    fold = _fold(plane) if is_folded else []
    return plane.chart(fold, *layers, notes(words))


def rank_map(
    variant: Variant, heads: Sequence[str], ranks: Sequence[Mapping[str, int]], y_title: str
) -> alt.LayerChart:
    """The same for a narrow page, where lines would cross too steeply: ranks in cells, the first ones darkest.

    Names are ordered by the first column, then the next.
    """
    names = list(dict.fromkeys(name for column in ranks for name in sorted(column, key=lambda name: column[name])))
    texts = [cut(name, 150) for name in names]
    left, right = widest(texts) + 14, 2
    x = scales.columns(heads, plot_width(variant, left, right))
    y = scales.rows(texts, 25 * len(names))
    plane = Plane(
        variant, x, y, left, right, top=54, bottom=6, y_title=y_title, grid="", has_x_line=False, has_x_labels=False
    )
    cells = [
        Cell(column, row, _step(rank), count(rank))
        for column, own in enumerate(ranks)
        for row, name in enumerate(names)
        if (rank := own.get(name)) is not None
    ]
    words = [Note(head, plane.px(at), -8, theme.MUTED, "center", has_halo=False) for at, head in enumerate(heads)]
    return plane.chart(cell_layers(plane, cells), notes(words))


def _step(rank: int) -> int:
    """Step of the ramp: 6 for the first three, 5 to the tenth, then to 30, 100, 300 and beyond."""
    return next((step for step, last in ((6, 3), (5, FIRST), (4, LAST), (3, 100), (2, 300)) if rank <= last), 1)


def _rows(column: Mapping[str, int]) -> dict[str, float]:
    """Row of each name: its rank, below it where another has the same, or beyond the last a free row under a gap."""
    rows: dict[str, float] = {}
    row, below = 0, LAST + 2.0
    for name, rank in sorted(column.items(), key=lambda item: (item[1], item[0])):
        row = max(rank, row + 1)
        rows[name], below = (row, below) if row <= LAST else (below, below + 1)
    return rows


def _fold(plane: Plane) -> Layers:
    """The rule under the last rank, and what lies beneath it."""
    at = LAST + 1.0
    edge = line(plane, [(plane.x.low, at), (plane.x.high, at)], theme.RULE, width=1)
    ends = ((-9.0, "right"), (plane.x.pixels + 9, "left"))
    words = [Note(f"{LAST + 1}+", x, plane.py(at) + 4.5, theme.MUTED, align, has_halo=False) for x, align in ends]
    return edge + notes(words)


def _align(at: int, columns: int) -> str:
    return "right" if at == 0 else "left" if at == columns - 1 else "center"
