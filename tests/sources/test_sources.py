"""A source is recognised from its path, and refused with a reason where it cannot be read."""

from __future__ import annotations

import gzip
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archives import FEATURES, Archive
from building import Aggregate

from report.core.errors import SourceError
from report.core.settings import Settings
from report.sources.layouts import open_source

ODD = "a 'quoted' [b]racketed 100% *star* what? {x,y} é 音"
CSV = b"track_id,track_popularity,duration_ms\na,10,1000\n"


def refusal(path: Path) -> SourceError:
    with pytest.raises(SourceError) as refused:
        open_source(path)
    return refused.value


def write_table(path: Path) -> Path:
    if path.suffix == ".parquet":
        pq.write_table(pa.table({"id": ["a"], "popularity": [10], "duration_ms": [1000]}), path)
    else:
        path.write_bytes(gzip.compress(CSV) if path.suffix == ".gz" else CSV)
    return path


class TestLayouts:
    def test_sqlite(self, tmp_path: Path) -> None:
        source = open_source(Archive().sqlite(tmp_path))
        assert (source.kind, source.layout) == ("archive", "sqlite")
        assert [file.name for file in source.files] == ["spotify_clean.sqlite3", "spotify_clean_audio_features.sqlite3"]

    def test_the_main_database_stands_for_its_folder(self, tmp_path: Path) -> None:
        folder = Archive().sqlite(tmp_path)
        assert open_source(folder / "spotify_clean.sqlite3").files == open_source(folder).files

    @pytest.mark.parametrize("is_flat", [False, True])
    def test_parquet(self, tmp_path: Path, is_flat: bool) -> None:
        source = open_source(Archive().parquet(tmp_path, is_flat=is_flat))
        assert (source.kind, source.layout) == ("archive", "parquet")

    def test_nested_and_flat_are_the_same_source(self, tmp_path: Path) -> None:
        nested, flat = tmp_path / "nested", tmp_path / "flat"
        Archive().parquet(nested)
        Archive().parquet(flat, is_flat=True)
        assert open_source(nested).files == open_source(flat).files

    @pytest.mark.parametrize("name", ["t.csv", "t.csv.gz", "t.parquet", "T.CSV"])
    def test_a_flat_table(self, tmp_path: Path, name: str) -> None:
        source = open_source(write_table(tmp_path / name))
        assert (source.kind, source.layout) == ("selection", "table")

    def test_a_fingerprint_does_not_depend_on_the_path(self, tmp_path: Path) -> None:
        here = Archive().sqlite(tmp_path / "here")
        there = shutil.copytree(here, tmp_path / "there")
        assert open_source(here).files == open_source(there).files

    def test_what_is_still_in_the_write_ahead_log_is_part_of_the_source(self, tmp_path: Path) -> None:
        folder = Archive().sqlite(tmp_path)
        before = open_source(folder).files
        (folder / "spotify_clean.sqlite3-wal").write_bytes(b"\0" * 32)
        assert open_source(folder).files != before


class TestRefusals:
    def test_nothing_there(self, tmp_path: Path) -> None:
        error = refusal(tmp_path / "nowhere")
        assert error.message == "there is no such file or folder"
        assert error.where == str(tmp_path / "nowhere")
        assert "spotify_clean.sqlite3" in error.hint

    def test_a_folder_of_something_else(self, tmp_path: Path) -> None:
        (tmp_path / "holiday.jpg").write_bytes(b"jpg")
        assert refusal(tmp_path).message == "no layout is recognised in this folder"

    def test_another_database_than_the_main_one(self, tmp_path: Path) -> None:
        Archive().sqlite(tmp_path)
        error = refusal(tmp_path / "spotify_clean_audio_features.sqlite3")
        assert error.hint == "give the folder it is in"

    def test_a_name_that_is_not_utf8(self, tmp_path: Path) -> None:
        assert "not UTF-8" in refusal(Path(f"{tmp_path}/\udcff.csv")).message

    @pytest.mark.parametrize("table", ["tracks", "albums", "artists", "track_artists"])
    @pytest.mark.parametrize("layout", ["sqlite", "parquet"])
    def test_a_required_table_is_missing(self, tmp_path: Path, layout: str, table: str) -> None:
        getattr(Archive(**{table: None}), layout)(tmp_path)
        error = refusal(tmp_path)
        assert error.message == f"the archive has no table `{table}`"
        assert str(tmp_path) in error.where
        assert "expected" in error.hint

    @pytest.mark.parametrize(
        "column", ["tracks.duration_ms", "albums.release_date", "track_artists.artist_rowid", f"{FEATURES}.mode"]
    )
    @pytest.mark.parametrize("layout", ["sqlite", "parquet"])
    def test_a_required_column_is_missing(self, tmp_path: Path, layout: str, column: str) -> None:
        getattr(Archive(without=[column]), layout)(tmp_path)
        table, name = column.split(".")
        error = refusal(tmp_path)
        assert error.message == f"table `{table}` has no column `{name}`"
        assert Path(error.where).is_file()
        assert error.hint.startswith("expected ")
        assert "; found " in error.hint

    def test_a_column_of_a_type_that_holds_no_such_value(self, tmp_path: Path) -> None:
        Archive().parquet(tmp_path, is_flat=True)
        table = pq.read_table(tmp_path / "tracks.parquet")
        lists = pa.array([[1]] * table.num_rows)
        pq.write_table(table.set_column(table.column_names.index("popularity"), "popularity", lists),
                       tmp_path / "tracks.parquet")  # fmt: skip
        error = refusal(tmp_path)
        assert error.message == "column `popularity` of table `tracks` is BIGINT[]"
        assert error.hint == "expected integer values (or text that holds them)"

    def test_a_sqlite_view_of_another_shape(self, tmp_path: Path) -> None:
        (tmp_path / "spotify_clean.sqlite3").write_bytes(b"")
        assert refusal(tmp_path).message == "this is not a SQLite database"


