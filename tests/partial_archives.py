"""Made archives of which rows are gone, as a partial copy of an archive has them.

Rows that point to a track, an artist, an album or a playlist stay when it goes; `clean` takes them as well.
"""

from __future__ import annotations

import copy
import random

from archives import FEATURES, Archive, track_id

# Table, its column, and the table and column that it points to. A pair or a row that points nowhere is in no figure.
# A track of an unknown album or list of markets is still a track: those are not among them.
POINTERS = (
    ("track_artists", "track_rowid", "tracks", "rowid"),
    ("track_artists", "artist_rowid", "artists", "rowid"),
    ("artist_albums", "artist_rowid", "artists", "rowid"),
    ("artist_albums", "album_rowid", "albums", "rowid"),
    ("artist_genres", "artist_rowid", "artists", "rowid"),
    (FEATURES, "track_id", "tracks", "id"),
    ("playlist_tracks", "track_rowid", "tracks", "rowid"),
    ("playlist_tracks", "playlist_rowid", "playlists", "rowid"),
    ("track_files", "track_id", "tracks", "id"),
)
MARKETS = ("DE,FR,US", "US", "", "us, de,,US", "unavailable", "GB", ",")
STATUSES = ("success", "error_not_available", "skipped_low_priority", "error_has_replacement", "success", "what")


def made_archive(seed: int, tracks: int = 300) -> Archive:
    """An archive of every table, its values and links drawn by chance, so that there is something of everything."""
    rng = random.Random(seed)
    albums, artists, playlists = tracks // 4, tracks // 5, tracks // 10
    names = [f"Artist {n}" for n in range(1, artists + 1)]
    some = range(1, tracks + 1)
    return Archive(
        tracks=[
            {
                "album_rowid": rng.randint(1, albums),
                "external_id_isrc": rng.choice(
                    [f"QZABC{rng.randint(0, 25):02}{rng.randint(1, max(tracks // 100, 1)):05}", None, "bad"]
                ),
                "popularity": rng.choice([0, 0, 0, rng.randint(1, 100), None]),
                "available_markets_rowid": rng.choice([*range(1, len(MARKETS) + 1), None]),
                "duration_ms": rng.choice([rng.randint(20_000, 700_000), 180_000, 0]),
                "explicit": rng.randint(0, 1),
                "fetched_at": 1_752_000_000_000 + 86_400_000 * rng.randint(0, 3),
            }
            for _ in some
        ],
        albums=[
            {
                "album_type": rng.choice(["album", "single", "single", "compilation", "book"]),
                "label": rng.choice([*names, "A label", "123 Records DK", "", None]),
                "external_id_upc": rng.choice([f"{rng.randint(1, albums):012}", None]),
                "popularity": rng.randint(0, 60),
                "release_date": rng.choice(
                    ["", f"{rng.randint(1960, 2025)}-05-06", f"{rng.randint(2015, 2025)}", "1802"]
                ),
                "release_date_precision": rng.choice(["day", "year"]),
                "total_tracks": rng.choice([1, 1, 9, 12, None]),
            }
            for _ in range(albums)
        ],
        artists=[
            {"name": name, "followers_total": rng.randint(0, 5_000), "popularity": rng.choice([0, rng.randint(1, 90)])}
            for name in names
        ],
        track_artists=distinct(rng, 2 * tracks, track_rowid=tracks, artist_rowid=artists),
        artist_albums=[
            pair | {"is_appears_on": rng.choice([0, 0, 1]), "is_implicit_appears_on": rng.choice([0, 0, 0, 1])}
            for pair in distinct(rng, 2 * albums, artist_rowid=artists, album_rowid=albums)
        ],
        artist_genres=[
            {"artist_rowid": pair["artist_rowid"], "genre": f"genre {pair['number']}"}
            for pair in distinct(rng, artists, artist_rowid=artists, number=12)
        ],
        available_markets=[{"available_markets": text} for text in MARKETS],
        playlists=[{"tracks_total": rng.choice([0, 5, 60, 400])} for _ in range(playlists)],
        playlist_tracks=[
            pair | {"is_episode": int(rng.random() < 0.1)}
            for pair in distinct(rng, 2 * tracks, playlist_rowid=playlists, track_rowid=tracks)
        ],
        track_files=[{"track_id": track_id(n), "status": rng.choice(STATUSES)} for n in some if rng.random() < 0.9],
        track_audio_features=[
            {
                "track_id": track_id(n), "null_response": int(rng.random() < 0.1), "tempo": rng.uniform(60, 200),
                "key": rng.randint(-1, 11), "mode": rng.randint(0, 1), "time_signature": rng.choice([3, 4]),
                "loudness": rng.uniform(-40, 0),
            }
            | {name: rng.random() for name in ("danceability", "energy", "acousticness", "liveness", "valence")}
            | {"instrumentalness": rng.random(), "speechiness": rng.random()}
            for n in some
            if rng.random() < 0.95
        ],
    )  # fmt: skip


def distinct(rng: random.Random, count: int, **limits: int) -> list[dict]:
    """Different rows of numbers from 1 to each column's limit."""
    rows = {tuple(rng.randint(1, limit) for limit in limits.values()) for _ in range(count)}
    return [dict(zip(limits, row, strict=True)) for row in sorted(rows)]


def partial(archive: Archive, rng: random.Random, *tables: str, share: float = 0.4) -> Archive:
    """The archive without some rows of these tables; what pointed to them stays."""
    rest = copy.copy(archive)
    rest.tables = dict(archive.tables)
    for table in tables:
        rest.tables[table] = [row for row in archive.tables[table] if rng.random() >= share]
    return rest


def clean(archive: Archive) -> Archive:
    """The archive without the rows that point nowhere."""
    rest = copy.copy(archive)
    rest.tables = dict(archive.tables)
    for table, column, target, key in POINTERS:
        there = {row[key] for row in archive.tables[target]}
        rest.tables[table] = [row for row in rest.tables[table] if row[column] in there]
    return rest
