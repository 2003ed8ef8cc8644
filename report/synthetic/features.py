"""Audio features of the sample's recordings.

Each feature is a monotone function of a standard normal latent value, so its distribution, and with it the
published mean, holds whatever the latent values have in common: intensity (energy, loudness, not acoustic),
mood (valence, danceability), the album (spoken word, instrumentals) and a slow drift over release years.
Key and mode come from the published table and depend on nothing else.
"""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from report.synthetic import randomness
from report.synthetic.calibration import Published
from report.synthetic.catalogue import Albums, release_ages
from report.synthetic.randomness import Marginal
from report.synthetic.recordings import Tracks

# Quantile functions, (probability, value). Invented shapes; the means are published.
_SHAPES = {
    "danceability": (
        (0, 0),
        (0.01, 0.1),
        (0.1, 0.33),
        (0.3, 0.49),
        (0.5, 0.6),
        (0.7, 0.7),
        (0.9, 0.82),
        (1, 0.99),
    ),
    "energy": ((0, 0), (0.1, 0.11), (0.3, 0.36), (0.5, 0.56), (0.7, 0.71), (0.9, 0.9), (1, 1)),
    "speechiness": (
        (0, 0),
        (0.01, 0.023),
        (0.3, 0.037),
        (0.5, 0.051),
        (0.7, 0.1),
        (0.85, 0.25),
        (0.95, 0.5),
        (1, 0.96),
    ),
    "acousticness": ((0, 0), (0.15, 0.006), (0.35, 0.1), (0.5, 0.33), (0.65, 0.66), (0.8, 0.88), (1, 0.996)),
    "instrumentalness": (
        (0, 0),
        (0.35, 0),
        (0.55, 0.002),
        (0.63, 0.1),
        (0.7, 0.7),
        (0.85, 0.87),
        (0.97, 0.93),
        (1, 1),
    ),
    "liveness": ((0, 0.01), (0.1, 0.077), (0.5, 0.118), (0.7, 0.2), (0.85, 0.34), (0.95, 0.6), (1, 1)),
    "valence": ((0, 0), (0.05, 0.04), (0.25, 0.22), (0.5, 0.44), (0.75, 0.67), (0.95, 0.92), (1, 0.99)),
}
_LOUDNESS = ((0, -60), (0.004, -40), (0.05, -24), (0.2, -14.5), (0.5, -9), (0.8, -6), (0.97, -3.5), (1, 0))
_TIME_SIGNATURES = {4: 0.872, 3: 0.095, 5: 0.019, 1: 0.012, 0: 0.002}
_NO_KEY_SHARE = 0.0004
_NO_TEMPO_SHARE = 0.003
_SPOKEN, _FUNCTIONAL = 2.0, 1.75
"""Deviations above which an album's speech or instrumental value makes it an audiobook or mere sound."""


@dataclass
class Features:
    """Features of the tracks, a list a column, in the tracks' order; a copy has its original's values.

    Attributes:
        values: (time_signature, tempo, key, mode, danceability, energy, loudness, speechiness, acousticness,
            instrumentalness, liveness, valence) by track, as the database has them.
        is_spoken, is_functional: by album.
    """

    values: list[tuple]
    is_spoken: list[bool]
    is_functional: list[bool]


def make_features(rng: random.Random, published: Published, albums: Albums, tracks: Tracks) -> Features:
    """Features for every track; which rows are left out of the database is decided where it is written."""
    count = len(tracks.albums)
    speech, instrumental = (randomness.normals(rng, len(albums.years)) for _ in range(2))
    ages = release_ages(albums)
    intensity, mood, *noise = (randomness.normals(rng, count) for _ in range(9))
    latents = {
        "energy": [0.995 * i + 0.1 * a for i, a in zip(intensity, ages, strict=True)],
        "loudness": [0.84 * i + 0.1 * a + 0.533 * n for i, a, n in zip(intensity, ages, noise[0], strict=True)],
        "acousticness": [-0.7 * i - 0.1 * a + 0.707 * n for i, a, n in zip(intensity, ages, noise[1], strict=True)],
        "danceability": [
            0.15 * i + 0.5 * m + 0.12 * a + 0.844 * n
            for i, m, a, n in zip(intensity, mood, ages, noise[2], strict=True)
        ],
        "valence": [
            0.25 * i + 0.55 * m - 0.12 * a + 0.788 * n
            for i, m, a, n in zip(intensity, mood, ages, noise[3], strict=True)
        ],
        "liveness": noise[4],
        "speechiness": [0.8 * speech[album] + 0.6 * n for album, n in zip(tracks.albums, noise[5], strict=True)],
        "instrumentalness": [
            0.8 * instrumental[album] + 0.6 * n for album, n in zip(tracks.albums, noise[6], strict=True)
        ],
    }
    columns = {
        name: Marginal(shape, published.feature_means[name]).at(latents[name]) for name, shape in _SHAPES.items()
    }
    columns["loudness"] = Marginal(_LOUDNESS, digits=4).at(latents["loudness"])
    keys_and_modes = randomness.draw(rng, published.keys_and_modes, count)
    rows = zip(
        randomness.draw(rng, _TIME_SIGNATURES, count),
        _tempos(rng, published.feature_means["tempo"], count),
        [-1 if rng.random() < _NO_KEY_SHARE else key for key, _ in keys_and_modes],
        [mode for _, mode in keys_and_modes],
        columns["danceability"],
        columns["energy"],
        columns["loudness"],
        columns["speechiness"],
        columns["acousticness"],
        columns["instrumentalness"],
        columns["liveness"],
        columns["valence"],
        strict=True,
    )
    drawn = list(rows)
    return Features(
        [drawn[original] for original in tracks.originals],
        [value > _SPOKEN for value in speech],
        [value > _FUNCTIONAL for value in instrumental],
    )


def _tempos(rng: random.Random, mean: float, count: int) -> list[float]:
    """Tempi in BPM: humps at 124 and at half and double of slower and faster music, ticks at round tempi."""
    bins = range(42, 214)

    def weight(bpm: int) -> float:
        humps = _bell(bpm, 124, 19) + 0.62 * _bell(bpm, 87, 13) + 0.3 * _bell(bpm, 170, 13)
        tick = 1.9 if bpm in {120, 128} else 1.5 if bpm % 10 == 0 else 1.2 if bpm % 5 == 0 else 1.0
        return (humps + 0.02) * tick

    def mean_error(slope: float) -> float:
        """Zero where the bins, tilted by `slope`, have the wanted mean over all tracks, 0 BPM included."""
        tilted = [weight(bpm) * (1 + slope * (bpm - 118)) for bpm in bins]
        got = sum(bpm * part for bpm, part in zip(bins, tilted, strict=True)) / sum(tilted)
        return got * (1 - _NO_TEMPO_SHARE) - mean

    slope = randomness.solve(mean_error, -0.01, 0.01)
    drawn = randomness.draw(rng, {bpm: weight(bpm) * (1 + slope * (bpm - 118)) for bpm in bins}, count)
    # Half of it is made to a click: within a few hundredths of a whole tempo.
    spreads = randomness.normals(rng, count)
    tempos = []
    for bpm, spread in zip(drawn, spreads, strict=True):
        position = rng.random()
        offset = spread * 0.02 if position < 0.5 else (position - 0.75) * 2
        tempos.append(round(bpm + offset, 3) if rng.random() >= _NO_TEMPO_SHARE else 0)
    return tempos


def _bell(at: float, centre: float, width: float) -> float:
    """A bell curve's height, 1 at its centre; rounded, so that platforms agree."""
    return round(math.exp(-(((at - centre) / width) ** 2) / 2), 9)
