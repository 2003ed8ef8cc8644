"""The built-in sample: calibrated to the published figures, odd where the real data is odd, repeatable.

The seed is fixed, so nothing here can fail by chance: a tolerance says how near a sample of this size has to
come.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from report.core.errors import ContentError, ReportError, SettingsError
from report.synthetic import FEATURES_NAME, MAIN_NAME, PUBLISHED, rows, write_sample

TRACKS = 60_000
SMALL = 1_500

# Popularity and release years are apportioned, not drawn: only rounding to whole rows, a few loose values and
# the albums without a usable year (6 of 13,730) remain.
BAND_TOLERANCE = 0.0001
ALBUM_YEAR_TOLERANCE = 0.005
ZERO_SHARE, ZERO_TOLERANCE = 0.70, 0.001
# Durations are drawn (standard error of a share of 0.3: 0.0019), and tracks of one recording share theirs,
# which makes it about 0.003; the published means by year add a misfit of 0.001.
MINUTE_TOLERANCE = 0.008
MEAN_DURATION_TOLERANCE = 0.05  # of the mean; two and a half standard errors for the 900 tracks of 2010
# No count to the second is published; a second near four minutes holds 250 tracks here (standard error 0.08).
HEAPING, HEAPING_TOLERANCE = 1.22, 0.1
# Drawn, track by track: 0.135 has a standard error of 0.0014; a year's share gets four of its own.
EXPLICIT_TOLERANCE = 0.004
EXPLICIT_ERRORS = 4
# Drawn a recording: 0.093 has a standard error of 0.0012, times 1.4 for recordings with several tracks. The
# published cells are good to 0.0005.
KEY_AND_MODE_TOLERANCE = 0.005
# Published to two decimals (0.005); instrumentals and speech go by album (another 0.005 each).
FEATURE_TOLERANCE = {"tempo": 0.7}
OTHER_FEATURES_TOLERANCE = 0.012
# Of the published ratio of rows; guests of tracks and albums are drawn.
RATIO_TOLERANCE = 0.01


class Archive:
    """A sample, opened: `query(sql, …)` gives rows; the features database is `features.`"""

    def __init__(self, folder: Path) -> None:
        self.connection = sqlite3.connect(folder / MAIN_NAME)
        self.connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
        self.connection.execute("ATTACH ? AS features", (str(folder / FEATURES_NAME),))

    def query(self, sql: str, *values: object) -> list[tuple]:
        return self.connection.execute(sql, values).fetchall()

    def value(self, sql: str, *values: object) -> float:
        return self.query(sql, *values)[0][0]


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("sample")
    write_sample(folder, TRACKS)
    opened = Archive(folder)
    yield opened
    opened.connection.close()


def published(stem: str) -> list[dict[str, str]]:
    with (PUBLISHED / f"{stem}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def shares(counts: dict) -> dict:
    total = sum(counts.values())
    return {key: count / total for key, count in counts.items()}


def distance(one: dict, other: dict) -> float:
    """Total variation distance of two distributions: the share that would have to move."""
    return sum(abs(one.get(key, 0) - other.get(key, 0)) for key in {*one, *other}) / 2


def by_year(archive: Archive, aggregate: str) -> dict[int, tuple]:
    rows = archive.query(
        f"SELECT CAST(substr(release_date, 1, 4) AS INTEGER), count(*), {aggregate} FROM tracks "
        "JOIN albums ON albums.rowid = album_rowid WHERE typeof(duration_ms) = 'integer' "
        "AND typeof(explicit) = 'integer' GROUP BY 1"
    )
    return {year: (count, value) for year, count, value in rows}


# Calibration


def test_popularity_bands(archive: Archive) -> None:
    expected = shares(
        {r["popularity_band"].split("-")[0]: int(r["track_count"]) for r in published("tracks_by_popularity_band")}
    )
    counted = archive.query(
        "SELECT popularity / 10 * 10, count(*) FROM tracks WHERE typeof(popularity) = 'integer' GROUP BY 1"
    )
    found = shares({str(low): count for low, count in counted})
    for band, share in expected.items():
        assert found.get(band, 0) == pytest.approx(share, abs=BAND_TOLERANCE), band


def test_popularity_falls_from_zero(archive: Archive) -> None:
    counts = dict(archive.query("SELECT popularity, count(*) FROM tracks WHERE popularity < 50 GROUP BY 1"))
    assert counts[0] / TRACKS == pytest.approx(ZERO_SHARE, abs=ZERO_TOLERANCE)
    assert all(counts[p] >= counts[p + 1] for p in range(39))


def test_durations_by_minute(archive: Archive) -> None:
    expected = shares({r["duration_minute"]: int(r["track_count"]) for r in published("tracks_by_duration_minute")})
    found: Counter = Counter()
    for minute, count in archive.query(
        "SELECT duration_ms / 60000, count(*) FROM tracks WHERE typeof(duration_ms) = 'integer' GROUP BY 1"
    ):
        found["10+" if minute >= 10 else str(minute)] += count
    for minute, share in expected.items():
        assert shares(found)[minute] == pytest.approx(share, abs=MINUTE_TOLERANCE), minute


def test_mean_duration_by_year(archive: Archive) -> None:
    found = by_year(archive, "avg(duration_ms) / 1000")
    for row in published("mean_duration_by_release_year"):
        year, mean = int(row["release_year"]), float(row["mean_duration_s"])
        if year >= 2010:
            assert found[year][1] == pytest.approx(mean, rel=MEAN_DURATION_TOLERANCE), year


def test_whole_minutes_stand_out(archive: Archive) -> None:
    seconds = dict(archive.query("SELECT (duration_ms + 500) / 1000, count(*) FROM tracks GROUP BY 1"))
    indexes = []
    for second in (120, 180, 240):
        around = [seconds[second + side * apart] for side in (-1, 1) for apart in range(3, 11)]
        indexes.append(seconds[second] / (sum(around) / len(around)))
    assert min(indexes) > 1
    assert sum(indexes) / 3 == pytest.approx(HEAPING, abs=HEAPING_TOLERANCE)


def test_albums_by_year(archive: Archive) -> None:
    expected = shares({int(r["release_year"]): int(r["album_count"]) for r in published("albums_by_release_year")})
    counts = archive.query("SELECT CAST(substr(release_date, 1, 4) AS INTEGER), count(*) FROM albums GROUP BY 1")
    assert distance(shares(dict(counts)), expected) < ALBUM_YEAR_TOLERANCE


def test_explicit_share(archive: Archive) -> None:
    counts = {r["explicit"]: int(r["track_count"]) for r in published("tracks_by_explicit")}
    share = archive.value("SELECT avg(explicit) FROM tracks WHERE typeof(explicit) = 'integer'")
    assert share == pytest.approx(shares(counts)["true"], abs=EXPLICIT_TOLERANCE)


def test_explicit_share_by_year(archive: Archive) -> None:
    found = by_year(archive, "avg(explicit)")
    for row in published("explicit_share_by_release_year"):
        year, share = int(row["release_year"]), float(row["explicit_percent"]) / 100
        count, computed = found[year]
        assert abs(computed - share) <= EXPLICIT_ERRORS * (share * (1 - share) / count) ** 0.5, year


def test_keys_and_modes(archive: Archive) -> None:
    names = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
    expected = shares({(r["key"], r["mode"]): float(r["track_percent"]) for r in published("key_and_mode")})
    counted = archive.query(
        "SELECT key, mode, count(*) FROM features.track_audio_features "
        "WHERE null_response = 0 AND key BETWEEN 0 AND 11 AND mode IN (0, 1) GROUP BY 1, 2"
    )
    found = shares({(names[key], "major" if mode else "minor"): count for key, mode, count in counted})
    for cell, share in expected.items():
        assert found[cell] == pytest.approx(share, abs=KEY_AND_MODE_TOLERANCE), cell


def test_feature_means(archive: Archive) -> None:
    for row in published("audio_feature_means"):
        feature = row["feature"]
        mean = archive.value(
            f"SELECT avg({feature}) FROM features.track_audio_features WHERE typeof({feature}) IN ('real', 'integer')"
        )
        tolerance = FEATURE_TOLERANCE.get(feature, OTHER_FEATURES_TOLERANCE)
        assert mean == pytest.approx(float(row["mean"]), abs=tolerance), feature


def test_loudness_goes_with_energy(archive: Archive) -> None:
    count, x, y, xx, yy, xy = archive.query(
        "SELECT count(*), avg(loudness), avg(energy), avg(loudness * loudness), avg(energy * energy), "
        "avg(loudness * energy) FROM features.track_audio_features WHERE typeof(loudness) = 'real'"
    )[0]
    assert count > TRACKS * 0.99
    assert 0.70 < (xy - x * y) / ((xx - x * x) * (yy - y * y)) ** 0.5 < 0.80


def test_rows_in_proportion(archive: Archive) -> None:
    totals = {r["table"]: int(r["rows"]) for r in published("totals")}
    for table in ("tracks", "albums", "artists", "track_artists", "artist_albums", "artist_genres"):
        expected = totals[table] * TRACKS / totals["tracks"]
        found = archive.value(f"SELECT count(*) FROM {table}")
        assert found == pytest.approx(expected, rel=RATIO_TOLERANCE), table
    found = archive.value(
        "SELECT count(*) FROM features.track_audio_features JOIN tracks ON id = track_id WHERE null_response = 0"
    )
    assert found == round(totals["audio_features_non_null_matched"] * TRACKS / totals["tracks"])


def test_recordings(archive: Archive) -> None:
    distinct = archive.value(
        "SELECT count(DISTINCT upper(replace(replace(external_id_isrc, '-', ''), ' ', ''))) FROM tracks"
    )
    assert distinct / TRACKS == pytest.approx(186 / 256, abs=0.01)


# Quirks: each query counts rows of a kind that the real data has.

QUIRKS = {
    "year-precision dates": "albums WHERE release_date_precision = 'year' AND length(release_date) = 4",
    "month-precision dates": "albums WHERE release_date_precision = 'month' AND length(release_date) = 7",
    "unusable dates": "albums WHERE release_date IN ('0000', '', '2040', '2026-02-13')",
    "unavailable markets": (
        "tracks JOIN available_markets m ON m.rowid = available_markets_rowid WHERE available_markets = 'unavailable'"
    ),
    "empty markets": (
        "tracks JOIN available_markets m ON m.rowid = available_markets_rowid WHERE available_markets = ''"
    ),
    "null responses": "features.track_audio_features WHERE null_response = 1 AND tempo IS NULL",
    "tracks without a features row": ("tracks WHERE id NOT IN (SELECT track_id FROM features.track_audio_features)"),
    "features without a track": "features.track_audio_features WHERE track_id NOT IN (SELECT id FROM tracks)",
    "no tempo": "features.track_audio_features WHERE tempo = 0",
    "no key": "features.track_audio_features WHERE key = -1",
    "reals in an integer column": "features.track_audio_features WHERE typeof(tempo) = 'real'",
    "text in an integer column": "tracks WHERE typeof(duration_ms) = 'text'",
    "durations of 0": "tracks WHERE duration_ms = 0",
    "ISRCs in lower case": "tracks WHERE external_id_isrc GLOB '[a-z]*'",
    "ISRCs with hyphens": "tracks WHERE external_id_isrc LIKE '__-___-__-_____'",
    "empty ISRCs": "tracks WHERE external_id_isrc = ''",
    "no ISRC": "tracks WHERE external_id_isrc IS NULL",
    "pairs that are there twice": (
        "(SELECT 1 FROM track_artists GROUP BY track_rowid, artist_rowid HAVING count(*) > 1)"
    ),
    "takedowns": "albums WHERE name = ''",
    "labels that are the artist's name": (
        "albums JOIN artist_albums l ON l.album_rowid = albums.rowid AND index_in_album = 0 "
        "JOIN artists ON artists.rowid = artist_rowid WHERE label = artists.name"
    ),
    "invalid UTF-8": "tracks WHERE hex(name) LIKE '4361666520C328%'",
    "markup in a title": "tracks WHERE name LIKE '<script>%'",
    "a formula in a title": "tracks WHERE name LIKE '=HYPERLINK(%'",
    "right-to-left marks": "tracks WHERE hex(name) LIKE 'E2808F%'",
    "audiobooks": "tracks WHERE name GLOB 'Kapitel [0-9]*'",
    "noise": "tracks WHERE name LIKE '%white noise%'",
    "rain": "tracks WHERE name LIKE '%rain%'",
    "sped up": "tracks WHERE name LIKE '%sped up%'",
    "slowed": "tracks WHERE name LIKE '%slowed%'",
    "karaoke": "tracks WHERE name LIKE '%karaoke%'",
    "instrumentals": "tracks WHERE name LIKE '%instrumental%'",
    "remixes": "tracks WHERE name LIKE '%remix%'",
    "other scripts": "tracks WHERE name = 'Тихая река'",
}


@pytest.mark.parametrize("quirk", QUIRKS)
def test_quirk_is_there(archive: Archive, quirk: str) -> None:
    assert archive.value(f"SELECT count(*) FROM {QUIRKS[quirk]}") > 0


def test_quirks_stay_rare(archive: Archive) -> None:
    for table, condition in (
        ("tracks", "typeof(duration_ms) <> 'integer'"),
        ("albums", "release_date IN ('', '0000')"),
    ):
        assert archive.value(f"SELECT avg({condition}) FROM {table}") < 0.001


def test_features_are_in_an_order_of_their_own(archive: Archive) -> None:
    same = archive.value(
        "SELECT avg(f.rowid = tracks.rowid) FROM features.track_audio_features f JOIN tracks ON id = track_id"
    )
    assert same < 0.001


def test_everything_refers_to_something(archive: Archive) -> None:
    for table, column, target in (
        ("tracks", "album_rowid", "albums"),
        ("tracks", "available_markets_rowid", "available_markets"),
        ("albums", "available_markets_rowid", "available_markets"),
        ("track_artists", "track_rowid", "tracks"),
        ("track_artists", "artist_rowid", "artists"),
        ("artist_albums", "album_rowid", "albums"),
        ("artist_albums", "artist_rowid", "artists"),
        ("artist_genres", "artist_rowid", "artists"),
    ):
        orphans = f"SELECT count(*) FROM {table} WHERE {column} NOT IN (SELECT rowid FROM {target})"
        assert archive.value(orphans) == 0, (table, column)
    wrong = archive.value(
        "SELECT count(*) FROM albums WHERE typeof(total_tracks) = 'integer' "
        "AND total_tracks <> (SELECT count(*) FROM tracks WHERE album_rowid = albums.rowid)"
    )
    assert wrong == 0


def test_ids_are_base_62(archive: Archive) -> None:
    for table in ("tracks", "albums", "artists"):
        odd = f"SELECT count(*) FROM {table} WHERE length(id) <> 22 OR id GLOB '*[^0-9A-Za-z]*'"
        assert archive.value(odd) == 0, table


def test_fetched_on_whole_days_up_to_july(archive: Archive) -> None:
    for table in ("tracks", "albums", "artists", "features.track_audio_features"):
        first, last, off = archive.query(
            f"SELECT date(min(fetched_at) / 1000, 'unixepoch'), date(max(fetched_at) / 1000, 'unixepoch'), "
            f"sum(fetched_at % 86400000 <> 0) FROM {table}"
        )[0]
        assert "2025-03" <= first < last < "2025-08", table
        assert last >= "2025-07", table
        assert off == 0, table


def test_databases_are_sound(archive: Archive) -> None:
    assert archive.query("PRAGMA main.integrity_check") == [("ok",)]
    assert archive.query("PRAGMA features.integrity_check") == [("ok",)]


# Repeatability and failures


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_same_arguments_same_bytes(tmp_path: Path) -> None:
    write_sample(tmp_path / "here", SMALL)
    script = f"from pathlib import Path; from report.synthetic import write_sample; write_sample(Path('.'), {SMALL})"
    (tmp_path / "there").mkdir()
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path / "there", env=environment, check=True)
    assert contents(tmp_path / "here") == contents(tmp_path / "there")
    assert list(contents(tmp_path / "here")) == [MAIN_NAME, FEATURES_NAME]


def test_another_seed_another_archive(tmp_path: Path) -> None:
    write_sample(tmp_path / "one", SMALL, seed=1)
    write_sample(tmp_path / "two", SMALL, seed=2)
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert all(one[name] != two[name] for name in (MAIN_NAME, FEATURES_NAME))


def test_progress_ends_with_all_tracks(tmp_path: Path) -> None:
    done: list[int] = []
    write_sample(tmp_path, 20_001, on_progress=done.append)
    assert done == [0, 10_000, 20_000, 20_001]


@pytest.mark.parametrize("track_count", [1_000, 1_001, 2_345])
def test_small_sizes(tmp_path: Path, track_count: int) -> None:
    write_sample(tmp_path, track_count)
    connection = sqlite3.connect(tmp_path / MAIN_NAME)
    assert connection.execute("SELECT count(*) FROM tracks").fetchone() == (track_count,)
    connection.close()


@pytest.mark.parametrize("track_count", [999, 0, -5])
def test_too_small(tmp_path: Path, track_count: int) -> None:
    with pytest.raises(SettingsError, match="too small"):
        write_sample(tmp_path / "sample", track_count)
    assert not (tmp_path / "sample").exists()


def test_no_published_figures(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        write_sample(tmp_path / "sample", SMALL, published=tmp_path)
    assert str(tmp_path) in caught.value.render()


def test_published_figure_without_its_rows(tmp_path: Path) -> None:
    for path in PUBLISHED.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "totals.csv").write_text("table,rows\ntracks,256039007\n")
    with pytest.raises(ContentError, match="lack"):
        write_sample(tmp_path / "sample", SMALL, published=tmp_path)


def test_folder_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ReportError, match="cannot be written"):
        write_sample(tmp_path / "file", SMALL)


def test_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_sample(tmp_path, SMALL)
    before = contents(tmp_path)

    def interrupted(*_: object) -> Iterator[tuple]:
        raise KeyboardInterrupt
        yield

    monkeypatch.setattr(rows, "feature_rows", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write_sample(tmp_path, SMALL, seed=5)
    assert contents(tmp_path) == before


def test_published_totals_that_no_sample_can_have(tmp_path: Path) -> None:
    """A corrected number of tracks beside the old number of albums: 1,500 tracks would have had four billion albums."""
    folder = shutil.copytree(PUBLISHED, tmp_path / "published")
    totals = folder / "totals.csv"
    totals.write_text(re.sub(r"(?m)^tracks,\d+", "tracks,23", totals.read_text()))
    with pytest.raises(ContentError, match="too many per track") as caught:
        write_sample(tmp_path / "sample", SMALL, published=folder)
    assert caught.value.where == str(totals)
