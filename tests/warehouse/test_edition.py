"""An edition is whole, as it was written, and in place at once; or it is refused."""

from __future__ import annotations

import errno
import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from archives import FEATURES, Archive
from building import WHOLE, Aggregate, aggregated, settings_below

from report.cache import swap
from report.cache.store import StoreError
from report.core.errors import EditionError
from report.core.settings import Settings
from report.warehouse import edition as editions
from report.warehouse.edition import Edition, read_edition, write_edition

MANIFEST = {
    "name": "tried", "kind": "archive", "as_of": None, "snapshot_year": 2025, "source": {}, "inputs": "0",
    "tables": {}, "absent": {"tables": [], "columns": {}},
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition of a tiny archive."""
    folder = tmp_path_factory.mktemp("made")
    archive = Archive(tracks=[{"popularity": 10 * n, "name": f"Nobody's song {n}"} for n in range(8)])
    return aggregated(archive.sqlite(folder / "archive"), "made", settings_below(folder))


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A small edition in place."""
    cube = tmp_path / "cube"
    cube.write_bytes(b"counts")
    write_edition(tmp_path / "editions/tried", MANIFEST, {"tracks": cube})
    return tmp_path / "editions/tried"


def edit(folder: Path, change: Callable[[dict], object]) -> None:
    path = folder / "edition.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    change(manifest)
    path.write_text(json.dumps(manifest), encoding="utf-8")


def refusal(folder: Path) -> EditionError:
    with pytest.raises(EditionError) as refused:
        read_edition(folder, WHOLE)
    return refused.value


class TestWhatItHolds:
    def test_counts_and_sums_only(self, made: Edition) -> None:
        for path in made.cubes.values():
            kinds = {row[0]: row[1] for row in duckdb.sql(f"describe select * from '{path}'").fetchall()}
            assert not [name for name in kinds if re.search(r"(^|_)(id|rowid|isrc|name)$", name)]
            texts = [name for name, kind in kinds.items() if kind == "VARCHAR"]
            for name in texts:
                values = {row[0] for row in duckdb.sql(f"select distinct \"{name}\" from '{path}'").fetchall()}
                assert not [v for v in values if v and re.search(r"track\d{17}|QZABC|Nobody|Artist \d|Album \d", v)]

    def test_what_it_was_made_from(self, made: Edition) -> None:
        manifest = made.manifest
        assert (manifest["name"], manifest["kind"], manifest["as_of"]) == ("made", "selection", "2025-07-08")
        assert manifest["fetch_window"] == dict.fromkeys(("first", "median", "last"), "2025-07-08")
        assert manifest["source"]["layout"] == "sqlite"
        assert [sorted(file) for file in manifest["source"]["files"]] == [["bytes", "fingerprint", "name"]] * 2
        assert manifest["tables"]["tracks"]["rows_read"] == 8
        assert manifest["engine"]["name"] == "DuckDB"

    def test_nothing_of_the_place_or_the_time(self, made: Edition) -> None:
        text = (made.folder / "edition.json").read_text(encoding="utf-8")
        assert str(made.folder.parents[1]) not in text
        assert not re.search(r"\d{2}:\d{2}", text)

    def test_its_files_and_no_others(self, made: Edition) -> None:
        assert {path.name for path in made.folder.iterdir()} == {
            "edition.json", *(f"{name}.parquet" for name in made.cubes)
        }  # fmt: skip

    def test_cubes_are_in_the_order_of_their_columns(self, made: Edition) -> None:
        for path in made.cubes.values():
            rows = duckdb.sql(f"select * from '{path}'").fetchall()
            assert rows == duckdb.sql(f"select * from '{path}' order by all").fetchall()


class TestNames:
    def test_without_one_it_is_called_by_kind_and_date(self, tmp_path: Path, aggregate: Aggregate) -> None:
        assert aggregate(Archive().sqlite(tmp_path / "archive"), None).name == "selection-2025-07-08"

    def test_without_a_date_by_its_kind(self, tmp_path: Path, aggregate: Aggregate) -> None:
        (tmp_path / "t.csv").write_text("id,popularity,duration_ms\na,1,1\n")
        assert aggregate(tmp_path / "t.csv", None).name == "selection"


class TestStanding:
    """An edition of the same inputs isn't made again."""

    @pytest.fixture
    def archive(self, tmp_path: Path) -> Path:
        return Archive().parquet(tmp_path / "archive")

    def test_the_same_archive_elsewhere(
        self, archive: Path, tmp_path: Path, aggregate: Aggregate, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = aggregate(archive)
        monkeypatch.setattr("report.warehouse.aggregation.aggregate", None)
        assert aggregate(archive.rename(tmp_path / "moved")) == first

    def test_one_under_another_name_stands_where_none_is_asked_for(self, archive: Path, aggregate: Aggregate) -> None:
        first = aggregate(archive, "first")
        assert aggregate(archive, None) == first
        assert aggregate(archive, "second").name == "second"

    def test_a_changed_query_makes_it_again(
        self, archive: Path, settings: Settings, aggregate: Aggregate, tmp_path: Path, root: Path
    ) -> None:
        first = aggregate(archive)
        queries = tmp_path / "project/queries"
        for name in ("staging", "cubes"):
            (queries / name).mkdir(parents=True)
            for path in (root / "queries" / name).glob("*.sql"):
                (queries / name / path.name).write_text(path.read_text(encoding="utf-8") + "-- edited\n")
        shutil.copy(root / "queries/markers.csv", queries)
        shutil.copytree(root / "content/published", tmp_path / "project/content/published")
        moved = replace(settings, root=tmp_path / "project")
        again = aggregate(archive, with_settings=moved)
        assert again.manifest["inputs"] != first.manifest["inputs"]
        assert again.manifest["cubes"] == first.manifest["cubes"]

    @pytest.mark.parametrize("damage", ["edition.json", "tracks_by_popularity.parquet"])
    @pytest.mark.parametrize("name", ["tried", None])
    def test_a_damaged_one_is_made_again(
        self, archive: Path, aggregate: Aggregate, damage: str, name: str | None
    ) -> None:
        folder = aggregate(archive).folder
        (folder / damage).write_bytes(b"{")
        assert read_edition(aggregate(archive, name).folder, WHOLE)

    def test_another_one_that_is_damaged_is_no_hindrance(
        self, archive: Path, settings: Settings, aggregate: Aggregate
    ) -> None:
        (settings.editions / "broken").mkdir(parents=True)
        (settings.editions / "broken/edition.json").write_text("{")
        assert aggregate(archive, None).name == "selection-2025-07-08"


class TestRefusals:
    def test_none_of_that_name(self, written: Path) -> None:
        error = refusal(written.parent / "another")
        assert error.message == "there is no edition `another`"
        assert error.hint == "there are tried"

    def test_none_at_all(self, tmp_path: Path) -> None:
        assert "--archive PATH" in refusal(tmp_path / "editions/tried").hint

    def test_half_written(self, written: Path) -> None:
        (written / "edition.json").unlink()
        assert refusal(written).message == "there is no edition `tried`"

    @pytest.mark.parametrize("text", ["", "{", "[]", "7", '"text"', "{}", "\xff", '{"format": '])
    def test_a_damaged_manifest(self, written: Path, text: str) -> None:
        (written / "edition.json").write_text(text, encoding="latin-1")
        error = refusal(written)
        assert error.message == "this edition cannot be read"
        assert error.where == str(written / "edition.json")
        assert "aggregate it again" in error.hint

    @pytest.mark.parametrize("key", ["name", "kind", "inputs", "source", "tables", "absent", "cubes"])
    def test_a_manifest_that_lacks_something(self, written: Path, key: str) -> None:
        edit(written, lambda manifest: manifest.pop(key))
        assert refusal(written).message == f"edition.json has no usable `{key}`"

    def test_another_format(self, written: Path) -> None:
        edit(written, lambda manifest: manifest.update(format=2))
        assert refusal(written).message == "this edition is of format 2, not 1"

    def test_a_cube_is_missing(self, written: Path) -> None:
        (written / "tracks.parquet").unlink()
        assert refusal(written).message == "cube `tracks` of this edition is missing"

    @pytest.mark.parametrize("data", [b"", b"countz", b"counts and more"])
    def test_a_cube_is_changed(self, written: Path, data: bytes) -> None:
        (written / "tracks.parquet").write_bytes(data)
        assert refusal(written).message == "cube `tracks` is not the one that was written"

    def test_a_cube_is_described_by_nothing(self, written: Path) -> None:
        edit(written, lambda manifest: manifest["cubes"].update(tracks=None))
        assert refusal(written).message == "cube `tracks` is not the one that was written"


class TestPuttingInPlace:
    def test_the_same_input_gives_the_same_bytes(self, written: Path, tmp_path: Path) -> None:
        first = {path.name: path.read_bytes() for path in written.iterdir()}
        write_edition(written, MANIFEST, {"tracks": tmp_path / "cube"})
        assert {path.name: path.read_bytes() for path in written.iterdir()} == first

    def test_an_older_one_goes_entirely(self, written: Path, tmp_path: Path) -> None:
        write_edition(written, MANIFEST, {"albums": tmp_path / "cube"})
        assert {path.name for path in written.iterdir()} == {"edition.json", "albums.parquet"}
        assert [path.name for path in written.parent.iterdir()] == ["tried"]

    @pytest.mark.parametrize("failure", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
    @pytest.mark.parametrize("moment", ["before", "between"])
    def test_a_failure_leaves_the_old_one(
        self, written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException, moment: str
    ) -> None:
        before = read_edition(written, WHOLE)
        rename = Path.rename

        def fails(path: Path, target: Path) -> Path:
            if moment == "before" or (".new-" in path.name and not failed):
                failed.append(path)
                raise failure
            return rename(path, target)

        failed: list[Path] = []
        # As on a system that cannot exchange two folders in one step.
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
        monkeypatch.setattr(Path, "rename", fails)
        with pytest.raises((StoreError, KeyboardInterrupt)):
            write_edition(written, MANIFEST, {"tracks": tmp_path / "cube"})
        assert failed
        assert read_edition(written, WHOLE) == before
        assert [path.name for path in written.parent.iterdir()] == ["tried"]

    def test_a_full_disk_is_said_to_be_full(
        self, written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        monkeypatch.setattr(Path, "write_bytes", full)
        with pytest.raises(StoreError, match="no space left on the disk") as failed:
            write_edition(written, MANIFEST, {"tracks": tmp_path / "cube"})
        assert "--editions" in failed.value.hint

    def test_a_file_in_the_folders_place(self, tmp_path: Path) -> None:
        (tmp_path / "editions").write_text("not a folder")
        with pytest.raises(StoreError, match="cannot write"):
            write_edition(tmp_path / "editions/tried", MANIFEST, {})


def test_the_format_is_the_one_these_tests_know() -> None:
    assert editions.FORMAT == 1


def test_a_features_database_may_come_later(tmp_path: Path, aggregate: Aggregate) -> None:
    folder = Archive(track_audio_features=None).sqlite(tmp_path / "archive")
    assert FEATURES in aggregate(folder).manifest["absent"]["tables"]
    Archive().sqlite(tmp_path / "both")
    (tmp_path / "both/spotify_clean_audio_features.sqlite3").rename(folder / "spotify_clean_audio_features.sqlite3")
    assert FEATURES not in aggregate(folder).manifest["absent"]["tables"]
