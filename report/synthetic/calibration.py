"""The published figures, read as what the sample has to look like.

Nothing that content/published/ says is repeated in code: a corrected figure there changes the sample.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from report.core.errors import ContentError
from report.core.texts import ENCODING

KEYS = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
_TABLES = (
    "tracks",
    "albums",
    "artists",
    "track_artists",
    "artist_albums",
    "artist_genres",
    "distinct_genres",
    "available_markets",
    "audio_features_rows",
    "audio_features_non_null_matched",
)
# More would be of another archive: the real one has seven playlist entries per track, and no album without a track.
_MOST_PER_TRACK = 20
_FEATURES = (
    "danceability",
    "energy",
    "speechiness",
    "acousticness",
    "instrumentalness",
    "liveness",
    "valence",
    "tempo",
)
_HINT = "restore content/published/ from the repository"


@dataclass(frozen=True)
class Published:
    """Counts, shares and means over the real catalogue.

    Attributes:
        totals: rows by table.
        popularity_bands: tracks by (lowest, highest) popularity of the band.
        minutes: tracks by whole minute of duration: 0, 1 … 9, and 10 or more.
        albums: albums by release year.
        mean_durations: (release year, seconds), sorted.
        explicit_share: fraction of all tracks.
        explicit_shares: (release year, fraction of its tracks), sorted.
        keys_and_modes: per cent of tracks by (key 0–11, mode 0–1).
        feature_means: by feature name.
        genre_artists: artists by genre, for the genres with the most.
        genre_names: further names of genres.
    """

    totals: dict[str, int]
    popularity_bands: dict[tuple[int, int], int]
    minutes: list[int]
    albums: dict[int, int]
    mean_durations: list[tuple[int, float]]
    explicit_share: float
    explicit_shares: list[tuple[int, float]]
    keys_and_modes: dict[tuple[int, int], float]
    feature_means: dict[str, float]
    genre_artists: dict[str, int]
    genre_names: list[str]

    def rows(self, table: str, track_count: int) -> int:
        """Rows that `table` has for `track_count` tracks, in proportion to the real one."""
        return round(self.totals[table] * track_count / self.totals["tracks"])


def read_published(folder: Path) -> Published:
    """Read the published figures that the sample is calibrated to.

    Raises:
        ContentError: a file is missing, or lacks a column, a row or a number that is needed.
    """
    try:
        published = _read(folder)
    except (KeyError, ValueError, ZeroDivisionError) as error:
        raise ContentError(
            f"the published figures lack what the sample archive is calibrated to: {error!r}", folder, _HINT
        ) from error
    tracks = published.totals["tracks"]
    for table, rows in published.totals.items():
        if rows > tracks * (1 if table == "albums" else _MOST_PER_TRACK):
            raise ContentError(
                f"of {tracks:,} tracks and {rows:,} rows of `{table}` no sample can be made: too many per track",
                folder / "totals.csv",
                _HINT,
            )
    return published


def _read(folder: Path) -> Published:
    explicit = {word == "true": int(count) for word, count in _pairs(folder, "tracks_by_explicit")}
    minutes = dict(_pairs(folder, "tracks_by_duration_minute"))
    totals = dict(_pairs(folder, "totals"))
    means = dict(_pairs(folder, "audio_feature_means"))
    return Published(
        totals={table: int(totals[table]) for table in _TABLES},
        popularity_bands={
            (int(band.split("-")[0]), int(band.split("-")[-1])): int(count)
            for band, count in _pairs(folder, "tracks_by_popularity_band")
        },
        minutes=[int(minutes[minute]) for minute in [*map(str, range(10)), "10+"]],
        albums={int(year): int(count) for year, count in _pairs(folder, "albums_by_release_year")},
        mean_durations=sorted((int(y), float(s)) for y, s in _pairs(folder, "mean_duration_by_release_year")),
        explicit_share=explicit[True] / (explicit[True] + explicit[False]),
        explicit_shares=sorted(
            (int(year), float(percent) / 100) for year, percent in _pairs(folder, "explicit_share_by_release_year")
        ),
        keys_and_modes={
            (KEYS.index(key), int(mode == "major")): float(percent)
            for key, mode, percent in _rows(folder, "key_and_mode")
        },
        feature_means={name: float(means[name]) for name in _FEATURES},
        genre_artists={genre: int(count) for genre, count in _pairs(folder, "genres_by_artists")},
        genre_names=[
            genre for stem in ("genres_by_tracks", "genres_by_mean_popularity") for genre, _ in _pairs(folder, stem)
        ],
    )


def _pairs(folder: Path, stem: str) -> list[list[str]]:
    return [row[:2] for row in _rows(folder, stem)]


def _rows(folder: Path, stem: str) -> list[list[str]]:
    path = folder / f"{stem}.csv"
    try:
        with path.open(encoding=ENCODING, newline="") as lines:
            header, *rows = csv.reader(lines)
    except (OSError, ValueError) as error:
        raise ContentError(
            f"a published figure that the sample archive is calibrated to cannot be read: {error}",
            path,
            _HINT,
        ) from error
    if not rows or any(len(row) != len(header) for row in rows):
        raise ContentError("a published figure has no rows, or rows of another width than its header", path, _HINT)
    return rows
