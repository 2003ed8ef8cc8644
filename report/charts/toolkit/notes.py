"""Words on a chart: notes with a paper halo, names at the ends of lines, and where a name has room.

Positions are pixels from the plot's top left, so that a label's place can be reckoned with text widths.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import altair as alt

from report.charts.toolkit import theme
from report.charts.toolkit.plane import Layers, Plane, chart_of, in_pixels
from report.charts.toolkit.theme import LINE_PX, TEXT_PX
from report.charts.toolkit.words import text_width

Point = tuple[float, float]
Box = tuple[float, float, float, float]

ASCENT = 10
HALO_PX = 4
CLEAR_PX = 26


@dataclass(frozen=True)
class Note:
    """Words at a place: `x`, `y` in px of the plot; y is the baseline of the first line.

    Args:
        align: "left", "center" or "right" of x.
        size: 13 px, or 14 for totals.
    """

    text: str
    x: float
    y: float
    colour: str = theme.INK
    align: str = "left"
    is_bold: bool = False
    size: int = TEXT_PX
    has_halo: bool = True

    @property
    def box(self) -> Box:
        """Left, top, right and bottom of the words, in px."""
        width = text_width(self.text, self.is_bold, self.size)
        left = self.x - {"left": 0.0, "center": width / 2, "right": width}[self.align]
        lines = self.text.count("\n")
        return (left, self.y - ASCENT, left + width, self.y + 3 + lines * LINE_PX)


def notes(items: Iterable[Note]) -> Layers:
    """All notes, halos first."""
    groups: dict[tuple[str, str, bool, int, bool], list[dict[str, object]]] = {}
    for note in items:
        if not note.text:
            continue
        style = (note.colour, note.align, note.is_bold, note.size, note.has_halo)
        groups.setdefault(style, []).append({"x": round(note.x, 2), "y": round(note.y, 2), "t": note.text})
    halos = [_words(values, style, True) for style, values in groups.items() if style[4]]
    return halos + [_words(values, style, False) for style, values in groups.items()]


def align_at(x: float, plane: Plane, text: str) -> str:
    """ "center" where the words fit around x (px), else "left" or "right" at the nearer edge of the plot."""
    half = text_width(text) / 2
    if x - half < -plane.left:
        return "left"
    return "right" if x + half > plane.x.pixels + plane.right else "center"


def end_names(
    plane: Plane, ends: Sequence[tuple[str, float, str]], *, bold: Sequence[str] = (), dx: float = 8
) -> list[Note]:
    """Names in the right gutter, each as near to its line's end as the others allow.

    Args:
        ends: name, y value of the line's end, colour of the words.
        bold: the names that are the point.
    """
    wanted = [plane.py(value) for _, value, _ in ends]
    lines = max((name.count("\n") + 1 for name, _, _ in ends), default=1)
    placed = spread(wanted, LINE_PX * lines, 0, plane.y.pixels)
    return [
        Note(name, plane.x.pixels + dx, y + 4.5, colour, is_bold=name in bold, has_halo=False)
        for (name, _, colour), y in zip(ends, placed, strict=True)
    ]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Places near the wanted ones that keep `gap` apart, within low to high as far as there is room."""
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index], index))
    clusters: list[list[int]] = []
    centres: list[float] = []
    for index in order:
        clusters.append([index])
        centres.append(_inside(wanted[index], 0, low, high))
        while len(clusters) > 1 and centres[-1] - centres[-2] < gap * (len(clusters[-1]) + len(clusters[-2])) / 2:
            merged = clusters[-2] + clusters[-1]
            clusters[-2:] = [merged]
            middle = sum(wanted[member] for member in merged) / len(merged)
            centres[-2:] = [_inside(middle, gap * (len(merged) - 1), low, high)]
    places = [0.0] * len(wanted)
    for members, centre in zip(clusters, centres, strict=True):
        for rank, member in enumerate(members):
            places[member] = centre + gap * (rank - (len(members) - 1) / 2)
    return places


