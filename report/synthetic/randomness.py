"""Repeatable chance: everything random in the sample goes through here and through one `random.Random`.

Only `random()`-based draws are used and values come out of tables that are rounded when they are made, so
that the same seed gives the same archive on every platform and Python version.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from statistics import NormalDist

_STANDARD = NormalDist()
_NORMAL = tuple(round(_STANDARD.inv_cdf((step + 0.5) / 8192), 6) for step in range(8192))
_ALPHABET = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_LETTERS = bytes(_ALPHABET[value % 62] for value in range(256))
_SURPLUS = bytes(range(62 * 4, 256))  # left out, so that every letter is equally likely
_ID_LENGTH = 22

_STEPS_PER_SIGMA = 512
_REACH = 8  # standard deviations a table covers each way; weighted sums of a few normals stay inside


def normals(rng: random.Random, count: int) -> list[float]:
    """`count` draws of a standard normal, from a table of 8,192 quantiles (-3.84 to 3.84)."""
    return rng.choices(_NORMAL, k=count)


def ids(rng: random.Random, count: int) -> list[str]:
    """`count` ids of 22 base-62 characters."""
    size = count * _ID_LENGTH
    letters = ""
    while len(letters) < size:
        letters += rng.randbytes(size * 21 // 20 + 64).translate(_LETTERS, _SURPLUS).decode("ascii")
    return [letters[start : start + _ID_LENGTH] for start in range(0, size, _ID_LENGTH)]


def draw(rng: random.Random, weights: dict, count: int) -> list:
    """`count` keys of `weights`, each with a probability in proportion to its weight."""
    return rng.choices(list(weights), cum_weights=list(accumulate(weights.values())), k=count)


def spread(rng: random.Random, weights: dict, count: int) -> list:
    """As `draw`, but each key as often as its weight says, to within one; only the order is random."""
    keys, edges = list(weights), list(accumulate(weights.values()))
    step, start = edges[-1] / max(count, 1), rng.random()
    drawn = [keys[min(bisect_right(edges, (place + start) * step), len(keys) - 1)] for place in range(count)]
    rng.shuffle(drawn)
    return drawn


def apportion(weights: Sequence[float], total: int) -> list[int]:
    """`total` split into whole numbers in proportion to `weights` (largest remainders, ties to the first)."""
    scale = total / sum(weights)
    shares = [round(weight * scale, 9) for weight in weights]
    parts = [int(share) for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda place: (parts[place] - shares[place], place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


def interpolate(knots: Sequence[tuple[float, float]], at: float) -> float:
    """The broken line through `knots` (sorted by their first value) at `at`; constant beyond both ends."""
    place = bisect_right(knots, at, key=lambda knot: knot[0])
    if place == 0:
        return knots[0][1]
    if place == len(knots):
        return knots[-1][1]
    (x0, y0), (x1, y1) = knots[place - 1], knots[place]
    return y0 + (y1 - y0) * (at - x0) / (x1 - x0)


def solve(function: Callable[[float], float], low: float, high: float) -> float:
    """Where the rising `function` crosses 0 between `low` and `high`; the nearer end if it does not."""
    for _ in range(40):
        middle = (low + high) / 2
        if function(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


class Marginal:
    """The distribution of one feature: from a standard normal latent value to the feature's value.

    Args:
        knots: the quantile function as a broken line, (probability, value) from 0 to 1.
        mean: what the mean has to be; the line is bent (probability to a power) until it is. None: as it is.
        digits: significant digits a value is rounded to.
    """

    def __init__(self, knots: Sequence[tuple[float, float]], mean: float | None = None, digits: int = 3) -> None:
        grid = [(step + 0.5) / 400 for step in range(400)]

        def mean_error(power: float) -> float:
            return mean - sum(interpolate(knots, u**power) for u in grid) / len(grid)

        power = 1.0 if mean is None else solve(mean_error, 0.2, 5.0)
        places = range(-_REACH * _STEPS_PER_SIGMA, _REACH * _STEPS_PER_SIGMA)
        probabilities = (_STANDARD.cdf((place + 0.5) / _STEPS_PER_SIGMA) for place in places)
        self.values = [float(f"{interpolate(knots, u**power):.{digits}g}") for u in probabilities]

    def at(self, latents: Sequence[float]) -> list[float]:
        """The feature's values for standard normal `latents`."""
        values, middle = self.values, _REACH * _STEPS_PER_SIGMA
        return [values[int(latent * _STEPS_PER_SIGMA + middle)] for latent in latents]
