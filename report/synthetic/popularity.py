"""Popularity of the sample's tracks, albums and artists, and artists' followers.

How many tracks have which popularity is published and is met to the row; which tracks they are follows from
a score: the artist's fame, the release's youth, a little of what it is like, and mostly luck.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from report.synthetic import randomness
from report.synthetic.calibration import Published
from report.synthetic.catalogue import Albums, release_ages
from report.synthetic.features import Features
from report.synthetic.recordings import Tracks

ZERO_SHARE = 0.70
"""Tracks at popularity 0: the announcement's "at least 70% under 1,000 streams", taken as this share."""

_FALL_WITHIN_FIRST_BAND = 0.74
"""Tracks at popularity p + 1 per track at p, for 1 to 9: leads into the next band without a step."""

_DANCEABILITY = 4


@dataclass
class Popularity:
    """Popularity, 0 to 100, by track, album and artist; followers by artist."""

    tracks: list[int]
    albums: list[int]
    artists: list[int]
    followers: list[int]


def make_popularity(
    rng: random.Random,
    published: Published,
    albums: Albums,
    tracks: Tracks,
    features: Features,
    is_unavailable: list[bool],
) -> Popularity:
    """Popularity of everything; `is_unavailable` says by track what nobody can play any more."""
    count = len(tracks.albums)
    fame = randomness.normals(rng, albums.artist_count)
    luck = randomness.normals(rng, count)
    youth = release_ages(albums)
    scores = [
        fame[artist] * 0.8 + age * 0.35 + explicit * 0.2 + row[_DANCEABILITY] + chance_of_it - 5 * gone
        for artist, age, explicit, row, chance_of_it, gone in zip(
            tracks.artists, youth, tracks.explicit, features.values, luck, is_unavailable, strict=True
        )
    ]
    by_track = [0] * count
    ranked = sorted(range(count), key=scores.__getitem__)
    place = 0
    for popularity, tracks_at in enumerate(randomness.apportion(_weights(published), count)):
        for track in ranked[place : place + tracks_at]:
            by_track[track] = popularity
        place += tracks_at
    by_album = [0] * len(albums.years)
    by_artist = [0] * albums.artist_count
    for popularity, album, artist in zip(by_track, tracks.albums, tracks.artists, strict=True):
        by_album[album] = max(by_album[album], popularity)
        by_artist[artist] = max(by_artist[artist], popularity)
    return Popularity(
        by_track,
        [best * 7 // 8 for best in by_album],
        [min(max(best * 6 // 5 - 4, 0), 100) for best in by_artist],
        _followers(rng, fame, by_artist),
    )


def _weights(published: Published) -> list[float]:
    """Tracks at each popularity from 0 to 100: the published bands, falling within each."""
    bands = sorted(published.popularity_bands.items())
    total = sum(count for _, count in bands)
    weights = [0.0] * 101
    for place, ((low, high), count) in enumerate(bands):
        following = bands[place + 1][1] if place + 1 < len(bands) else count
        fall = (following / count) ** 0.1
        if low == 0:
            weights[0] = total * ZERO_SHARE
            low, count, fall = 1, count - weights[0], _FALL_WITHIN_FIRST_BAND
        steps = [fall**step for step in range(high - low + 1)]
        for step, part in enumerate(steps):
            weights[low + step] = count * part / sum(steps)
    return weights


def _followers(rng: random.Random, fame: list[float], popularity: list[int]) -> list[int]:
    """Followers by artist: by rank, the n-th of N has about 60 × (N/n)^1.2 of them, most a few dozen."""
    luck = randomness.normals(rng, len(fame))
    scores = [
        known + best / 12 + chance_of_it * 0.6 for known, best, chance_of_it in zip(fame, popularity, luck, strict=True)
    ]
    followers = [0] * len(fame)
    for rank, artist in enumerate(sorted(range(len(fame)), key=scores.__getitem__, reverse=True)):
        followers[artist] = int(60 * ((len(fame) / (rank + 0.6)) ** 1.2 - 1.1))
    return [max(count, 0) for count in followers]
