"""Sparks: the small pictures in the list of findings. They show a shape and never a scale, so they are a few paths of
plain SVG in the page's own colours, without a chart library.

Points come from the rows of a figure or from facts; what cannot be drawn is None, and no picture is made.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from report.core import columns
from report.core.numbers import MONTHS

WIDTH, HEIGHT = 208, 44
BASE = HEIGHT - 1
# Room for a dot at the end of a line, which is 7 wide.
PAD = 4
MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True)
class Style:
    """How a spark is drawn.

    Attributes:
        kind: one of `SPARK_KINDS`.
        is_log: whether heights are logarithms of the values.
        on: values of x that are the point, as text; the last point where none is named.
        until: the last x of a stretch that is the point.
    """

    kind: str
    is_log: bool = False
    on: tuple[str, ...] = ()
    until: float | None = None


@dataclass(frozen=True)
class Point:
    """One value: `label` is x as the rows have it, `half` tells the two halves of a `mirror` apart."""

    label: object
    value: float
    half: object = None


Shape = tuple[str, str]


def points(rows: Iterable[Mapping[str, object]], x: str, y: str, by: str | None = None) -> list[Point]:
    """The points to draw: known values of whole periods, the first of each x (and half)."""
    found: dict[tuple, Point] = {}
    partial = "is_published_partial" if columns.half(y) == "published" else "is_partial"
    for row in rows:
        if isinstance(row[y], int | float) and row[x] is not None and not row.get(partial):
            found.setdefault((row[x], row.get(by)), Point(row[x], row[y], row.get(by)))
    return list(found.values())


def span(points: Sequence[Point]) -> str:
    """From when to when points run, if x is a time: "1950–2024", "January 2025–April 2026"; else nothing."""
    labels = [point.label for point in points]
    if all(isinstance(label, int) and 1800 <= label <= 2200 for label in labels):
        return f"{min(labels)}–{max(labels)}"
    months = [MONTH.fullmatch(str(label)) for label in labels]
    if all(months):
        first, last = (f"{MONTHS[int(month[2]) - 1]} {month[1]}" for month in (months[0], months[-1]))
        return f"{first} – {last}"
    return ""


def draw(points: Sequence[Point], style: Style) -> list[Shape] | None:
    """Pairs of a class and the path that it paints, the lowest first; None for under two values that are not zero.

    Raises:
        KeyError: there is no such kind of spark.
    """
    kind = SPARK_KINDS[style.kind]
    if style.is_log:
        points = [Point(point.label, math.log10(point.value), point.half) for point in points if point.value > 0]
    return kind(points, style) if sum(point.value != 0 for point in points) > 1 else None


def _line(points: Sequence[Point], style: Style) -> list[Shape]:
    across, up = _places(points), _heights(points)
    path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in zip(across, up, strict=True))
    dots = [at for at, point in enumerate(points) if _is_on(point, style)] or [len(points) - 1]
    return [("k-base", f"M0 {BASE}.5H{WIDTH}"), ("k-line", path), ("k-dot", _dots(across, up, dots))]


def _dots_alone(points: Sequence[Point], style: Style) -> list[Shape]:
    across, up = _places(points), _heights(points)
    on = [at for at, point in enumerate(points) if _is_on(point, style)]
    rest = [at for at in range(len(points)) if at not in on]
    return [
        ("k-base", f"M0 {BASE}.5H{WIDTH}"),
        ("k-dot k-rest", _dots(across, up, rest)),
        ("k-dot", _dots(across, up, on)),
    ]


def _bars(points: Sequence[Point], style: Style, foot: int = BASE, reach: int = BASE - 2) -> list[Shape]:
    on = [_is_on(point, style) for point in points]
    if not any(on):
        on[-1] = not style.until
    step = WIDTH / len(points)
    gap = 3 if step > 12 else 1 if step > 2.5 else 0
    highest = max(abs(point.value) for point in points) or 1
    paths = {"k-bar": "", "k-on": ""}
    for at, point in enumerate(points):
        height = max(abs(point.value) / highest * reach, 1 if point.value else 0)
        bar = f"M{_n(at * step)} {foot}v{_n(-height)}h{_n(step - gap)}V{foot}z"
        paths["k-on" if on[at] else "k-bar"] += bar
    return [("k-base", f"M0 {foot}.5H{WIDTH}"), *((name, path) for name, path in paths.items() if path)]


def _area(points: Sequence[Point], style: Style) -> list[Shape]:
    across = [x - PAD for x in _places(points, WIDTH)]
    highest = max(point.value for point in points) or 1
    up = [BASE - max(point.value, 0) / highest * (BASE - 2) for point in points]
    outline = "".join(f"L{_n(x)} {_n(y)}" for x, y in zip(across, up, strict=True))
    strokes = "".join(
        f"M{_n(across[at])} {BASE}V{_n(up[at])}" for at, point in enumerate(points) if _is_on(point, style)
    )
    return [("k-bar", f"M0 {BASE}{outline}V{BASE}z"), *([("k-stroke", strokes)] if strokes else [])]


def _mirror(points: Sequence[Point], _: Style) -> list[Shape]:
    """Two groups of bars on one line: the first half above, the second below."""
    halves = list(dict.fromkeys(point.half for point in points))[:2]
    labels = list(dict.fromkeys(point.label for point in points))
    middle, step = HEIGHT // 2, WIDTH / len(labels)
    highest = max(point.value for point in points) or 1
    shapes = []
    for half, name, sign in zip(halves, ("k-on", "k-bar"), (-1, 1), strict=False):
        values = {point.label: point.value for point in points if point.half == half}
        path = "".join(
            f"M{_n(at * step)} {middle}v{_n(sign * values[label] / highest * (middle - 1))}h{_n(step - 2)}V{middle}z"
            for at, label in enumerate(labels)
            if label in values
        )
        shapes.append((name, path))
    return [*shapes, ("k-base", f"M0 {middle}H{WIDTH}")]


def _lengths(points: Sequence[Point], _: Style) -> list[Shape]:
    """Two amounts as bars from the left, the second the point."""
    longest = max(point.value for point in points) or 1
    return [
        (name, f"M0 {top}h{_n(point.value / longest * WIDTH)}v16H0z")
        for point, top, name in zip(points, (2, 24), ("k-bar", "k-on"), strict=False)
    ]


SPARK_KINDS = {
    "line": _line, "dots": _dots_alone, "bars": _bars, "area": _area, "mirror": _mirror, "lengths": _lengths,
}  # fmt: skip


def _places(points: Sequence[Point], width: int = WIDTH - 2 * PAD) -> list[float]:
    """Where points stand from left to right: by time or number if x is one, else evenly."""
    numbers = [_number(point.label, at) for at, point in enumerate(points)]
    first, last = min(numbers), max(numbers)
    return [PAD + (number - first) / ((last - first) or 1) * width for number in numbers]


def _heights(points: Sequence[Point]) -> list[float]:
    values = [point.value for point in points]
    lowest, highest = min(values), max(values)
    return [BASE - 4 - (value - lowest) / ((highest - lowest) or 1) * (BASE - 4 - PAD) for value in values]


def _number(label: object, at: int) -> float:
    if isinstance(label, int | float):
        return label
    month = MONTH.fullmatch(str(label))
    return int(month[1]) * 12 + int(month[2]) if month else at


def _is_on(point: Point, style: Style) -> bool:
    if style.until is not None and isinstance(point.label, int | float) and point.label <= style.until:
        return True
    return str(point.label) in style.on


def _dots(across: Sequence[float], up: Sequence[float], chosen: Iterable[int]) -> str:
    # A stroke of no length with round ends is a dot.
    return "".join(f"M{_n(across[at])} {_n(up[at])}h0" for at in chosen)


def _n(number: float) -> str:
    """One decimal, and none where it is zero: 4.0 -> "4"."""
    return f"{round(number, 1) + 0:g}"
