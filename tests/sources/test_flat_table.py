"""A flat table of tracks, under the names and in the shapes that public data sets have."""

from __future__ import annotations

import gzip
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from building import Aggregate

from report.core.errors import SourceError
from report.sources.layouts import open_source
from report.sources.table.columns import find_columns

HEADER = "track_id,track_name,track_artist,track_popularity,track_album_id,track_album_release_date,duration_ms,tempo"
ROWS = """\
a,One,Abba,50,al1,1999-05-01,180000,120.5
b,Two,Abba,0,al1,1999-05-01,200000,99
a,One,Abba,50,al1,1999-05-01,180000,120.5
c,"Three, four",Beyoncé,70,al2,2001,61000,0
"""


def write(path: Path, text: str | bytes) -> Path:
    data = text if isinstance(text, bytes) else text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def cube(edition, name: str, columns: str) -> list[tuple]:
    return duckdb.sql(f"select {columns} from '{edition.cubes[name]}' order by all").fetchall()


@pytest.fixture
def tables(tmp_path: Path, aggregate: Aggregate):
    """`tables(text)`: the accounts of a CSV's tables."""

    def of(text: str | bytes) -> dict[str, dict]:
        return aggregate(write(tmp_path / "tracks.csv", text)).manifest["tables"]

    return of


class TestCuttingIntoTables:
    def test_several_rows_a_track_are_one(self, tables) -> None:
        account = tables(f"{HEADER}\n{ROWS}")
        assert account["tracks"]["rows_read"] == 4
        assert account["tracks"]["rows_kept"] == 3
        assert account["tracks"]["dropped"] == {"repeats a track": 1}
        kept = {table: account[table]["rows_kept"] for table in account}
        assert kept == {"tracks": 3, "albums": 2, "artists": 2, "track_artists": 3, "track_audio_features": 3}

    def test_what_a_table_cannot_hold_is_absent(self, tmp_path: Path, aggregate: Aggregate) -> None:
        edition = aggregate(write(tmp_path / "tracks.csv", f"{HEADER}\n{ROWS}"))
        assert edition.manifest["kind"] == "selection"
        assert set(edition.manifest["absent"]["tables"]) >= {"artist_genres", "artist_albums", "available_markets"}
        assert edition.manifest["absent"]["columns"]["tracks"] == [
            "fetched_at", "external_id_isrc", "available_markets_rowid", "explicit",
        ]  # fmt: skip

    def test_release_years_come_through_the_album(self, tmp_path: Path, aggregate: Aggregate) -> None:
        edition = aggregate(write(tmp_path / "tracks.csv", f"{HEADER}\n{ROWS}"))
        assert cube(edition, "albums_by_year", "release_year, album_count") == [(1999, 1), (2001, 1)]

    @pytest.mark.parametrize(
        ("column", "value", "count"),
        [
            ("artists", "A;B; C", 3),
            ("artists", '"[\'A\', ""B\'s""]"', 2),
            ("artists", "A;A", 1),
            ("artists", "", 0),
            ("track_artist", "Earth; Wind", 1),
        ],
    )
    def test_artists_of_a_track(self, tables, column: str, value: str, count: int) -> None:
        account = tables(f"id,popularity,duration_ms,{column}\na,1,1,{value}\n")
        assert account["track_artists"]["rows_kept"] == count

    def test_albums_without_ids_are_told_apart_by_name_and_first_artist(self, tables) -> None:
        account = tables(
            "id,popularity,duration_ms,album_name,artists,release_date\n"
            "a,1,1,Live,A,2000\nb,1,1,Live,A;C,2000\nc,1,1,Live,B;A,2000\n"
        )
        assert account["albums"]["rows_kept"] == 2

    def test_only_what_is_needed(self, tables) -> None:
        account = tables("id,popularity,duration_ms\na,1,1\n")
        assert set(account) == {"tracks"}
        assert account["tracks"]["unusable"] == {}


