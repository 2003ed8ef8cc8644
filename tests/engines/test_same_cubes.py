"""An edition counted elsewhere has the cubes, to the byte, and the account of one counted here."""

from __future__ import annotations

from pathlib import Path

import pytest
from archives import FEATURES, Archive, track_id
from elsewhere import assert_same, made_elsewhere, recut_of
from hostile import CODES, DATES, LABELS, MARKETS, NAMES, NUMBERS, TITLES, spread

from report.core.progress import Progress
from report.core.settings import Settings
from report.pipeline import find_edition
from report.run import Run
from report.synthetic import write_sample

COUNT = 840


def hostile_archive(folder: Path) -> Path:
    """Text that parts dialects from each other, numbers as people spell them, playlists and a list of files."""
    titles, codes, numbers = spread(TITLES, COUNT), spread(CODES, COUNT), spread(NUMBERS, COUNT)
    tracks = [
        {
            "name": titles[n],
            "external_id_isrc": codes[n],
            "popularity": numbers[n] if n % 2 else n % 101,
            "duration_ms": 1000 * (n % 400) + n,
            "album_rowid": 1 + n % 90,
            "available_markets_rowid": 1 + n % 7,
        }
        for n in range(COUNT)
    ]
    albums = [
        {
            "label": LABELS[n % len(LABELS)],
            "release_date": DATES[n % len(DATES)] if n % 2 else f"{1950 + n % 70}-01-01",
            "external_id_upc": ["u\u00a0", "u", " u", "\u3000", "", None, "v"][n % 7],
        }
        for n in range(90)
    ]
    # Numbers of artists, and albums of each.
    artists = [{"name": name} for name in NAMES]
    features = [
        {"track_id": track_id(n + 1)}
        | dict.fromkeys(("danceability", "energy", "valence", "tempo"), numbers[-n] if n % 3 else n / COUNT)
        | {"key": numbers[n] if n % 5 == 0 else n % 12}
        for n in range(COUNT)
    ]
    archive = Archive(
        tracks=tracks,
        albums=albums,
        artists=artists,
        artist_albums=[
            {"artist_rowid": 1 + n % len(NAMES), "album_rowid": 1 + n % 90, "is_appears_on": int(n % 3 == 2)}
            for n in range(270)
        ],
        track_artists=[
            {"track_rowid": 1 + n % COUNT, "artist_rowid": 1 + n % (len(NAMES) + 1)} for n in range(2 * COUNT)
        ],
        artist_genres=[{"artist_rowid": 1 + n % len(NAMES), "genre": f"genre {n % 5}"} for n in range(60)],
        available_markets=[{"available_markets": text} for text in MARKETS],
        playlists=[{"followers_total": [None, 0, 5, -1, 10**6][n % 5], "tracks_total": n % 400} for n in range(60)],
        playlist_tracks=[
            {
                "playlist_rowid": 1 + n % 70,
                "is_episode": [0, 0, 1, None][n % 4],
                "track_rowid": 1 + 7 * n % (COUNT + 50),
            }
            for n in range(1500)
        ],
        track_files=[
            {
                "track_id": track_id(1 + n),
                "status": ["success", "error_not_available", "Success", "success ", None][n % 5],
            }
            for n in range(COUNT + 20)
        ],
        **{FEATURES: features},
    )
    return archive.parquet(folder)


class TestEditions:
    def test_the_sample(self, sail: str, settings: Settings, tmp_path: Path) -> None:
        write_sample(tmp_path / "sample", 1_500)
        archive = recut_of(tmp_path / "sample", settings, tmp_path / "recut")
        there = assert_same(archive, sail, settings)
        assert there.manifest["engine"] == {"name": "Sail", "version": "0.7.2"}
        # The re-cut is the sample.
        of_databases = find_edition(Run.of(settings, Progress()), tmp_path / "sample", "databases")
        assert there.manifest["cubes"] == of_databases.manifest["cubes"]
        assert there.manifest["tables"] == of_databases.manifest["tables"]

    def test_text_and_numbers_that_part_dialects(self, sail: str, settings: Settings, tmp_path: Path) -> None:
        there = assert_same(hostile_archive(tmp_path / "archive"), sail, settings)
        tables = there.manifest["tables"]
        assert there.manifest["absent"]["tables"] == []
        assert tables["tracks"]["unusable"]["popularity"]["not a number"]
        assert tables["tracks"]["unusable"]["external_id_isrc"]["malformed"]
        assert tables["playlist_tracks"]["dropped"]["an episode"]

    def test_keys_and_ids_that_repeat(self, sail: str, settings: Settings, tmp_path: Path) -> None:
        tracks = [{"rowid": 1 + n // 2, "id": track_id(1 + n % 7), "popularity": n} for n in range(20)]
        there = assert_same(Archive(tracks=tracks).parquet(tmp_path / "archive"), sail, settings)
        assert there.manifest["tables"]["tracks"]["dropped"] == {"repeats a rowid": 10}
        assert there.manifest["tables"]["tracks"]["unusable"]["id"]["repeats another row's"]

    @pytest.mark.parametrize("without", [("tracks.fetched_at", "tracks.available_markets_rowid"), ("albums.label",)])
    def test_columns_that_are_absent(
        self, without: tuple[str, ...], sail: str, settings: Settings, tmp_path: Path
    ) -> None:
        tracks = [{"popularity": n % 101} for n in range(150)]
        assert_same(Archive(without=without, tracks=tracks).parquet(tmp_path / "archive"), sail, settings)


def test_an_edition_that_stands_is_not_counted_again(sail: str, settings: Settings, tmp_path: Path) -> None:
    archive = Archive(tracks=[{"popularity": n} for n in range(5)]).parquet(tmp_path / "archive")
    first = made_elsewhere(archive, sail, settings)
    written = {path: path.stat().st_mtime_ns for path in (tmp_path / "shared").iterdir() if path.suffix == ".json"}
    assert len(written) > 10
    assert made_elsewhere(archive, sail, settings).manifest == first.manifest
    # What is staged is there for another cube, or another machine.
    assert made_elsewhere(archive, sail, settings, "again").manifest["cubes"] == first.manifest["cubes"]
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "shared").glob("*.json")} == written
