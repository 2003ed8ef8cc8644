"""Scales worked out in Python: domain, ticks, tick labels and pixels, before Vega-Lite sees them.

Nothing is left to a renderer's font metrics or automatic ticks, so a chart is the same everywhere and labels
can be placed knowing where the data falls.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import altair as alt

from report.charts.toolkit.words import widest

Label = Callable[[float], str]

LEAST_TICK_PX = 26


@dataclass(frozen=True)
class Scale:
    """One axis: values `low` to `high` over `pixels`, ticks with their labels.

    `is_down` puts low at the top of a vertical axis (rows of a table).
    """

    low: float
    high: float
    pixels: float
    ticks: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()
    is_log: bool = False
    is_down: bool = False

    def at(self, value: float) -> float:
        """Distance of a value from the low end, in px; outside values fall outside 0 to `pixels`."""
        if self.is_log:
            return self.pixels * math.log(value / self.low) / math.log(self.high / self.low)
        return self.pixels * (value - self.low) / (self.high - self.low)

    def holds(self, value: float | None) -> bool:
        """Whether the value can be drawn: present, and inside the domain."""
        return value is not None and self.low <= value <= self.high

    def vega(self) -> alt.Scale:
        """The scale as Vega-Lite takes it."""
        domain = [self.high, self.low] if self.is_down else [self.low, self.high]
        return alt.Scale(domain=domain, nice=False, zero=False, padding=0, type="log" if self.is_log else "linear")

    def label_expr(self) -> str:
        """Vega expression from a tick to its label."""
        lines = (label.split("\n") for label in self.labels)
        texts = json.dumps([line[0] if len(line) == 1 else line for line in lines])
        ticks = ",".join(repr(tick) for tick in self.ticks)
        return f"{texts}[indexof([{ticks}],datum.value)]"


def finite(values: Iterable[float | None]) -> list[float]:
    """The values that are there."""
    return [value for value in values if value is not None]


def linear(
    values: Iterable[float | None],
    pixels: float,
    label: Label,
    *,
    count: int = 5,
    has_zero: bool = True,
    steps: Sequence[float] = (1, 2, 5),
    base: float = 10,
    headroom: float = 0,
) -> Scale:
    """Linear scale from round tick to round tick around the values.

    Args:
        count: about how many ticks.
        has_zero: begin at zero; for bars always.
        steps: tick distances allowed, times any power of `base` (60 for minutes and seconds).
        headroom: px left free above the data, instead of going up to the next tick.
    """
    known = finite(values) or [0.0]
    low, high = min(known), max(known)
    if has_zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low <= abs(high) * 1e-9:
        spare = abs(high) * 0.1 or 1.0
        low, high = (low if has_zero and low == 0 else low - spare), high + spare
    if headroom:
        step = _step((high - low) / max(count - 1, 1), steps, base, is_below=True)
        last = math.floor(high / step + 1e-9)
        top = high + (high - low) * headroom / (pixels - headroom)
    else:
        step = _step((high - low) / count, steps, base)
        last = math.ceil(high / step - 1e-9)
        top = last * step
    first = math.floor(low / step + 1e-9)
    ticks = tuple(_clean(index * step) for index in range(first, last + 1))
    return Scale(_clean(first * step), _clean(max(top, first * step + step / 2)), pixels, ticks, _texts(ticks, label))


def log(
    values: Iterable[float | None],
    pixels: float,
    label: Label,
    *,
    is_across: bool = False,
    pad: float = 0.0,
    multiples: Sequence[int] = (1,),
) -> Scale:
    """Log scale with ticks at powers of ten, or some of them; values at or below zero are left out.

    Args:
        is_across: the axis is horizontal, so that labels need room for their width.
        pad: room beyond the data at either end, in px.
        multiples: ticks also at these times a power, such as 1, 2, 5, where all of them have room.
    """
    known = [value for value in finite(values) if value > 0] or [1.0]
    low, high = min(known), max(known)
    if high / low < 10:
        middle = math.sqrt(high * low)
        low, high = min(low, middle / 3.5), max(high, middle * 3.5)
    margin = (high / low) ** (pad / max(pixels - 2 * pad, 1.0))
    low, high = low / margin, high * margin
    first, last = math.ceil(math.log10(low) - 1e-9), math.floor(math.log10(high) + 1e-9)
    decade = pixels / math.log10(high / low)
    if len(multiples) > 1 and decade * math.log10(2) >= LEAST_TICK_PX:
        wanted = (float(f"{by}e{power}") for power in range(first - 1, last + 1) for by in multiples)
        ticks = tuple(_clean(tick) for tick in wanted if low <= tick <= high)
        if ticks:
            return Scale(low, high, pixels, ticks, _texts(ticks, label), is_log=True)
    for every in (1, 2, 3, 6):
        powers = [power for power in range(first, last + 1) if power % every == 0] or [first]
        ticks = tuple(10**power if power >= 0 else float(f"1e{power}") for power in powers)
        if decade * every >= (widest(_texts(ticks, label)) + 12 if is_across else LEAST_TICK_PX):
            break
    return Scale(low, high, pixels, ticks, _texts(ticks, label), is_log=True)


def years(values: Iterable[int | None], pixels: float, *, spacing: float = 62, pad: float = 0.5) -> Scale:
    """Scale of calendar years; ticks at round years, at least `spacing` px apart.

    Args:
        pad: years of room at either end.
    """
    known = finite(values) or [2000]
    low, high = min(known), max(known)
    wanted = max(int(pixels // spacing), 1)
    step = next((size for size in (1, 2, 5, 10, 20, 50, 100) if (high - low) / size <= wanted), 200)
    ticks = tuple(range(math.ceil(low / step) * step, int(high) + 1, step)) or (int(high),)
    if low == high:
        pad = 1.0
    return Scale(low - pad, high + pad, pixels, ticks, tuple(str(tick) for tick in ticks))


def rows(names: Sequence[str], pixels: float) -> Scale:
    """Scale of named rows or columns 0, 1, 2 …, each one unit high."""
    ticks = tuple(range(len(names)))
    return Scale(-0.5, len(names) - 0.5, pixels, ticks, tuple(names), is_down=True)


def columns(names: Sequence[str], pixels: float) -> Scale:
    """Like `rows`, from left to right."""
    return replace(rows(names, pixels), is_down=False)


def fixed(low: float, high: float, ticks: Sequence[float], pixels: float, label: Label) -> Scale:
    """Scale whose ends and ticks the measure itself gives (a popularity, an hour, a share from 0 to 1)."""
    return Scale(low, high, pixels, tuple(ticks), _texts(ticks, label))


def _texts(ticks: Sequence[float], label: Label) -> tuple[str, ...]:
    return tuple(label(tick) for tick in ticks)


def _step(wanted: float, steps: Sequence[float], base: float, is_below: bool = False) -> float:
    """The allowed tick distance next above the wanted one, or next below it."""
    power = base ** math.floor(math.log(wanted, base) + 1e-9)
    sizes = [step * power for step in (*steps, base * steps[0])]
    if is_below:
        return max(size for size in sizes if size <= wanted * (1 + 1e-9))
    return next((size for size in sizes if size >= wanted * (1 - 1e-9)), sizes[-1])


def _clean(value: float) -> float:
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e15 else rounded