class TestShapes:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.csv.gz"])
    def test_delimiters(self, tmp_path: Path, name: str, delimiter: str) -> None:
        text = delimiter.join(("id", "popularity", "duration_ms")) + "\n"
        assert open_source(write(tmp_path / name, text)).layout == "table"

    def test_names_in_other_letters_with_a_byte_order_mark(self, tables) -> None:
        assert tables("\ufeffTrack_ID , POPULARITY,Duration_ms\r\na,1,1\r\n")["tracks"]["rows_kept"] == 1

    def test_line_breaks_in_names(self, tables) -> None:
        assert tables('id,popularity,duration_ms,artists\na,1,1,"A\nB"\nb,2,2,C\n')["tracks"]["rows_kept"] == 2

    def test_a_column_that_is_there_twice_counts_once(self, tables) -> None:
        account = tables("id,popularity,popularity,duration_ms\na,7,x,1\n")
        assert account["tracks"]["unusable"] == {}

    @pytest.mark.parametrize("value", ["True", "true", "TRUE", "1", "1.0"])
    def test_explicit_in_words(self, tables, value: str) -> None:
        assert tables(f"id,popularity,duration_ms,explicit\na,1,1,{value}\n")["tracks"]["unusable"] == {}

    def test_parquet_and_csv_give_the_same_cubes(self, tmp_path: Path, aggregate: Aggregate) -> None:
        source = write(tmp_path / "t.csv", f"{HEADER},explicit\n" + ROWS.replace("\n", ",True\n"))
        table = duckdb.sql(f"select * from read_csv('{source}')")
        assert ("explicit", "BOOLEAN") in list(zip(table.columns, map(str, table.types), strict=True))
        table.write_parquet(str(tmp_path / "t.parquet"))
        one, other = aggregate(source, "csv"), aggregate(tmp_path / "t.parquet", "parquet")
        assert one.manifest["cubes"] == other.manifest["cubes"]

    def test_artists_as_a_list_column(self, tmp_path: Path, aggregate: Aggregate) -> None:
        rows = {"id": ["a"], "popularity": [1], "duration_ms": [1], "artists": [["A", "B"]]}
        pq.write_table(pa.table(rows), tmp_path / "t.parquet")
        account = aggregate(tmp_path / "t.parquet").manifest["tables"]
        assert account["track_artists"]["rows_kept"] == 2

    @pytest.mark.parametrize(
        ("names", "artists", "said"),
        [
            ([b"Bj\xf6rk", b"Bj\xf8rk", b"Bj\xf4rk", b"Beyonc\xe9"], 4, "text is not UTF-8; taken as Windows-1252"),
            (["Zoé".encode(), "Zoë".encode(), b"Zo\xe9", b"Zo\xeb", "Zoè".encode()], 5, "bytes that are not of it"),
        ],
    )
    @pytest.mark.parametrize("form", ["plain", "list", "object", "parts", "folders that tell a column"])
    def test_parquet_of_text_that_is_not_utf8_merges_no_names(
        self, tmp_path: Path, aggregate: Aggregate, names: list[bytes], artists: int, said: str, form: str
    ) -> None:
        count = len(names)
        column = pa.array(names, pa.binary()).view(pa.string())
        if form == "list":
            column = pa.ListArray.from_arrays(list(range(count + 1)), column)
        elif form == "object":
            column = pa.ListArray.from_arrays(list(range(count + 1)), pa.StructArray.from_arrays([column], ["name"]))
        ids = [f"{number:022}" for number in range(count)]
        table = pa.table({"id": ids, "popularity": [1] * count, "duration_ms": [1000] * count, "artists": column})
        if form.startswith(("parts", "folders")):
            for row in range(count):
                place = tmp_path / "t" / (f"year={2000 + row}" if form.startswith("folders") else "")
                place.mkdir(parents=True, exist_ok=True)
                pq.write_table(table.slice(row, 1), place / f"part-{row}.parquet")
        else:
            pq.write_table(table, tmp_path / "t")
        edition = aggregate(tmp_path / "t")
        assert edition.manifest["tables"]["artists"]["rows_kept"] == artists
        assert edition.manifest["tables"]["tracks"]["unusable"] == {}
        assert said in "".join(edition.manifest["reading"]["notes"])
        assert not list(tmp_path.glob("cache/**/*.part"))

    def test_parquet_of_text_that_cannot_be_read_is_told(self, tmp_path: Path, aggregate: Aggregate) -> None:
        names = pa.DictionaryArray.from_arrays([0], pa.array([b"Bj\xf6rk"], pa.binary()).view(pa.string()))
        table = {"id": ["a"], "popularity": [1], "duration_ms": [1], "artists": names}
        pq.write_table(pa.table(table), tmp_path / "t.parquet")
        with pytest.raises(SourceError, match="text that is not UTF-8") as refused:
            aggregate(tmp_path / "t.parquet")
        assert "write the table again" in refused.value.hint


