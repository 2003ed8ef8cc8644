"""Writing the sample's databases: the declarations of the real ones, rows in key order, indexes last.

The same rows give the same bytes under one SQLite version: every setting that reaches the file is fixed here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path

from report.sources.sqlite.database import SYNTHETIC

MAIN_TABLES = """
CREATE TABLE artists (rowid integer PRIMARY KEY NOT NULL, id text NOT NULL, fetched_at integer NOT NULL, name text NOT NULL, followers_total integer NOT NULL, popularity integer NOT NULL);
CREATE TABLE artist_genres (artist_rowid integer NOT NULL, genre text NOT NULL);
CREATE TABLE artist_images (artist_rowid integer NOT NULL, width integer NOT NULL, height integer NOT NULL, url text NOT NULL);
CREATE TABLE artist_albums (artist_rowid integer NOT NULL, album_rowid integer NOT NULL, is_appears_on integer NOT NULL, is_implicit_appears_on integer NOT NULL, index_in_album integer);
CREATE TABLE available_markets (rowid integer PRIMARY KEY NOT NULL, available_markets text NOT NULL);
CREATE TABLE albums (rowid integer PRIMARY KEY NOT NULL, id text NOT NULL, fetched_at integer NOT NULL, name text NOT NULL, album_type text NOT NULL, available_markets_rowid integer NOT NULL, external_id_upc text, external_id_amgid text, copyright_c text, copyright_p text, label text NOT NULL, popularity integer NOT NULL, release_date text NOT NULL, release_date_precision text NOT NULL, total_tracks integer NOT NULL);
CREATE TABLE album_images (album_rowid integer NOT NULL, width integer NOT NULL, height integer NOT NULL, url text NOT NULL);
CREATE TABLE tracks (rowid integer PRIMARY KEY NOT NULL, id text NOT NULL, fetched_at integer NOT NULL, name text NOT NULL, preview_url text, album_rowid integer NOT NULL, track_number integer NOT NULL, external_id_isrc text, external_id_ean text, external_id_upc text, popularity integer NOT NULL, available_markets_rowid integer NOT NULL, disc_number integer NOT NULL, duration_ms integer NOT NULL, explicit integer NOT NULL);
CREATE TABLE track_artists (track_rowid integer NOT NULL, artist_rowid integer NOT NULL);
"""  # noqa: E501
MAIN_INDEXES = """
CREATE UNIQUE INDEX artists_id_unique ON artists (id);
CREATE UNIQUE INDEX albums_id_unique ON albums (id);
CREATE UNIQUE INDEX tracks_id_unique ON tracks (id);
CREATE INDEX tracks_popularity ON tracks (popularity);
CREATE INDEX tracks_album ON tracks (album_rowid);
CREATE INDEX tracks_isrc ON tracks (external_id_isrc);
"""
FEATURE_TABLES = """
CREATE TABLE track_audio_features (rowid integer PRIMARY KEY NOT NULL, track_id text NOT NULL, fetched_at integer NOT NULL, null_response integer NOT NULL, duration_ms integer, time_signature integer, tempo integer, key integer, mode integer, danceability real, energy real, loudness real, speechiness real, acousticness real, instrumentalness real, liveness real, valence real);
"""  # noqa: E501
FEATURE_INDEXES = """
CREATE UNIQUE INDEX track_audio_features_track_id_unique ON track_audio_features (track_id);
"""

LOOSE = {
    "tracks": (
        ("duration_ms", "'unknown'"),
        ("popularity", "'n/a'"),
        ("explicit", "'true'"),
        ("duration_ms", "201333.5"),
        ("name", "CAST(X'4361666520C3284E756974' AS TEXT)"),
        ("duration_ms", "-1"),
    ),
    "albums": (("total_tracks", "'12 tracks'"), ("name", "CAST(X'FFFE416C62756D' AS TEXT)")),
    "artists": (("followers_total", "'many'"), ("popularity", "'none'")),
    "track_audio_features": (
        ("tempo", "'fast'"),
        ("key", "'C#'"),
        ("danceability", "1.7"),
        ("loudness", "'n/a'"),
        ("duration_ms", "'unknown'"),
        ("mode", "2"),
    ),
}
"""Values that do not belong: (column, SQL expression), one row each. SQLite stores them all the same."""


class DatabaseFile:
    """A new SQLite file, filled in one transaction. `path` must not exist."""

    def __init__(self, path: Path, tables: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for setting in (
            "page_size=4096",
            "auto_vacuum=NONE",
            "encoding='UTF-8'",
            f"application_id={SYNTHETIC}",
            "cache_size=-64000",
        ):
            self._connection.execute(f"PRAGMA {setting}")
        # The file is worthless until it is complete and renamed, so nothing needs to survive a crash.
        for setting in ("journal_mode=OFF", "synchronous=OFF", "temp_store=MEMORY"):
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.execute("BEGIN")
        self._run(tables)

    def fill(self, table: str, width: int, rows: Iterable[tuple]) -> None:
        """Insert `rows` of `width` columns in the order they come."""
        places = ",".join("?" * width)
        self._connection.executemany(f"INSERT INTO {table} VALUES ({places})", rows)

    def loosen(self, table: str, row_count: int, condition: str = "1") -> None:
        """Put the loose values of `table` into rows spread over it, where the SQL `condition` holds."""
        values = LOOSE[table]
        for place, (column, expression) in enumerate(values, start=1):
            rowid = place * row_count // (len(values) + 1) + 1
            found = f"SELECT min(rowid) FROM {table} WHERE rowid >= ? AND {condition}"
            self._connection.execute(f"UPDATE {table} SET {column} = {expression} WHERE rowid = ({found})", (rowid,))

    def finish(self, indexes: str) -> None:
        """Create the indexes and close the file."""
        self._run(indexes)
        self._connection.execute("COMMIT")
        self._connection.close()

    def abandon(self) -> None:
        """Close the file as it is."""
        self._connection.close()

    def _run(self, statements: str) -> None:
        for statement in statements.strip().split("\n"):
            self._connection.execute(statement)
