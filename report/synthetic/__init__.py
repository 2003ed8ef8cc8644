"""The built-in sample: a synthetic archive in the SQLite layout, shaped like the real catalogue.

Nothing in it is real: names are put together from syllables, ids and codes are random. What is published
about the real catalogue holds in it (popularity bands, durations, release years, explicit share, key and
mode, feature means, ratios of the tables' rows); the rest is invented, with the quirks of the real data.

- `calibration` reads content/published/; `chance` is the only source of randomness
- `catalogue` makes albums and artists, `recordings` and `durations` tracks, `features` their sound; then come
  `popularity`, `markets`, `dates`, `names` and `links` (who is on what)
- `archive` holds all of it as columns, `rows` turns that into rows, `database` writes them
"""

from __future__ import annotations

import os
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from report.core.errors import ReportError, SettingsError
from report.sources.sqlite.database import is_synthetic
from report.synthetic import database, rows
from report.synthetic.archive import Sample, make_sample
from report.synthetic.calibration import read_published

SEED = 20250711
TRACK_COUNT = 200_000
LEAST_TRACKS = 1_000
PUBLISHED = Path(__file__).resolve().parents[2] / "content" / "published"

MAIN_NAME = "spotify_clean.sqlite3"
FEATURES_NAME = "spotify_clean_audio_features.sqlite3"

_STEP = 10_000
_OUTSIDE = {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
}
"""SQLite's codes for what is wrong with the disk or its owner, not with the statement."""


def write_sample(
    folder: Path,
    track_count: int = TRACK_COUNT,
    seed: int = SEED,
    on_progress: Callable[[int], None] | None = None,
    published: Path = PUBLISHED,
) -> None:
    """Write a synthetic archive: spotify_clean.sqlite3 and spotify_clean_audio_features.sqlite3.

    Both files are written under temporary names and renamed when both are complete; files of these names that
    are there already are replaced. The same arguments and published figures give the same rows everywhere,
    and the same bytes under one version of SQLite.

    Args:
        folder: where the two files go; made if it is missing.
        track_count: rows of `tracks`; the other tables are in proportion. At least 1,000.
        seed: another seed gives another archive with the same shape.
        on_progress: called with the number of tracks that are written so far, from 0 to `track_count`; nearly
            half of the time passes before the first one, while the columns are made.
        published: folder of the published figures that the sample is calibrated to.

    Raises:
        SettingsError: `track_count` is under 1,000, or a real archive lies in the folder.
        ContentError: the published figures cannot be read.
        ReportError: the files cannot be written (permission, no space).
    """
    if track_count < LEAST_TRACKS:
        raise SettingsError(
            f"a sample of {track_count:,} tracks is too small to have the catalogue's shape",
            hint=f"ask for at least {LEAST_TRACKS:,} tracks",
        )
    there = folder / MAIN_NAME
    if there.is_file() and not is_synthetic(there):
        raise SettingsError("an archive lies here that is no sample", there, "give the sample a folder of its own")
    figures = read_published(published)
    report = on_progress or (lambda done: None)
    report(0)
    # The main database is put in place last: where it is, the archive is complete.
    targets = {name: folder / name for name in (FEATURES_NAME, MAIN_NAME)}
    parts = {name: folder / f".{name}.{os.getpid()}.part" for name in targets}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sample = make_sample(random.Random(seed), figures, track_count)
        _write_main(parts[MAIN_NAME], sample, report)
        _write_features(parts[FEATURES_NAME], sample)
        for name, part in parts.items():
            part.replace(targets[name])
    except (OSError, sqlite3.OperationalError) as error:
        if isinstance(error, sqlite3.Error) and error.sqlite_errorcode & 0xFF not in _OUTSIDE:
            raise
        said = error.strerror if isinstance(error, OSError) else error
        raise ReportError(
            f"the sample archive cannot be written: {said}",
            getattr(error, "filename", None) or folder,
            "check the folder's owner and the space left on its disk",
        ) from error
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)
    report(track_count)


def _write_main(path: Path, sample: Sample, report: Callable[[int], None]) -> None:
    file = database.DatabaseFile(path, database.MAIN_TABLES)
    try:
        file.fill("artists", 6, rows.artist_rows(sample))
        file.fill("artist_genres", 2, rows.genre_rows(sample))
        file.fill("artist_albums", 5, rows.album_artist_rows(sample))
        file.fill("available_markets", 2, enumerate(sample.market_lists, start=1))
        file.fill("albums", 15, rows.album_rows(sample))
        file.fill("tracks", 15, _counted(rows.track_rows(sample), report))
        file.fill("track_artists", 2, rows.track_artist_rows(sample))
        for table, count in (
            ("artists", sample.albums.artist_count),
            ("albums", len(sample.album_order)),
            ("tracks", len(sample.track_ids)),
        ):
            file.loosen(table, count)
        file.finish(database.MAIN_INDEXES)
    except BaseException:
        file.abandon()
        raise


def _write_features(path: Path, sample: Sample) -> None:
    file = database.DatabaseFile(path, database.FEATURE_TABLES)
    try:
        file.fill("track_audio_features", 17, rows.feature_rows(sample))
        file.loosen("track_audio_features", len(sample.track_ids) * 9 // 10, "null_response = 0")
        file.finish(database.FEATURE_INDEXES)
    except BaseException:
        file.abandon()
        raise


def _counted(tracks: Iterator[tuple], report: Callable[[int], None]) -> Iterator[tuple]:
    for done, row in enumerate(tracks, start=1):
        yield row
        if done % _STEP == 0:
            report(done)
