"""Folders of part files are the table that they make up; what is not recognised is told with what was seen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archives import Archive
from building import Aggregate

from report.core.errors import SourceError
from report.sources.layouts import open_source
from report.sources.partfiles import folder_of

TRACKS = [
    {"track_id": f"{number:022}", "popularity": number * 10, "duration_ms": 60_000 * number, "year": 2000 + number // 3}
    for number in range(1, 6)
]


def write(folder: Path, name: str, rows: list[dict]) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows), path)


def without(rows: list[dict], *names: str) -> list[dict]:
    return [{name: value for name, value in row.items() if name not in names} for row in rows]


def counted(edition: object, cube: str, *columns: str) -> list[tuple]:
    rows = pq.read_table(edition.folder / f"{cube}.parquet").to_pylist()
    return sorted({tuple(row[column] for column in columns) for row in rows}, key=str)


def kept(edition: object) -> int:
    return edition.manifest["tables"]["tracks"]["rows_kept"]


class TestFlatTables:
    @pytest.mark.parametrize(
        ("folder", "names"),
        [
            ("tracks.parquet", ["part-00000-6a-c000.snappy.parquet", "part-00001-6a-c000.snappy.parquet"]),
            ("tracks", ["data/train-00000-of-00002.parquet", "data/train-00001-of-00002.parquet"]),
            ("default", ["train/0000.parquet", "train/0001.parquet"]),
            ("anything", ["a.parquet", "b.parq"]),
        ],
    )
    def test_of_parts(self, tmp_path: Path, aggregate: Aggregate, folder: str, names: list[str]) -> None:
        write(tmp_path / folder, names[0], TRACKS[:3])
        write(tmp_path / folder, names[1], TRACKS[3:])
        for left in ("_SUCCESS", f".{names[0].rpartition('/')[2]}.crc", "._a.parquet", "_metadata.parquet"):
            (tmp_path / folder / left).write_bytes(b"not Parquet")
        edition = aggregate(tmp_path / folder)
        assert kept(edition) == 5
        assert [file["name"] for file in edition.manifest["source"]["files"]] == [f"{folder}/{name}" for name in names]

    def test_the_first_part_has_the_first_rows(self, tmp_path: Path, aggregate: Aggregate) -> None:
        for number, popularity in enumerate((7, 5, 9)):
            write(tmp_path / "t", f"part-{number}.parquet", [{**TRACKS[0], "popularity": popularity}])
        assert counted(aggregate(tmp_path / "t"), "tracks_by_popularity", "popularity") == [(7,)]

    def test_parts_that_differ_in_columns_and_types(self, tmp_path: Path, aggregate: Aggregate) -> None:
        write(tmp_path / "t", "part-0.parquet", without(TRACKS[:2], "year"))
        write(tmp_path / "t", "part-1.parquet", [{**row, "popularity": float(row["popularity"])} for row in TRACKS[2:]])
        edition = aggregate(tmp_path / "t")
        assert kept(edition) == 5
        assert counted(edition, "tracks_by_popularity", "popularity") == [(10,), (20,), (30,), (40,), (50,)]

    def test_a_column_that_folders_tell(self, tmp_path: Path, aggregate: Aggregate) -> None:
        place = tmp_path / "popularity=99" / "t"
        for row in TRACKS[:4]:
            write(place, f"popularity={row['popularity']}/part-0.parquet", without([row], "popularity"))
        write(place, "popularity=__HIVE_DEFAULT_PARTITION__/part-0.parquet", without(TRACKS[4:], "popularity"))
        edition = aggregate(place)
        assert kept(edition) == 5
        found = counted(edition, "tracks_by_popularity", "popularity")
        assert found == [(10,), (20,), (30,), (40,), (None,)]

    def test_of_parts_of_text(self, tmp_path: Path, aggregate: Aggregate) -> None:
        head = "track_id,artists,popularity,duration_ms\n"
        parts = {
            "part-00000-6a.csv": f"{head}a,Zoé,7,60000\nb,Zoë,1\n".encode(),
            "part-00001-6a.csv": head.encode(),
            "part-00002-6a.csv": f"{head}c,Zoè,8,60000\na,Zoé,9,60000\nb,Zoë,1\n".encode("cp1252"),
        }
        (tmp_path / "tracks.csv").mkdir()
        for name, data in (parts | {"_SUCCESS": b"", ".part-00000-6a.csv.crc": b"crc"}).items():
            (tmp_path / "tracks.csv" / name).write_bytes(data)
        edition = aggregate(tmp_path / "tracks.csv")
        account = edition.manifest["tables"]
        assert account["tracks"]["dropped"] == {"malformed line": 2, "repeats a track": 1}
        assert counted(edition, "tracks_by_popularity", "popularity") == [(7,), (8,)]
        assert account["artists"]["rows_kept"] == 2
        assert [file["name"] for file in edition.manifest["source"]["files"]] == [
            f"tracks.csv/{name}" for name in parts
        ]
        notes = "\n".join(edition.manifest["reading"]["notes"])
        assert "(the first is line 3 of part-00000-6a.csv, with 3)" in notes
        assert "text is UTF-8;" in notes
        assert "taken as Windows-1252" in notes

    def test_of_parts_of_text_whose_folders_tell_a_column(self, tmp_path: Path, aggregate: Aggregate) -> None:
        for popularity in ("10", "2%30", "__HIVE_DEFAULT_PARTITION__"):
            place = tmp_path / "t" / f"popularity={popularity}"
            place.mkdir(parents=True)
            (place / "part-0.csv").write_text(f"track_id,duration_ms\n{popularity},60000\nx,1,1\n")
        edition = aggregate(tmp_path / "t")
        assert counted(edition, "tracks_by_popularity", "popularity") == [(10,), (20,), (None,)]
        assert edition.manifest["tables"]["tracks"]["dropped"] == {"malformed line": 3}

    def test_what_no_part_of_text_has(self, tmp_path: Path, aggregate: Aggregate) -> None:
        for number, data in enumerate(("", "a,high,1\n")):
            (tmp_path / f"part-{number}.csv").write_text(f"track_id,popularity,duration_ms\n{data}")
        with pytest.raises(SourceError) as refused:
            aggregate(tmp_path)
        assert refused.value.message == "no row has a usable `popularity`; line 2 has `high`"
        assert str(refused.value.where) == f"{tmp_path / 'part-1.csv'}:2"

    def test_one_file_in_a_folder(self, tmp_path: Path, aggregate: Aggregate) -> None:
        (tmp_path / "kaggle").mkdir()
        (tmp_path / "kaggle/tracks.csv").write_text("track_id,popularity,duration_ms\na,1,60000\n")
        (tmp_path / "kaggle/README.md").write_text("# Tracks")
        assert kept(aggregate(tmp_path / "kaggle")) == 1


class TestArchives:
    @pytest.mark.parametrize(
        "form",
        ["{}/part-{}.parquet", "{}.parquet/part-{}-c000.parquet", "{}-0000{}-of-00002.parquet", "data/{}/{}.parquet",
         "{folder}/{}/part-{}.parquet"],
    )  # fmt: skip
    def test_of_parts_are_as_of_files(self, tmp_path: Path, aggregate: Aggregate, form: str) -> None:
        tracks = [{"popularity": number, "duration_ms": 60_000} for number in range(1, 40)]
        whole = Archive(tracks=tracks).parquet(tmp_path / "whole", is_flat=True)
        parted = tmp_path / "parted"
        for file in whole.glob("*.parquet"):
            table = pq.read_table(file)
            for number in (0, 1):
                path = parted / form.format(file.stem, number, folder=folder_of(file.stem))
                path.parent.mkdir(parents=True, exist_ok=True)
                half = table.num_rows // 2
                pq.write_table(table.slice(half * number, half if number == 0 else None), path)
        one, other = aggregate(whole, "one"), aggregate(parted, "other")
        assert one.manifest["tables"] == other.manifest["tables"]
        assert {name: path.read_bytes() for name, path in one.cubes.items()} == {
            name: path.read_bytes() for name, path in other.cubes.items()
        }

    def test_text_that_is_not_utf_8_in_a_part(self, tmp_path: Path, aggregate: Aggregate) -> None:
        folder = Archive(tracks=[{"name": "Zoé"}, {"name": "b"}]).parquet(tmp_path / "a", is_flat=True)
        table = pq.read_table(folder / "tracks.parquet")
        (folder / "tracks.parquet").unlink()
        at = table.schema.get_field_index("name")
        for number in (0, 1):
            bad = pa.array([b"Zo\xe9" if number else b"b"]).cast(pa.string(), safe=False)
            write_to = folder / f"tracks/part-{number}.parquet"
            write_to.parent.mkdir(exist_ok=True)
            pq.write_table(table.slice(number, 1).set_column(at, "name", bad), write_to)
        account = aggregate(folder).manifest["tables"]["tracks"]
        assert (account["rows_kept"], list(account["unusable"])) == (2, ["name"])


class TestWhatIsRefused:
    def refused(self, path: Path) -> SourceError:
        with pytest.raises(SourceError) as error:
            open_source(path)
        return error.value

    def test_a_part_that_is_missing(self, tmp_path: Path) -> None:
        write(tmp_path / "t", "train-00000-of-00003.parquet", TRACKS)
        assert "2 of the 3 parts `train-…` are missing" in self.refused(tmp_path / "t").message

    @pytest.mark.parametrize(("name", "message"), [("_delta_log", "Delta Lake"), ("_temporary", "half-written")])
    def test_files_that_are_not_all_of_the_table(self, tmp_path: Path, name: str, message: str) -> None:
        write(tmp_path / "t", "part-0.parquet", TRACKS)
        (tmp_path / "t" / name).mkdir()
        assert message in self.refused(tmp_path / "t").message

    def test_a_table_that_is_there_twice(self, tmp_path: Path) -> None:
        folder = Archive().parquet(tmp_path / "a", is_flat=True)
        (folder / "tracks").mkdir()
        shutil.copy(folder / "tracks.parquet", folder / "tracks/part-0.parquet")
        assert self.refused(folder).message == "table `tracks` is there twice: tracks and tracks.parquet"

    def test_tables_that_are_missing_and_what_was_seen(self, tmp_path: Path) -> None:
        folder = Archive().parquet(tmp_path / "a", is_flat=True)
        (folder / "tracks.parquet").rename(folder / "songs.parquet")
        refused = self.refused(folder)
        assert refused.message == "the archive has no table `tracks`"
        assert "parts in tracks/" in refused.hint
        assert "songs.parquet" in refused.hint

    def test_several_tables(self, tmp_path: Path) -> None:
        (tmp_path / "a.csv").write_text("track_id,popularity,duration_ms\n")
        (tmp_path / "b.csv").write_text("artist_id,followers\n")
        refused = self.refused(tmp_path)
        assert refused.message.startswith("there are several tables in this folder: a.csv begins with `track_id`, ")
        assert refused.message.endswith("b.csv begins with `artist_id`, `followers`")
        assert "the same first line" in refused.hint
        pq.write_table(pa.Table.from_pylist(TRACKS), tmp_path / "c.parquet")
        assert "found a.csv, b.csv, c.parquet" in self.refused(tmp_path).hint

    def test_another_name_of_the_database(self, tmp_path: Path) -> None:
        (tmp_path / "spotify.sqlite3").touch()
        hint = self.refused(tmp_path).hint
        assert "spotify_clean.sqlite3" in hint
        assert "found spotify.sqlite3" in hint

    def test_an_archive_one_folder_down(self, tmp_path: Path) -> None:
        Archive().sqlite(tmp_path / "downloads/archive")
        assert self.refused(tmp_path / "downloads").hint.endswith(f"give {tmp_path / 'downloads/archive'}")

    def test_something_else(self, tmp_path: Path) -> None:
        (tmp_path / "photo.jpg").touch()
        refused = self.refused(tmp_path)
        assert refused.message == "no layout is recognised in this folder"
        assert "found photo.jpg" in refused.hint
