"""Tiny archives from rows: a test names only the columns that matter to it, the rest is filled in.

archive = Archive(tracks=[{"popularity": "lots"}, {"duration_ms": 0}])
archive.sqlite(folder)                    the SQLite layout
archive.parquet(folder)                   the Parquet re-cut, all-VARCHAR features included
archive.parquet(folder, is_flat=True)     the same, files side by side
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

FETCHED_AT = 1_752_000_000_000  # 8 July 2025
Row = dict[str, object]

DECLARED = {
    "tracks": {
        "rowid": "integer primary key", "id": "text", "fetched_at": "integer", "name": "text", "album_rowid": "integer",
        "external_id_isrc": "text", "popularity": "integer", "available_markets_rowid": "integer",
        "duration_ms": "integer", "explicit": "integer",
    },
    "albums": {
        "rowid": "integer primary key", "id": "text", "name": "text", "album_type": "text", "label": "text",
        "popularity": "integer", "release_date": "text", "release_date_precision": "text", "total_tracks": "integer",
    },
    "artists": {
        "rowid": "integer primary key", "id": "text", "name": "text", "followers_total": "integer",
        "popularity": "integer",
    },
    "track_artists": {"track_rowid": "integer", "artist_rowid": "integer"},
    "artist_albums": {
        "artist_rowid": "integer", "album_rowid": "integer", "is_appears_on": "integer",
        "is_implicit_appears_on": "integer",
    },
    "artist_genres": {"artist_rowid": "integer", "genre": "text"},
    "available_markets": {"rowid": "integer primary key", "available_markets": "text"},
    "track_audio_features": {
        "rowid": "integer primary key", "track_id": "text", "null_response": "integer", "time_signature": "integer",
        "tempo": "integer", "key": "integer", "mode": "integer", "danceability": "real", "energy": "real",
        "loudness": "real", "speechiness": "real", "acousticness": "real", "instrumentalness": "real",
        "liveness": "real", "valence": "real",
    },
}  # fmt: skip
FEATURES = "track_audio_features"


def track_id(number: int) -> str:
    return f"track{number:017}"


def default(table: str, number: int) -> Row:
    """Row `number` (from 1) of a table, sound in every column."""
    return {
        "tracks": {
            "rowid": number, "id": track_id(number), "fetched_at": FETCHED_AT, "name": f"Track {number}",
            "album_rowid": 1, "external_id_isrc": f"QZABC25{number:05}", "popularity": 10,
            "available_markets_rowid": 1, "duration_ms": 180_000, "explicit": 0,
        },
        "albums": {
            "rowid": number, "id": f"album{number:017}", "name": f"Album {number}", "album_type": "album",
            "label": "A label", "popularity": 10, "release_date": "2020-03-01", "release_date_precision": "day",
            "total_tracks": 1,
        },
        "artists": {
            "rowid": number, "id": f"artist{number:016}", "name": f"Artist {number}", "followers_total": 100,
            "popularity": 10,
        },
        "track_artists": {"track_rowid": number, "artist_rowid": 1},
        "artist_albums": {
            "artist_rowid": 1, "album_rowid": number, "is_appears_on": 0, "is_implicit_appears_on": 0,
        },
        "artist_genres": {"artist_rowid": number, "genre": "polka"},
        "available_markets": {"rowid": number, "available_markets": "DE,FR"},
        FEATURES: {
            "rowid": number + 1000, "track_id": track_id(number), "null_response": 0, "time_signature": 4,
            "tempo": 120.5, "key": 0, "mode": 1, "danceability": 0.5, "energy": 0.5, "loudness": -10.25,
            "speechiness": 0.05, "acousticness": 0.5, "instrumentalness": 0.0, "liveness": 0.125, "valence": 0.5,
        },
    }[table]  # fmt: skip


class Archive:
    """An archive's rows.

    Args:
        tables: rows of a table by its name, each with the columns that differ from the default; a table that is not
            given has one row, links and features one a track; None leaves a table out.
        without: columns to leave out, as `table.column`.
    """

    def __init__(self, *, without: Sequence[str] = (), **tables: Sequence[Row] | None) -> None:
        track_count = len(tables.get("tracks") or [{}])
        self.tables: dict[str, list[Row]] = {}
        for table, columns in DECLARED.items():
            count = track_count if table in ("track_artists", FEATURES) else 1
            rows = tables.get(table, [{}] * count)
            if rows is None:
                continue
            names = [name for name in columns if f"{table}.{name}" not in without]
            filled = [default(table, number) | row for number, row in enumerate(rows, 1)]
            self.tables[table] = [{name: row[name] for name in names} for row in filled]
            self._names = getattr(self, "_names", {}) | {table: names}

    def sqlite(self, folder: Path) -> Path:
        """Write the SQLite layout; bytes given for a text column are its text, valid or not."""
        folder.mkdir(parents=True, exist_ok=True)
        for table, rows in self.tables.items():
            part = "_audio_features" if table == FEATURES else ""
            names = self._names[table]
            declared = ", ".join(f'"{name}" {DECLARED[table][name]}' for name in names)
            marks = ", ".join("cast(? as text)" if DECLARED[table][name] == "text" else "?" for name in names)
            with closing(sqlite3.connect(folder / f"spotify_clean{part}.sqlite3")) as con, con:
                con.execute(f'create table "{table}" ({declared})')
                con.executemany(
                    f'insert into "{table}" values ({marks})', [tuple(row[name] for name in names) for row in rows]
                )
        return folder

    def parquet(self, folder: Path, *, is_flat: bool = False) -> Path:
        """Write the re-cut's layout: integers are BIGINT, and text where a value is none; all features are text."""
        for table, rows in self.tables.items():
            part = "_audio_features" if table == FEATURES else ""
            place = folder if is_flat else folder / f"spotify_clean{part}_parquet"
            place.mkdir(parents=True, exist_ok=True)
            columns = {name: [row[name] for row in rows] for name in self._names[table]}
            arrays = {name: column(values, DECLARED[table][name], table) for name, values in columns.items()}
            pq.write_table(pa.table(arrays), place / f"{table}.parquet")
        return folder


def column(values: list, declared: str, table: str) -> pa.Array:
    fits = int if declared.startswith("integer") else float
    if table != FEATURES and declared != "text" and all(v is None or isinstance(v, fits) for v in values):
        return pa.array(values, pa.int64() if fits is int else pa.float64())
    texts = [v if v is None or isinstance(v, bytes) else str(v).encode() for v in values]
    return pa.array(texts, pa.binary()).view(pa.string())
