"""The whole sample as columns: what the other modules make, put together.

Albums are made in order of release year and artists in order of time; here both get their rowids, in another
order. Tracks follow their albums.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from report.synthetic import dates, links, markets, names, randomness
from report.synthetic.calibration import Published
from report.synthetic.catalogue import LAST_YEAR, Albums, make_albums
from report.synthetic.features import Features, make_features
from report.synthetic.popularity import Popularity, make_popularity
from report.synthetic.recordings import Tracks, isrcs, make_tracks

_OWN_LABEL_SHARE = 0.3
_TAKEDOWN_SHARE = 0.002


@dataclass
class Sample:
    """Everything in the archive, a list a column, in the order it is made in.

    Attributes:
        rng: for what is drawn while rows are written; rows have to be asked for in one order.
        album_order: albums in the order of their rowids.
        artist_rowids: rowid by artist.
        market_lists: in the order of their rowids; `album_markets` and `track_markets` are indexes into it.
        fetched: Unix ms by album.
    """

    rng: random.Random
    published: Published
    albums: Albums
    tracks: Tracks
    features: Features
    popularity: Popularity
    album_order: list[int]
    artist_rowids: list[int]
    track_ids: list[str]
    track_artists: list[list[int]]
    market_lists: list[str]
    album_markets: list[int]
    track_markets: list[int]
    artist_names: list[str]
    labels: list[str]
    isrcs: list[str | None]
    releases: list[tuple[str, str]]
    fetched: list[int]
    titles: list[str]
    album_names: list[str]

    def track_order(self) -> Iterator[tuple[int, int, int]]:
        """(track, its album, its place on it from 0) in the order of the tracks' rowids."""
        for album in self.album_order:
            first = self.albums.firsts[album]
            for place in range(self.albums.sizes[album]):
                yield first + place, album, place


def make_sample(rng: random.Random, published: Published, track_count: int) -> Sample:
    """All columns of an archive of `track_count` tracks."""
    listed = sum(count for year, count in published.albums.items() if year <= LAST_YEAR)
    undated_share = 1 - listed / published.totals["albums"]
    undated = max(round(published.rows("albums", track_count) * undated_share), len(dates.UNUSABLE))
    albums = make_albums(rng, published, track_count, undated)
    tracks = make_tracks(rng, published, albums)
    features = make_features(rng, published, albums, tracks)
    market_lists = markets.make_lists(rng, published.rows("available_markets", track_count))
    album_markets = markets.album_markets(rng, albums, len(market_lists))
    is_takedown = [rng.random() < _TAKEDOWN_SHARE for _ in albums.years]
    album_markets = [
        markets.UNAVAILABLE if gone else place for gone, place in zip(is_takedown, album_markets, strict=True)
    ]
    track_markets = markets.track_markets(rng, tracks.albums, album_markets)
    gone = [place in (markets.UNAVAILABLE, markets.EMPTY) for place in track_markets]
    popularity = make_popularity(rng, published, albums, tracks, features, gone)
    vocabulary = names.Vocabulary(rng)
    artist_names = vocabulary.artists(albums.artist_count)
    label_names = vocabulary.labels(max(len(albums.years) // 7, 8))
    labels, registrants = _labels(rng, albums, artist_names, label_names)
    releases = dates.release_dates(rng, albums.years)
    titles = _titles(vocabulary, albums, tracks, features)
    album_titles = vocabulary.titles(len(albums.years))
    album_order = list(range(len(albums.years)))
    artist_rowids = list(range(1, albums.artist_count + 1))
    rng.shuffle(album_order)
    rng.shuffle(artist_rowids)
    return Sample(
        rng=rng,
        published=published,
        albums=albums,
        tracks=tracks,
        features=features,
        popularity=popularity,
        album_order=album_order,
        artist_rowids=artist_rowids,
        track_ids=randomness.ids(rng, track_count),
        track_artists=links.track_artists(rng, published, albums, tracks),
        market_lists=market_lists,
        album_markets=album_markets,
        track_markets=track_markets,
        artist_names=artist_names,
        labels=labels,
        isrcs=isrcs(rng, albums, tracks, registrants),
        releases=releases,
        fetched=dates.fetch_times(rng, releases),
        titles=titles,
        album_names=[
            "" if takedown else titles[first] if kind == "single" and size < 3 else title
            for takedown, first, size, kind, title in zip(
                is_takedown, albums.firsts, albums.sizes, albums.types, album_titles, strict=True
            )
        ],
    )


def _labels(
    rng: random.Random, albums: Albums, artist_names: list[str], label_names: list[str]
) -> tuple[list[str], list[int]]:
    """For each album its label, often the artist's own name, and a number for who registers its ISRCs."""
    weights = {place: 1 / (place + 4) for place in range(len(label_names))}
    labels, registrants = [], []
    places = randomness.draw(rng, weights, len(albums.years))
    for artist, kind, place in zip(albums.artists, albums.types, places, strict=True):
        is_own = kind != "compilation" and rng.random() < _OWN_LABEL_SHARE
        labels.append(artist_names[artist] if is_own else label_names[place])
        registrants.append(place)
    return labels, registrants


def _titles(vocabulary: names.Vocabulary, albums: Albums, tracks: Tracks, features: Features) -> list[str]:
    """Titles by track: a recording keeps its own under changing markers; audiobooks and noise have theirs."""
    count = len(tracks.albums)
    bases = vocabulary.titles(count)
    markers = vocabulary.markers([albums.years[album] for album in tracks.albums])
    titles = []
    for track, (album, original) in enumerate(zip(tracks.albums, tracks.originals, strict=True)):
        place = track - albums.firsts[album] + 1
        if features.is_spoken[album]:
            titles.append(names.chapter(place, album))
        elif features.is_functional[album] and albums.years[album] > 2005:
            titles.append(names.functional(place, album))
        else:
            marker = markers[track].replace("Remastered", f"Remastered {2009 + place % 15}")
            titles.append(bases[original] + marker)
    for place, title in enumerate(names.HOSTILE_TITLES, start=1):
        titles[place * count // (len(names.HOSTILE_TITLES) + 1)] = title
    return titles
