"""Who is on what: artists of tracks and of albums."""

from __future__ import annotations

import random

from report.synthetic.calibration import Published
from report.synthetic.catalogue import Albums
from report.synthetic.recordings import Tracks

OWN, GUEST = (0, 0), (1, 0)
"""(is_appears_on, is_implicit_appears_on)"""


def track_artists(rng: random.Random, published: Published, albums: Albums, tracks: Tracks) -> list[list[int]]:
    """For each track its artists, the main one among them at any place; guests recur within an album."""
    per_track = published.totals["track_artists"] / published.totals["tracks"]
    another = (per_track - 1) / per_track
    artists = []
    guest, guest_album = 0, -1
    for album, main in zip(tracks.albums, tracks.artists, strict=True):
        those = [main]
        while rng.random() < another:
            if guest_album != album or guest in those or rng.random() < 0.5:
                guest, guest_album = albums.near(rng, album), album
            if guest not in those:
                those.insert(len(those) - (guest & 1), guest)
        artists.append(those)
    return artists


def album_artists(
    rng: random.Random, published: Published, albums: Albums, by_track: list[list[int]]
) -> list[list[tuple[int, int, int, int | None]]]:
    """For each album (artist, is_appears_on, is_implicit_appears_on, index_in_album) for all who are on it.

    A single's second artist is its own as well. Of the guests as many are listed as the published totals say.
    """
    own: list[list[int]] = []
    guests: list[list[int]] = []
    for first, size, artist, kind in zip(albums.firsts, albums.sizes, albums.artists, albums.types, strict=True):
        others = dict.fromkeys(other for those in by_track[first : first + size] for other in those)
        others.pop(artist, None)
        names = list(others)
        shared = 1 if kind == "single" and size == 1 else 0
        own.append([artist, *names[:shared]])
        guests.append(names[shared:])
    wanted = len(own) * published.totals["artist_albums"] / published.totals["albums"] - sum(map(len, own))
    listed = min(max(wanted / max(sum(map(len, guests)), 1), 0.0), 1.0)
    return [
        [(artist, *OWN, index) for index, artist in enumerate(mine)]
        + [(artist, *GUEST, None) for artist in others if rng.random() < listed]
        for mine, others in zip(own, guests, strict=True)
    ]
