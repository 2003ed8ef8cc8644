"""Durations of the sample's tracks: by minute and by year as published, within a minute as described.

Two published figures bind the durations: tracks by whole minute, and the mean by release year. The joint
table of year and minute is fitted to both (each year's minutes tilted until its mean is right, each minute
scaled until its total is right, in turn). Within a minute the seconds run smoothly into the neighbouring
minutes, except where tracks crowd.
"""

from __future__ import annotations

import math
import random
from itertools import pairwise

from report.synthetic import randomness
from report.synthetic.calibration import Published
from report.synthetic.catalogue import NO_YEAR

_HEAPS = {60: 1.06, 120: 1.20, 180: 1.28, 240: 1.20, 300: 1.14, 360: 1.10, 420: 1.06, 480: 1.08}
"""Tracks at a whole minute per track at each second 3 to 10 away. Invented: no such count is published."""
_THRESHOLDS = ((range(30, 36), ((2010, 1.05), (2024, 1.5))), (range(120, 126), ((2015, 1.0), (2024, 1.09))))
"""Seconds just over a length that pays, and by how much they are lifted in (release year, factor)."""
_LONG = (605, 616, 628, 641, 655, 670, 687, 705, 725, 748, 773, 801, 834, 873, 919, 976, 1049, 1146, 1280)
_LONGEST = (1450, 1690, 2150, 3571)
_LONG_SECONDS = {**dict.fromkeys(_LONG, 4), **dict.fromkeys(_LONGEST, 1.3), 5390: 0.4}
"""Lengths of ten minutes and more, in seconds, with weights; each stands for the 20 s around it."""


class Durations:
    """Durations by release year.

    Args:
        published: the figures to meet.
        tracks_by_year: tracks of each year; a year after the published ones has no mean to meet.
    """

    def __init__(self, published: Published, tracks_by_year: dict[int, int]) -> None:
        self._curve = _smooth_seconds(published.minutes)
        smooth = self._curve.copy()
        for second, height in _HEAPS.items():
            around = [smooth[second + side * apart] for side in (-1, 1) for apart in range(3, 11)]
            self._curve[second] = height * sum(around) / len(around)
        last = published.mean_durations[-1][0]
        means = {
            year: randomness.interpolate(published.mean_durations, year)
            for year in tracks_by_year
            if NO_YEAR < year <= last
        }
        self._minute_shares = _fit(published.minutes, self._bin_means(), tracks_by_year, means)

    def draw(self, rng: random.Random, year: int, count: int) -> list[int]:
        """`count` durations in ms of tracks released in `year`."""
        drawn = randomness.spread(rng, self._seconds(year), count)
        return [_milliseconds(second, rng.random()) for second in drawn]

    def _seconds(self, year: int) -> dict[int, float]:
        """Weight of each second: the minute's share for the year, spread within the minute."""
        weights: dict[int, float] = {}
        for minute, share in enumerate(self._minute_shares[year]):
            within = _LONG_SECONDS if minute == 10 else self._within(minute, year)
            total = sum(within.values())
            weights.update((second, share * weight / total) for second, weight in within.items())
        return weights

    def _within(self, minute: int, year: int) -> dict[int, float]:
        lifts = {s: randomness.interpolate(knots, year) for window, knots in _THRESHOLDS for s in window}
        return {second: self._curve[second] * lifts.get(second, 1.0) for second in range(minute * 60, minute * 60 + 60)}

    def _bin_means(self) -> list[float]:
        bins = [self._within(minute, 2020) for minute in range(10)] + [_LONG_SECONDS]
        return [sum(s * weight for s, weight in within.items()) / sum(within.values()) for within in bins]


def _milliseconds(second: int, position: float) -> int:
    """A length that rounds to `second`; at whole minutes never under it, so minute and second agree."""
    if second >= 600:
        return second * 1000 + int(position * 20_000)
    if second % 60 == 0:
        return second * 1000 + int(position * 500)
    return second * 1000 - 500 + int(position * 1000)


def _smooth_seconds(minutes: list[int]) -> list[float]:
    """A curve over the seconds 0 to 599: a parabola a minute that keeps its total and meets the next one."""
    edges = [0.0, *((here * after) ** 0.5 for here, after in pairwise(minutes[:10]))]
    edges.append(minutes[9] * 0.8)
    curve = []
    for minute, total in enumerate(minutes[:10]):
        left, right = edges[minute], edges[minute + 1]
        bow = 6 * (total - (left + right) / 2)
        for second in range(60):
            at = second / 60
            height = left + (right - left) * at + bow * at * (1 - at)
            curve.append(max(height, total * 0.02))
    return curve


def _fit(
    minutes: list[int], bin_means: list[float], tracks_by_year: dict[int, int], means: dict[int, float]
) -> dict[int, list[float]]:
    """Shares of the minutes in each year that meet the minutes' totals and the years' means."""
    total = sum(tracks_by_year.values())
    wanted = [count * total / sum(minutes) for count in minutes]
    shares = {year: [count / total for count in wanted] for year in tracks_by_year}
    for _ in range(30):
        sums = [sum(tracks_by_year[year] * row[place] for year, row in shares.items()) for place in range(len(minutes))]
        factors = [want / got if got else 0.0 for want, got in zip(wanted, sums, strict=True)]
        for year, row in shares.items():
            row = [share * factor for share, factor in zip(row, factors, strict=True)]
            shares[year] = _tilted(row, bin_means, means.get(year))
    return shares


def _tilted(row: list[float], bin_means: list[float], mean: float | None) -> list[float]:
    """`row` × exp(slope × duration), scaled to sum to 1; Newton's steps find the slope that gives `mean`."""
    slope = 0.0
    for _ in range(6 if mean is not None else 0):
        tilted = [share * math.exp(slope * (x - mean)) for share, x in zip(row, bin_means, strict=True)]
        weight = sum(tilted)
        first = sum(share * (x - mean) for share, x in zip(tilted, bin_means, strict=True)) / weight
        second = sum(share * (x - mean) ** 2 for share, x in zip(tilted, bin_means, strict=True)) / weight
        slope -= first / second
    tilted = [share * math.exp(slope * x) for share, x in zip(row, bin_means, strict=True)]
    weight = sum(tilted)
    return [round(share / weight, 12) for share in tilted]
