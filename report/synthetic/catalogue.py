"""Albums and artists of the sample: how many, when, how large, whose.

Albums are made in order of release year, so that a year is one run of albums and of tracks; the order in
the database is another one. Years come from the published counts. How albums split into singles, albums
and compilations, how large they are and how they spread over artists is invented: nothing is published.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

from report.synthetic import randomness
from report.synthetic.calibration import Published

NO_YEAR = 0
LAST_YEAR = 2025
"""The year of the snapshot, which is partial; later release years are not usable."""

_SINGLES = ((1950, 0.30), (1965, 0.24), (1980, 0.10), (2000, 0.18), (2010, 0.44), (2020, 0.78), (2025, 0.88))
_COMPILATIONS = ((1950, 0.12), (1980, 0.07), (2010, 0.04), (2025, 0.018))
_SIZES = {
    "single": {1: 79, 2: 10, 3: 4, 4: 3, 5: 2, 6: 2},
    "album": {
        **{7: 9, 8: 11, 9: 10, 10: 17, 11: 11, 12: 15, 13: 8, 14: 7, 15: 6, 16: 5, 17: 3, 18: 3},
        **{19: 2, 20: 3, 25: 2, 30: 1, 41: 0.6, 62: 0.2},
    },
    "compilation": {10: 10, 12: 14, 15: 14, 18: 14, 20: 16, 25: 10, 30: 10, 40: 8, 50: 5, 60: 2, 100: 1},
}
# An album falls to its own place's artist, or to the first of a block of 16, 128 or 1,024 of them: that gives
# many artists with one release, few with hundreds, and releases of one artist that lie close in time.
_BLOCKS = {1: 66, 16: 19, 128: 11, 1024: 4}
_CAREER = 0.012
"""Spread of an artist's releases over the catalogue's order, as a share of it (a standard deviation)."""


@dataclass
class Albums:
    """Columns of the albums, in order of release year; those without a usable year come last.

    Attributes:
        years: release year, or NO_YEAR.
        types: album, single or compilation.
        sizes: number of tracks.
        firsts: index of the first track.
        artists: index of the artist it belongs to.
        artist_count: artists of the archive; the last one is the "various artists" of compilations.
    """

    years: list[int]
    types: list[str]
    sizes: list[int]
    artist_count: int
    firsts: list[int] = field(default_factory=list)
    artists: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.firsts = [0, *accumulate(self.sizes)][:-1]

    def near(self, rng: random.Random, album: int) -> int:
        """An artist of about the album's time, other than the various-artists one."""
        last = self.artist_count - 2
        place = album / len(self.years) * last + (rng.random() - 0.5) * 0.02 * last
        return min(max(int(place), 0), last)

    def year_runs(self) -> list[tuple[int, int, int]]:
        """(release year, its first track, the track after its last) for each year, in order."""
        ends = [first + size for first, size in zip(self.firsts, self.sizes, strict=True)]
        runs: list[tuple[int, int, int]] = []
        for year, first, end in zip(self.years, self.firsts, ends, strict=True):
            if runs and runs[-1][0] == year:
                runs[-1] = (year, runs[-1][1], end)
            else:
                runs.append((year, first, end))
        return runs

    def album_of_tracks(self) -> list[int]:
        """For each track the index of its album."""
        return [album for album, size in enumerate(self.sizes) for _ in range(size)]


def make_albums(rng: random.Random, published: Published, track_count: int, undated: int) -> Albums:
    """The albums that hold `track_count` tracks; `undated` of them have no usable year."""
    count = published.rows("albums", track_count)
    usable = {year: albums for year, albums in published.albums.items() if year <= LAST_YEAR}
    years: list[int] = []
    for year, albums in zip(usable, randomness.apportion(list(usable.values()), count - undated), strict=True):
        years += [year] * albums
    types = [_type(rng.random(), year) for year in years] + ["single"] * undated
    years += [NO_YEAR] * undated
    draws = {kind: iter(randomness.draw(rng, sizes, count)) for kind, sizes in _SIZES.items()}
    sizes = [next(draws[kind]) for kind in types]
    _settle(sizes, types, track_count)
    albums = Albums(years, types, sizes, max(published.rows("artists", track_count), 3))
    albums.artists = _artists(rng, albums)
    return albums


def _type(chance_of_type: float, year: int) -> str:
    if chance_of_type < (single := randomness.interpolate(_SINGLES, year)):
        return "single"
    return "compilation" if chance_of_type < single + randomness.interpolate(_COMPILATIONS, year) else "album"


def _settle(sizes: list[int], types: list[str], track_count: int) -> None:
    """Lengthen or shorten albums, singles apart, by a track each until the sizes sum to `track_count`."""
    long = [album for album, kind in enumerate(types) if kind != "single"] or list(range(len(types)))
    missing = track_count - sum(sizes)
    step = 1 if missing > 0 else -1
    stride = max(len(long) // (abs(missing) + 1), 1)
    place = 0
    while missing:
        album = long[place % len(long)]
        if sizes[album] + step >= 1:
            sizes[album] += step
            missing -= step
        place += stride if place < len(long) else 1


def _artists(rng: random.Random, albums: Albums) -> list[int]:
    count = len(albums.years)
    last = albums.artist_count - 2
    blocks = randomness.draw(rng, _BLOCKS, count)
    shifts = randomness.normals(rng, count)
    artists = []
    for album, (block, shift, kind) in enumerate(zip(blocks, shifts, albums.types, strict=True)):
        if kind == "compilation":
            artists.append(albums.artist_count - 1)
            continue
        place = min(max(int((album / count + shift * _CAREER) * last), 0), last)
        # In the sparse early decades a large block would be a career of a lifetime.
        artists.append(place - place % block if place > 2 * block else place)
    return artists


def release_ages(albums: Albums) -> list[float]:
    """For each track its release year, standardised over tracks to mean 0 and deviation 1; 0 where unknown.

    Older than two deviations counts as two: what is old has no fashion.
    """
    runs = [run for run in albums.year_runs() if run[0] != NO_YEAR]
    knots = list(accumulate(end - first for _, first, end in runs))
    middle = runs[bisect_right(knots, knots[-1] // 2)][0]
    raw = {year: max(year - middle, -24) for year, _, _ in runs}
    mean = sum(raw[year] * (end - first) for year, first, end in runs) / knots[-1]
    deviation = (sum((raw[year] - mean) ** 2 * (end - first) for year, first, end in runs) / knots[-1]) ** 0.5
    ages: list[float] = []
    for year, first, end in albums.year_runs():
        ages += [0.0 if year == NO_YEAR else (raw[year] - mean) / deviation] * (end - first)
    return ages