class TestOptionalParts:
    ALL = ("artist_albums", "artist_genres", "available_markets", FEATURES)

    @pytest.mark.parametrize("layout", ["sqlite", "parquet"])
    def test_absent_tables_are_recorded(self, tmp_path: Path, aggregate: Aggregate, layout: str) -> None:
        archive = Archive(**dict.fromkeys(self.ALL))
        manifest = aggregate(getattr(archive, layout)(tmp_path / "archive")).manifest
        assert set(manifest["absent"]["tables"]) >= {*self.ALL, "playlists", "track_files"}
        assert "tracks" not in manifest["absent"]["tables"]

    @pytest.mark.parametrize("layout", ["sqlite", "parquet"])
    def test_absent_columns_are_recorded(self, tmp_path: Path, aggregate: Aggregate, layout: str) -> None:
        optional = ["tracks.external_id_isrc", "tracks.explicit", "albums.label", "artists.followers_total"]
        manifest = aggregate(
            getattr(Archive(albums=[{"album_type": "single"}], without=optional), layout)(tmp_path / "archive")
        ).manifest
        assert manifest["absent"]["columns"] == {
            "tracks": ["external_id_isrc", "explicit"], "albums": ["label"], "artists": ["followers_total"],
        }  # fmt: skip

    def test_tables_of_which_only_the_rows_count(self, tmp_path: Path, aggregate: Aggregate) -> None:
        folder = Archive().parquet(tmp_path / "archive", is_flat=True)
        pq.write_table(pa.table({"rowid": [1, 2, 3], "owner_id": ["x", "y", "z"]}), folder / "playlists.parquet")
        tables = aggregate(folder).manifest["tables"]
        assert tables["playlists"] == {"rows_read": 3, "rows_kept": 3, "dropped": {}, "unusable": {}}


def write_source(folder: Path, layout: str, track_count: int) -> Path:
    folder.mkdir()
    if layout in ("sqlite", "parquet"):
        return getattr(Archive(tracks=[{}] * track_count), layout)(folder)
    if layout == "flat parquet":
        return Archive(tracks=[{}] * track_count).parquet(folder, is_flat=True)
    path = folder / layout
    ids = [f"track{number}" for number in range(track_count)]
    if layout == "t.parquet":
        pq.write_table(pa.table({"id": ids, "popularity": range(track_count), "duration_ms": range(track_count)}), path)
    else:
        text = "id,popularity,duration_ms\n" + "".join(f"{name},10,1000\n" for name in ids)
        path.write_bytes(gzip.compress(text.encode()) if layout == "t.csv.gz" else text.encode())
    return path


@pytest.mark.parametrize("layout", ["sqlite", "parquet", "flat parquet", "t.csv", "t.csv.gz", "t.parquet"])
def test_odd_characters_in_a_path(tmp_path: Path, aggregate: Aggregate, layout: str) -> None:
    # What a pattern made of the name would find as well, or instead.
    write_source(tmp_path / ODD.replace("[b]", "b").replace("*", "x").replace("?", "y"), layout, 3)
    edition = aggregate(write_source(tmp_path / ODD, layout, 2))
    assert edition.manifest["tables"]["tracks"]["rows_kept"] == 2


def test_odd_characters_in_the_folders_that_are_written(
    tmp_path: Path, settings: Settings, aggregate: Aggregate
) -> None:
    odd = tmp_path / ODD
    moved = replace(settings, cache=odd / "cache", editions=odd / "editions")
    edition = aggregate(Archive().sqlite(tmp_path / "archive"), with_settings=moved)
    assert edition.folder.parent == odd / "editions"


def test_a_folder_that_looks_like_a_partition_gives_no_column(tmp_path: Path, aggregate: Aggregate) -> None:
    folder = Archive(tracks=[{"popularity": 55}]).parquet(tmp_path / "popularity=7" / "explicit=1")
    cube = aggregate(folder).cubes["tracks_by_popularity"]
    assert duckdb.sql(f"select popularity, track_count from '{cube}'").fetchall() == [(55, 1)]