class TestLooseValues:
    def test_every_line_is_kept_or_dropped_for_a_reason(self, tables) -> None:
        account = tables(
            "id,popularity,duration_ms\n"
            "a,1,1000\n"
            ",1,1000\n"
            "NA,1,1000\n"
            "too,few\n"
            "one,too,many,fields\n"
            "a,2,1000\n"
            "\n"
            "b,NA,\n"
            "c,x,0\n"
        )["tracks"]
        assert account == {
            "rows_read": 8,
            "rows_kept": 3,
            "dropped": {"malformed line": 2, "no track id": 2, "repeats a track": 1},
            "unusable": {
                "popularity": {"no value": 1, "not a number": 1},
                "duration_ms": {"no value": 1, "below 1": 1},
            },
        }

    def test_bytes_that_are_not_utf8_stop_nothing(self, tables) -> None:
        account = tables(b"id,popularity,duration_ms,artists\na,1,1,Bj\xf6rk\nb,\xff,1,B\n")
        assert account["tracks"]["unusable"] == {"popularity": {"not a number": 1}}
        assert account["artists"]["rows_kept"] == 2

    def test_null_bytes_and_controls_stop_nothing(self, tables) -> None:
        assert tables(b"id,popularity,duration_ms\na\0,1,1\n\x1b[31m,2,2\n")["tracks"]["rows_kept"] == 2

    def test_a_quote_that_is_never_closed_is_told_with_its_line(self, tables) -> None:
        with pytest.raises(SourceError, match="opens in line 3 is never closed") as refused:
            tables('id,popularity,duration_ms\na,1,1\n"b,2,2\nc,3,3\n')
        assert refused.value.where.endswith("tracks.csv:3")

    def test_release_dates(self, tables) -> None:
        account = tables(
            "id,popularity,duration_ms,release_date\na,1,1,1999\nb,1,1,soon\nc,1,1,1850-01-01\nd,1,1,\ne,1,1,1999-12\n"
        )
        assert account["tracks"]["unusable"] == {"release_date": {"not a date": 1, "before 1900": 1}}


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "data", "message"),
        [
            ("t.csv", b"", "this file is empty"),
            ("t.csv", b"\n\n", "this file is empty"),
            ("t.csv.gz", b"", "this file is empty"),
            ("t.csv.gz", b"id,popularity", "no column for the duration"),
            ("t.csv", b"id,popularity,duration_ms\n", "after its header there is no row"),
            ("t.csv.gz", gzip.compress(HEADER.encode() + ROWS.encode() * 1000)[:-20], None),
            ("t.parquet", b"", "cannot be read as Parquet"),
            ("t.parquet", b"PAR1 and so on PAR1", "cannot be read as Parquet"),
        ],
    )
    def test_files_that_cannot_be_read(
        self, tmp_path: Path, aggregate: Aggregate, name: str, data: bytes, message: str | None
    ) -> None:
        path = tmp_path / name
        path.write_bytes(data)
        with pytest.raises(SourceError, match=message or "this file cannot be read") as refused:
            aggregate(path)
        assert refused.value.where == str(path)
        assert refused.value.hint

    def test_a_truncated_parquet_file(self, tmp_path: Path) -> None:
        pq.write_table(pa.table({"id": ["a"], "popularity": [1], "duration_ms": [1]}), tmp_path / "t.parquet")
        whole = (tmp_path / "t.parquet").read_bytes()
        (tmp_path / "t.parquet").write_bytes(whole[: len(whole) // 2])
        with pytest.raises(SourceError, match="cannot be read as Parquet"):
            open_source(tmp_path / "t.parquet")

    def test_missing_columns_are_named_with_what_was_found(self, tmp_path: Path) -> None:
        with pytest.raises(SourceError) as refused:
            find_columns(["name", "duration_ms"], tmp_path / "t.csv", "commas")
        assert refused.value.message == (
            "this table has no column for the track's id (`id` or `track_id`), nor for the popularity "
            "(`popularity` or `track_popularity`)"
        )
        assert refused.value.hint == (
            "found `name`, `duration_ms`; the first line was read as fields parted by commas; "
            "call the column that tells tracks apart `track_id`; where there is none, add one that is the same in all "
            "rows of a track and in no other, such as its title and artists together; "
            "call the column with scores from 0 to 100 `popularity`; without scores there is nothing to report; "
            "docs/tables.md lists the names that are known"
        )
