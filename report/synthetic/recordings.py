"""Tracks of the sample, without names: which recording each is, whose, how long, how explicit, its ISRC."""

from __future__ import annotations

import random
from dataclasses import dataclass

from report.synthetic import randomness
from report.synthetic.calibration import Published
from report.synthetic.catalogue import LAST_YEAR, NO_YEAR, Albums
from report.synthetic.durations import Durations

RECORDING_SHARE = 186 / 256
"""Distinct ISRCs per track: the announcement's 186 of 256 million."""

_LOST_SHARE = 0.0075
"""Tracks whose recording is nowhere else and whose ISRC is missing, so that it is not seen."""

_FORMS = {
    "kept": 0.965,
    "lower": 0.012,
    "hyphens": 0.006,
    "spaces": 0.003,
    "null": 0.01,
    "empty": 0.002,
    "bad": 0.002,
}
_BAD_ISRCS = ("00000000000", "N/A", "QZ-HN9-25", "US1234567890123", "ZZ?!?2500001", "0")
_COUNTRIES = {
    "QZ": 18,
    "US": 14,
    "GB": 9,
    "DE": 9,
    "FR": 6,
    "TC": 6,
    "BR": 5,
    "NL": 4,
    "IN": 4,
    "SE": 3,
    "JP": 3,
}
_REGISTRANT = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass
class Tracks:
    """Columns of the tracks, in the albums' order.

    Attributes:
        albums: index of the album.
        originals: index of the first track with the same recording; its own if it is the first.
        artists: index of the main artist.
        durations: ms.
        explicit: 0 or 1.
    """

    albums: list[int]
    originals: list[int]
    artists: list[int]
    durations: list[int]
    explicit: list[int]


def make_tracks(rng: random.Random, published: Published, albums: Albums) -> Tracks:
    """The tracks of `albums`."""
    originals, artists = _recordings(rng, albums)
    runs = albums.year_runs()
    tracks_by_year = {year: end - first for year, first, end in runs}
    drawn = Durations(published, tracks_by_year)
    durations = [0] * len(originals)
    for year, first, end in runs:
        fresh = [track for track in range(first, end) if originals[track] == track]
        for track, duration in zip(fresh, drawn.draw(rng, year, len(fresh)), strict=True):
            durations[track] = duration
    _repeat_lengths(rng, albums, durations, originals)
    shares = _explicit_shares(published, tracks_by_year)
    explicit = [int(rng.random() < shares[year]) for year, first, end in runs for _ in range(first, end)]
    return Tracks(albums.album_of_tracks(), originals, artists, durations, explicit)


def _recordings(rng: random.Random, albums: Albums) -> tuple[list[int], list[int]]:
    """For each track the first one with its recording, and its main artist.

    An album often brings back what its artist put out before, as a single becomes a track of an album; a
    compilation brings back anyone's.
    """
    originals: list[int] = []
    artists: list[int] = []
    released: dict[int, list[int]] = {}
    copies = 0
    rows = zip(albums.firsts, albums.sizes, albums.artists, albums.types, strict=True)
    for album, (first, size, artist, kind) in enumerate(rows):
        is_anyone = kind == "compilation"
        known = originals if is_anyone else released.setdefault(artist, [])
        copied: list[int] = []
        if known and copies < (1 - RECORDING_SHARE - _LOST_SHARE) * (first + size) and rng.random() < 0.75:
            length = min(size, len(known))
            # From the last few hundred: a recording comes back while it is young.
            start = max(len(known) - 400, 0) + int(rng.random() * (min(len(known), 400) - length + 1))
            copied = list(dict.fromkeys(known[max(start, 0) : start + length]))
        copies += len(copied)
        fresh = range(first + len(copied), first + size)
        artists += [artists[track] for track in copied]
        artists += [albums.near(rng, album) if is_anyone else artist for _ in fresh]
        originals += [originals[track] for track in copied]
        originals += fresh
        if not is_anyone:
            known.extend(fresh)
    return originals, artists


def _repeat_lengths(rng: random.Random, albums: Albums, durations: list[int], originals: list[int]) -> None:
    """Give all tracks of a few albums (noise, loops) the same length, and a recording's tracks about one."""
    for first, size in zip(albums.firsts, albums.sizes, strict=True):
        if 8 <= size < 30 and rng.random() < 0.015 and durations[first]:
            durations[first : first + size] = [durations[first]] * size
    slips = rng.choices((0, 0, 0, 0, 0, 13, -27, 210, -400, 990), k=len(durations))
    for track, (original, slip) in enumerate(zip(originals, slips, strict=True)):
        if original != track:
            durations[track] = max(durations[original] + slip, 1000)


def _explicit_shares(published: Published, tracks_by_year: dict[int, int]) -> dict[int, float]:
    """Explicit share by release year; the last year's, which is not published, makes the total right."""
    shares = {year: randomness.interpolate(published.explicit_shares, year) for year in tracks_by_year}
    shares[NO_YEAR] = published.explicit_share
    if count := tracks_by_year.get(LAST_YEAR):
        others = sum(tracks_by_year[year] * share for year, share in shares.items() if year in tracks_by_year)
        others -= count * shares[LAST_YEAR]
        missing = published.explicit_share * sum(tracks_by_year.values()) - others
        shares[LAST_YEAR] = min(max(missing / count, 0.0), 1.0)
    return shares


def isrcs(rng: random.Random, albums: Albums, tracks: Tracks, registrants: list[int]) -> list[str | None]:
    """External ids as suppliers write them: one a recording, in several spellings, some missing or malformed.

    Args:
        registrants: for each album a number that stands for who registered it.
    """
    count = len(tracks.albums)
    countries = randomness.draw(rng, _COUNTRIES, count)
    forms = randomness.draw(rng, _FORMS, count)
    codes: list[str] = []
    rows = zip(tracks.albums, tracks.originals, countries, strict=True)
    for track, (album, original, country) in enumerate(rows):
        if original != track:
            codes.append(codes[original])
            continue
        high, low = divmod(registrants[album] % 1296, 36)
        year = (albums.years[album] or LAST_YEAR) - (0 if track % 23 else 11)
        registrant = f"{_REGISTRANT[high]}{_REGISTRANT[low]}{_REGISTRANT[track // 100_000 % 36]}"
        codes.append(f"{country}{registrant}{year % 100:02d}{track % 100_000:05d}")
    return [_spelled(code, form, track) for track, (code, form) in enumerate(zip(codes, forms, strict=True))]


def _spelled(code: str, form: str, track: int) -> str | None:
    match form:
        case "kept":
            return code
        case "lower":
            return code.lower()
        case "hyphens":
            return f"{code[:2]}-{code[2:5]}-{code[5:7]}-{code[7:]}"
        case "spaces":
            return f" {code[:5]} {code[5:]}"
        case "empty":
            return ""
        case "bad":
            return _BAD_ISRCS[track % len(_BAD_ISRCS)]
    return None
