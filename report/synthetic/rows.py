"""Rows of the sample's tables, in the order of their keys."""

from __future__ import annotations

from collections.abc import Iterator

from report.synthetic import dates, links, names, randomness
from report.synthetic.archive import Sample
from report.synthetic.catalogue import NO_YEAR

_TRACKS_PER_DISC = 32
_UNKNOWN_TRACK_SHARE = 0.08
"""Of the features rows without values for a known track: those of a track that is not in the archive."""


def artist_rows(sample: Sample) -> Iterator[tuple]:
    """Rows of `artists`."""
    count = sample.albums.artist_count
    ids = randomness.ids(sample.rng, count)
    fetched = dates.fetch_times(sample.rng, [("", "")] * count)
    for rowid, artist in enumerate(_inverse(sample.artist_rowids), start=1):
        yield (
            rowid,
            ids[artist],
            fetched[artist],
            sample.artist_names[artist],
            sample.popularity.followers[artist],
            sample.popularity.artists[artist],
        )


def genre_rows(sample: Sample) -> Iterator[tuple[int, str]]:
    """Rows of `artist_genres`: one to four genres for a minority of artists, the popular ones rather."""
    wanted = sample.published.rows("artist_genres", len(sample.tracks.albums))
    weights = names.genres(sample.published, sample.published.totals["distinct_genres"])
    drawn = iter(randomness.draw(sample.rng, weights, wanted * 2 + 10))
    followers = [sample.popularity.followers[artist] for artist in _inverse(sample.artist_rowids)]
    ranked = sorted(range(len(followers)), key=lambda artist: (-followers[artist], artist))
    chosen: dict[int, list[str]] = {}
    for place, artist in enumerate(ranked):
        # Nearly all of the top, ever fewer down to a tenth of the way, few of the rest.
        if sample.rng.random() < max(0.9 - 9 * place / len(ranked), 0.03):
            amount = sample.rng.choices((1, 2, 3, 4), k=1)[0]
            chosen[artist] = list(dict.fromkeys(next(drawn) for _ in range(min(amount, wanted))))
            wanted -= len(chosen[artist])
        if wanted <= 0:
            break
    for artist in sorted(chosen):
        yield from ((artist + 1, genre) for genre in chosen[artist])


def album_rows(sample: Sample) -> Iterator[tuple]:
    """Rows of `albums`."""
    rng = sample.rng
    ids = randomness.ids(rng, len(sample.album_order))
    upc = "0"
    for rowid, album in enumerate(sample.album_order, start=1):
        # Two albums in a hundred carry the code of another one.
        upc = upc if rng.random() < 0.02 else f"{int(rng.random() * 10**12):012d}"
        year, label = sample.albums.years[album], sample.labels[album]
        notice = f"{year} {label}" if year != NO_YEAR else label
        yield (
            rowid,
            ids[album],
            sample.fetched[album],
            sample.album_names[album],
            sample.albums.types[album],
            sample.album_markets[album] + 1,
            upc if rng.random() < 0.995 else None,
            None,
            notice,
            notice if rng.random() < 0.97 else None,
            label,
            sample.popularity.albums[album],
            *sample.releases[album],
            sample.albums.sizes[album],
        )


def album_artist_rows(sample: Sample) -> Iterator[tuple]:
    """Rows of `artist_albums`, by album."""
    by_album = links.album_artists(sample.rng, sample.published, sample.albums, sample.track_artists)
    for rowid, album in enumerate(sample.album_order, start=1):
        for artist, appears_on, implicit, index in by_album[album]:
            yield sample.artist_rowids[artist], rowid, appears_on, implicit, index


def track_rows(sample: Sample) -> Iterator[tuple]:
    """Rows of `tracks`."""
    tracks, popularity = sample.tracks, sample.popularity.tracks
    fetched = dates.some_days_later(sample.rng, [sample.fetched[album] for album in tracks.albums])
    count = len(tracks.albums)
    unplayable = {place * count // 6 for place in range(1, 6)}
    album_rowids = _inverse(sample.album_order)
    for rowid, (track, album, place) in enumerate(sample.track_order(), start=1):
        disc, number = divmod(place, _TRACKS_PER_DISC)
        yield (
            rowid,
            sample.track_ids[track],
            fetched[track],
            sample.titles[track],
            None,
            album_rowids[album] + 1,
            number + 1,
            sample.isrcs[track],
            None,
            None,
            popularity[track],
            sample.track_markets[track] + 1,
            disc + 1,
            0 if track in unplayable else tracks.durations[track],
            tracks.explicit[track],
        )


def track_artist_rows(sample: Sample) -> Iterator[tuple[int, int]]:
    """Rows of `track_artists`, with a few pairs that are there twice."""
    repeated = {place * len(sample.track_ids) // 4 for place in range(1, 4)}
    for rowid, (track, _, _) in enumerate(sample.track_order(), start=1):
        for artist in sample.track_artists[track]:
            yield rowid, sample.artist_rowids[artist]
        if track in repeated:
            yield rowid, sample.artist_rowids[sample.track_artists[track][0]]


def feature_rows(sample: Sample) -> Iterator[tuple]:
    """Rows of `track_audio_features`, in an order that has nothing to do with the tracks'.

    Some tracks have no row, some a null response, and a few rows belong to no track.
    """
    rng, published = sample.rng, sample.published
    count = len(sample.track_ids)
    row_count = published.rows("audio_features_rows", count)
    with_values = published.rows("audio_features_non_null_matched", count)
    unknown = max(round((row_count - with_values) * _UNKNOWN_TRACK_SHARE), 1)
    order = list(range(count))
    rng.shuffle(order)
    nulls = row_count - unknown - with_values
    strangers = set(range(7, row_count, max(row_count // unknown, 1))[:unknown])
    null_every = set(range(3, row_count, max(row_count // max(nulls, 1), 1))[:nulls]) - strangers
    fetched = dates.fetch_times(rng, [("", "")] * row_count)
    foreign_ids = iter(randomness.ids(rng, unknown))
    queue = iter(order)
    for place in range(row_count):
        track = next(queue)
        head = (place + 1, sample.track_ids[track], fetched[place])
        if place in null_every:
            yield *head, 1, *(None,) * 13
            continue
        if place in strangers:
            head = (place + 1, next(foreign_ids), fetched[place])
        yield *head, 0, sample.tracks.durations[track], *sample.features.values[track]


def _inverse(order: list[int]) -> list[int]:
    """For a permutation of 0 … n-1 or 1 … n: where each value stands, counted from 0."""
    least = min(order)
    places = [0] * len(order)
    for place, value in enumerate(order):
        places[value - least] = place
    return places