def name_beside(
    plane: Plane,
    names: Sequence[tuple[str, str, Sequence[Point]]],
    *,
    bold: Sequence[str] = (),
    taken: Sequence[Box] = (),
) -> list[Note]:
    """Names of lines or clouds of points, each at its own and clear of all the others.

    Args:
        names: words, their colour, and the series as (x, y) in values, ordered by x.
        taken: boxes (px) that are not free.

    Every series is tried at places along itself, above and below; the one with the most room is taken.
    """
    paths = [[(plane.px(x), plane.py(y)) for x, y in points] for _, _, points in names]
    dense = [_dense(path) for path in paths]
    boxes = list(taken)
    placed: list[Note] = []
    for index, (text, colour, _) in enumerate(names):
        if not paths[index]:
            continue
        others = [point for other, path in enumerate(dense) if other != index for point in path]
        best = max(
            _candidates(plane, text, colour, paths[index], text in bold),
            key=lambda found: _room(plane, found[0], dense[index], others, boxes) + (4 if found[1] else 0),
        )[0]
        placed.append(best)
        boxes.append(best.box)
    return placed


def _candidates(plane: Plane, text: str, colour: str, path: Sequence[Point], is_bold: bool) -> list[tuple[Note, bool]]:
    """Places at the series, and whether they are above it."""
    stride = max(len(path) // 18, 1)
    width, lines = text_width(text, is_bold), text.count("\n")
    found = []
    for x, y in path[::stride]:
        over = y - 9 - lines * LINE_PX
        for shift, align in ((0.0, "center"), (width / 2 + 6, "center"), (-width / 2 - 6, "center")):
            at = min(max(x + shift, width / 2), plane.x.pixels - width / 2)
            for baseline in (over, over - 18, y + 19, y + 37, y + 4.5 - lines * LINE_PX / 2):
                found.append((Note(text, at, baseline, colour, align, is_bold), baseline < y - 8))
    return found


def _room(plane: Plane, note: Note, own: Sequence[Point], others: Sequence[Point], boxes: Sequence[Box]) -> float:
    box = left, top, right, bottom = note.box
    outside = max(0.0, -2 - top, bottom - plane.y.pixels + 4, -left - 1, right - plane.x.pixels - 1)
    to_own = _distance(box, own)
    to_others = _distance(box, others)
    to_boxes = min((gap(box, other) for other in boxes), default=CLEAR_PX)
    crossed = 200.0 if to_own < 3 else 0.0
    lost = 400.0 if to_others < 3 or to_boxes < 3 else 0.0
    # Near its own line is not enough: the words must be nearer to it than to any other.
    apart = min(to_others - max(to_own, 9.0), CLEAR_PX)
    return apart + min(to_boxes, CLEAR_PX) / 2 - max(to_own, 9.0) - crossed - lost - 20 * outside


def _distance(box: Box, points: Sequence[Point]) -> float:
    left, top, right, bottom = box
    nearest = 1e9
    for x, y in points:
        dx = left - x if x < left else x - right if x > right else 0.0
        away = dx * dx
        if away < nearest:
            dy = top - y if y < top else y - bottom if y > bottom else 0.0
            away += dy * dy
            if away < nearest:
                nearest = away
    return nearest**0.5


def gap(one: Box, other: Box) -> float:
    """Px between two boxes; 0 where they touch or overlap."""
    dx = max(one[0] - other[2], other[0] - one[2], 0.0)
    dy = max(one[1] - other[3], other[1] - one[3], 0.0)
    return (dx * dx + dy * dy) ** 0.5


def _dense(path: Sequence[Point]) -> list[Point]:
    points = list(path[:1])
    for (x0, y0), (x1, y1) in pairwise(path):
        pieces = max(int(max(abs(x1 - x0), abs(y1 - y0)) // 7), 1)
        points += [(x0 + (x1 - x0) * i / pieces, y0 + (y1 - y0) * i / pieces) for i in range(1, pieces + 1)]
    return points


def _inside(centre: float, extent: float, low: float, high: float) -> float:
    return min(max(centre, low + extent / 2), max(high - extent / 2, low + extent / 2))


def _words(values: list[dict[str, object]], style: tuple[str, str, bool, int, bool], is_halo: bool) -> alt.Chart:
    colour, align, is_bold, size, _ = style
    look = {"fontSize": size, "align": align, "baseline": "alphabetic", "lineBreak": "\n"}
    if is_bold:
        look["fontWeight"] = "bold"
    if is_halo:
        look |= {"stroke": theme.PAPER, "strokeWidth": HALO_PX, "strokeJoin": "round"}
    drawn = chart_of(values).mark_text(color=theme.PAPER if is_halo else colour, **look)
    return drawn.encode(*in_pixels(), alt.Text("t", type="nominal"))
