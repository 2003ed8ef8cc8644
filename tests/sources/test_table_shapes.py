"""Flat tables as people have them: other names, values, signs, encodings and packings, each with its right result."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import zipfile
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from building import ROOT, Aggregate
from test_flat_table import cube

from report.core.errors import SourceError
from report.sources.layouts import open_source
from report.sources.table.artists import Value, listed, tell
from report.sources.table.columns import as_markdown, find_columns, normalised, read_names
from report.sources.table.encoding import decide
from report.warehouse.account import account_of

IDS = [f"{number:022d}" for number in range(1, 9)]


def csv_of(*columns: str, sep: str = ",") -> str:
    """A CSV of columns, each `name=value|value|…`, with an id, a popularity and a duration where they are not given."""
    given = [column.partition("=") for column in columns]
    values = {name: rest.split("|") for name, _, rest in given}
    length = max(map(len, values.values()))
    own = {"track_id": IDS[:length], "popularity": ["50"] * length, "duration_ms": ["200000"] * length}
    if any(normalised(name).startswith("duration") for name in values):
        del own["duration_ms"]
    table = {**own, **values}
    return "\n".join(sep.join(row) for row in ([*table], *zip(*table.values(), strict=True))) + "\n"


@pytest.fixture
def made(tmp_path: Path, aggregate: Aggregate):
    """`made(data)`: the edition of a file."""

    def of(data: str | bytes, name: str = "tracks.csv"):
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return aggregate(path)

    return of


def milliseconds(edition) -> int:
    return cube(edition, "tracks_by_duration", "sum(duration_sum_ms)::bigint")[0][0]


def years(edition) -> list[tuple]:
    path = edition.cubes["tracks_by_popularity"]
    return duckdb.sql(f"select release_year, sum(track_count)::int from '{path}' group by all order by all").fetchall()


def kept(edition, table: str) -> int:
    return edition.manifest["tables"][table]["rows_kept"]


def notes(edition) -> str:
    return "\n".join(edition.manifest["reading"]["notes"])


class TestNames:
    def test_the_docs_show_the_names_that_are_known(self) -> None:
        shown = (ROOT / "docs/tables.md").read_text().split("<!-- columns -->\n")[1].split("<!-- /columns -->")[0]
        assert shown == as_markdown()

    def test_no_name_stands_for_two_things(self) -> None:
        names = [
            normalised(name)
            for spec in read_names().values()
            for key in ("names", "seconds", "minutes", "unit_not_named")
            for name in dict.fromkeys(map(normalised, spec.get(key, ())))
        ]
        assert len(names) == len(set(names))

    @pytest.mark.parametrize(
        ("header", "expected"),
        [
            (
                "Track URI,Track Name,Artist URI(s),Artist Name(s),Album URI,Album Name,Album Release Date,"
                "Track Duration (ms),Explicit,Popularity,ISRC,Added By",
                {
                    "id": "Track URI",
                    "name": "Track Name",
                    "artist_ids": "Artist URI(s)",
                    "artists": "Artist Name(s)",
                    "album_id": "Album URI",
                    "album_name": "Album Name",
                    "release_date": "Album Release Date",
                    "duration_ms": "Track Duration (ms)",
                    "explicit": "Explicit",
                    "popularity": "Popularity",
                    "isrc": "ISRC",
                },
            ),
            (
                "Spotify ID,Artist IDs,Track Name,Artist Name(s),Release Date,Duration (ms),Popularity,Time Signature",
                {
                    "id": "Spotify ID",
                    "artist_ids": "Artist IDs",
                    "name": "Track Name",
                    "artists": "Artist Name(s)",
                    "release_date": "Release Date",
                    "duration_ms": "Duration (ms)",
                    "popularity": "Popularity",
                    "time_signature": "Time Signature",
                },
            ),
            (
                "id,TRACK-ID,artist,release year,track_popularity,song_duration_sec,is_explicit",
                {
                    "id": "TRACK-ID",
                    "artists": "artist",
                    "release_date": "release year",
                    "popularity": "track_popularity",
                    "duration_ms": "song_duration_sec",
                    "explicit": "is_explicit",
                },
            ),
        ],
    )
    def test_dialects(self, header: str, expected: dict[str, str]) -> None:
        found = find_columns(header.split(","), Path("t.csv")).found
        assert {ours: match.name for ours, match in found.items()} == expected

    def test_a_row_number_called_id_is_no_id(self, made) -> None:
        edition = made("id,track_id,popularity,duration_ms\n0,a,70,1000\n1,a,70,1000\n2,b,5,1000\n")
        assert kept(edition, "tracks") == 2
        assert edition.manifest["reading"]["passed_over"] == ["id"]

    def test_what_is_not_recognised_is_told(self, made) -> None:
        edition = made(csv_of("parental_advisory=1|0", "Unnamed: 0=0|1"))
        assert edition.manifest["reading"]["not_recognised"] == ["parental_advisory"]
        assert "  columns not recognised: `parental_advisory`" in account_of(edition.manifest)

    def test_the_account_fits_a_screen(self, made) -> None:
        many = ",".join(f"{'x' * 30}{number}" for number in range(300))
        row = ",".join("1" for _ in range(300))
        lines = account_of(made(f"track_id,popularity,duration_ms,{many}\na,1,1,{row}\n").manifest)
        assert len(lines) <= 20
        assert max(map(len, lines)) < 410


class TestValues:
    @pytest.mark.parametrize(
        ("column", "total"),
        [
            ("duration_s=200|240.5", 440_500),
            ("Duration (seconds)=200|240", 440_000),
            ("duration_min=3.5|2", 330_000),
            ("duration=200|240", 440_000),
            ("duration=200000|240000", 440_000),
            ("duration_ms=3:40|3:41", 441_000),
            ("duration=3:40|1:00:01.5", 3_821_500),
            ('duration_ms="210,133"|"1,210,133"', 1_420_266),
            ("duration_ms=210 133|999", 211_132),
            ("duration_ms=210133.0|1000", 211_133),
        ],
    )
    def test_durations(self, made, column: str, total: int) -> None:
        assert milliseconds(made(csv_of(column))) == total

    def test_a_unit_holds_where_some_values_are_unusable(self, made) -> None:
        assert milliseconds(made(csv_of("duration_s=200|240|soon"))) == 440_000

    def test_minutes_and_seconds_in_some_rows_are_not_usable_and_told(self, made) -> None:
        edition = made(csv_of("duration_ms=3:40|3:41|200000"))
        assert milliseconds(edition) == 200_000
        assert edition.manifest["tables"]["tracks"]["unusable"] == {"duration_ms": {"not a number": 2}}
        assert "2 of 3 values of `duration_ms` are minutes and seconds" in notes(edition)

    @pytest.mark.parametrize(
        ("column", "message"),
        [
            ("popularity=0.15|0.4|1|0", "`popularity` runs from 0 to 1"),
            ("popularity=950|400|20", "`popularity` runs from 20 to 950"),
            ("popularity=high|low", "no row has a usable `popularity`; line 2 has `high`"),
            ("duration_ms=x|y", "no row has a usable `duration_ms`; line 2 has `x`"),
            ("duration_s=200000|240000", "the unit of the durations in `duration_s` cannot be told"),
            ("duration=7|8", "the unit of the durations in `duration` cannot be told"),
        ],
    )
    def test_what_cannot_be_used_leaves_no_edition(self, made, tmp_path: Path, column: str, message: str) -> None:
        table = csv_of(column)
        if column.startswith("popularity"):
            names, *rows = [line.split(",") for line in table.splitlines()]
            assert names.index("popularity") == 1
            assert [row[1] for row in rows] == column.partition("=")[2].split("|")
        with pytest.raises(SourceError) as refused:
            made(table)
        assert message in refused.value.message
        assert "tracks.csv" in refused.value.where
        assert not list(tmp_path.glob("**/edition.json"))

    def test_a_feature_on_another_scale_is_not_used(self, made) -> None:
        edition = made(csv_of("danceability=57|80|1", "energy %=57|80|1", "tempo=90|91|92"))
        assert "`danceability` runs from 1 to 80, which is another scale than 0 to 1" in notes(edition)
        assert "danceability" not in edition.manifest["reading"]["columns"]
        assert edition.manifest["reading"]["columns"]["energy"] == "energy %"
        assert "energy" not in edition.manifest["tables"]["track_audio_features"]["unusable"]

    def test_decimal_commas(self, made) -> None:
        edition = made(csv_of("danceability=0,43|0,5", sep=";"))
        assert edition.manifest["tables"]["track_audio_features"]["unusable"] == {}

    def test_keys_and_modes_in_words(self, made) -> None:
        edition = made(csv_of("key=C#|Bb", "mode=Major|Minor", "time_signature=4/4|3/4", "explicit=Yes|no"))
        assert cube(edition, "tracks_by_mood", "distinct pitch_class, mode") == [(1, 1), (10, 0)]
        assert edition.manifest["tables"]["tracks"]["unusable"] == {}

    def test_years_with_a_fraction(self, made, tmp_path: Path, aggregate: Aggregate) -> None:
        assert years(made(csv_of("year=1999.0|2003.0|"))) == [(1999, 1), (2003, 1), (None, 1)]
        table = {"id": ["a", "b"], "popularity": [1, 2], "duration_ms": [1, 1], "year": [1999.0, None]}
        pq.write_table(pa.table(table), tmp_path / "t.parquet")
        assert years(aggregate(tmp_path / "t.parquet", "other")) == [(1999, 1), (None, 1)]

    @pytest.mark.parametrize(
        "date",
        ["4/26/2024", "26.04.2024", "26-4-2024", "04/05/2024", "4/26/2024 0:00", "2024/4/26", "2024.04", "20240426",
         "26 April 2024", "April 26~ 2024", "Apr 26~ 2024", "26-Apr-2024", "2024-4-26", " 2024-04-26T00:00:00Z"],
    )  # fmt: skip
    def test_the_year_of_a_date_is_read_whichever_way_it_is_written(self, made, date: str) -> None:
        edition = made(csv_of(f"release_date={date}|2023", sep=";").replace("~", ","))
        assert years(edition) == [(2023, 1), (2024, 1)]
        assert "no date" not in notes(edition)

    @pytest.mark.parametrize("date", ["4/26/24", "13/13/2024", "32.1.2024", "soon", "2024 or so", "202404261"])
    def test_what_is_no_date_is_counted_and_told(self, made, date: str) -> None:
        edition = made(csv_of(f"release_date={date}|2023|"))
        assert years(edition) == [(2023, 1), (None, 2)]
        assert f"1 of 2 values of `release_date` is no date or year in a known form, such as `{date}`" in notes(edition)

    def test_links_and_uris_are_one_id(self, made) -> None:
        one = IDS[0]
        forms = (one, f"spotify:track:{one}", f"https://open.spotify.com/intl-de/track/{one}?si=ab", IDS[1])
        edition = made("url,popularity,duration_ms\n" + "".join(f"{form},1,1\n" for form in forms))
        assert edition.manifest["tables"]["tracks"]["dropped"] == {"repeats a track": 2}


class TestLines:
    def test_a_delimiter_at_the_end_of_every_line_is_no_field(self, made) -> None:
        account = made("id,popularity,duration_ms\na,1,1,\nb,2,2,\nc,3,3,4\n").manifest["tables"]["tracks"]
        assert account["rows_kept"] == 2
        assert account["dropped"] == {"malformed line": 1}

    def test_a_delimiter_at_the_end_of_one_line_is_one_field_too_many(self, made) -> None:
        account = made("id,popularity,duration_ms\na,1,1\nb,2,2,\n").manifest["tables"]["tracks"]
        assert account["dropped"] == {"malformed line": 1}

    def test_a_stray_quote_swallows_no_row(self, made) -> None:
        rows = ['a,"Twelve inch,Al,1,1', 'b,Tune "two",Al,2,2', "c,Tune,Al,3,3"]
        edition = made("\n".join(["id,name,album,popularity,duration_ms", *rows]) + "\n")
        assert kept(edition, "tracks") == 3
        assert "2 rows with quotes that do not pair" in notes(edition)
        assert "(the first is line 2)" in notes(edition)

    def test_a_stray_quote_that_closes_at_a_field_swallows_no_row(self, made) -> None:
        rows = ['a,"Twelve inch,Al,1,1', 'b,Tune 12",Al,2,2', "c,Tune,Al,3,3"]
        assert kept(made("\n".join(["id,name,album,popularity,duration_ms", *rows]) + "\n"), "tracks") == 3

    def test_quotes_escaped_by_backslashes(self, made) -> None:
        edition = made('id,name,album,popularity,duration_ms\na,"12\\" mix, long",Al,1,1\nb,"x\ny",Al,2,2\n')
        assert kept(edition, "tracks") == 2

    def test_all_lines_malformed_is_told_with_the_first(self, made) -> None:
        with pytest.raises(SourceError, match="none of the 2 rows can be used: line 2 has 4 fields, the header has 3"):
            made("id,popularity,duration_ms\na,1,1,x\nb,1,1,x\n")

    @pytest.mark.parametrize("sep", ["|", ";", "\t"])
    def test_delimiters_beside_commas_in_names(self, made, sep: str) -> None:
        head = sep.join(("Artists, all", "track_id", "popularity", "duration_ms"))
        assert kept(made(f"{head}\n" + sep.join(("A, B", "a", "1", "1")) + "\n"), "tracks") == 1

    def test_a_line_for_excel_is_passed_over(self, made) -> None:
        assert kept(made("sep=;\n" + csv_of("name=A|B", sep=";")), "tracks") == 2


class TestArtists:
    @pytest.mark.parametrize(
        ("text", "names"),
        [
            ("[]", []),
            ("[None]", []),
            ("[ 'A', 'B' ]", ["A", "B"]),
            ("['A' 'B']", ["A", "B"]),
            ("""['It\\'s "X"', "B's"]""", ["""It's "X\"""", "B's"]),
            ('["A \\"B\\"", "Beyonc\\u00e9"]', ['A "B"', "Beyoncé"]),
            ("[{'name': 'A', 'id': 'x'}, {'external_urls': {'a': 'b'}, 'name': \"B's\"}]", ["A", "B's"]),
            (json.dumps([{"id": 1, "name": "A"}, {"name": "B"}]), ["A", "B"]),
            ("[dunkelbunt]", None),
            ("A", None),
        ],
    )
    def test_lists(self, text: str, names: list[str] | None) -> None:
        assert listed(text) == names

    @staticmethod
    def parted(*rows: tuple[str, int | None] | str, is_plural: bool = True) -> tuple[list[list[str]], str]:
        values = [Value(*(row if isinstance(row, tuple) else (row, None)), 2) for row in rows]
        telling = tell(values, is_plural=is_plural)
        return [telling.names(value) for value in values], telling.how

    def test_commas_part_names_that_stand_alone_elsewhere(self) -> None:
        names, how = self.parted("A", "B", "C", "A, B", "B, C", "A, D", "Earth, Wind & Fire")
        assert names[3:] == [["A", "B"], ["B", "C"], ["A", "D"], ["Earth, Wind & Fire"]]
        assert "parted at a comma and a blank" in how

    def test_commas_part_nothing_where_the_table_does_not_show_it(self) -> None:
        names, how = self.parted("A", "Tyler, The Creator", "Earth, Wind & Fire", "Crosby, Stills & Nash", "A, B")
        assert all(len(parts) == 1 for parts in names)
        assert "4 of 5 different values have a comma and a blank" in how

    def test_ids_say_which_commas_part_names(self) -> None:
        names, how = self.parted(("A, B", 2), ("Tyler, The Creator", 1), ("Tyler, The Creator, A", 2))
        assert names == [["A", "B"], ["Tyler, The Creator"], ["Tyler, The Creator", "A"]]
        assert "as many artist ids" in how

    def test_semicolons(self) -> None:
        assert self.parted("A;B; A")[0] == [["A", "B"]]
        assert self.parted("Earth; Wind", is_plural=False)[0] == [["Earth; Wind"]]

    def test_lists_of_objects_in_parquet(self, tmp_path: Path, aggregate: Aggregate) -> None:
        artists = [[{"name": "A;B", "id": "x"}], [{"name": "C", "id": "y"}, {"name": "A;B", "id": "x"}]]
        table = {"id": ["a", "b"], "popularity": [1, 2], "duration_ms": [1, 1], "artists": artists}
        pq.write_table(pa.table(table), tmp_path / "t.parquet")
        edition = aggregate(tmp_path / "t.parquet")
        assert (kept(edition, "artists"), kept(edition, "track_artists")) == (2, 3)

    @pytest.mark.parametrize("is_within_track", [False, True])
    def test_objects_in_parquet(self, tmp_path: Path, aggregate: Aggregate, is_within_track: bool) -> None:
        """As the service's interface gives a track, and an entry of a list with the track in it."""
        albums = [("x", "One", "1999-05-01"), ("y", "One", "2004"), ("x", "One", "1999-05-01")]
        tracks = [
            {
                "id": f"{number:022}",
                "popularity": number,
                "duration_ms": 1000,
                "artists": [{"name": "A", "id": "z"}],
                "album": {"id": id, "name": name, "release_date": date, "artists": [{"name": "A"}]},
                "external_ids": {"isrc": f"QZABC250000{number}"},
            }
            for number, (id, name, date) in enumerate(albums)
        ]
        rows = [{"added_at": "2020", "track": track} for track in tracks] if is_within_track else tracks
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / "t.parquet")
        edition = aggregate(tmp_path / "t.parquet")
        assert (kept(edition, "tracks"), kept(edition, "albums"), kept(edition, "artists")) == (3, 2, 1)
        years = duckdb.sql(
            f"select release_year, track_count from '{edition.cubes['tracks_by_popularity']}' order by all"
        )
        assert sorted(years.fetchall()) == [(1999, 1), (1999, 1), (2004, 1)]
        used = edition.manifest["reading"]["columns"]
        place = "track.album" if is_within_track else "album"
        assert (used["release_date"], used["album_id"]) == (f"{place}.release_date", f"{place}.id")


class TestEncodings:
    NAMES = "artists=Lumé|Lumë|Lumê|Lumè|“Ax”|B—C"
    RUSSIAN = "artists=Кино|Земфира|Розенбаум|Ёлка|Группа крови"

    @pytest.mark.parametrize(
        ("names", "codec", "said"),
        [
            (NAMES, "utf-8", "text is UTF-8;"),
            (NAMES, "utf-8-sig", "text is UTF-8;"),
            (NAMES, "utf-16", "text is UTF-16;"),
            (NAMES, "utf-16-le", "text is UTF-16;"),
            (NAMES, "cp1252", "not UTF-8; taken as Windows-1252, which is a guess"),
            (RUSSIAN, "cp1251", "not UTF-8; taken as Windows-1251, which is a guess"),
        ],
    )
    def test_each_name_stays_one(self, made, names: str, codec: str, said: str) -> None:
        edition = made(csv_of(names).encode(codec))
        assert kept(edition, "artists") == names.count("|") + 1
        assert said in notes(edition)

    def test_bytes_of_no_encoding_merge_no_names(self, made) -> None:
        good = b"".join(f"{number},1,1,Zoë {number}\n".encode() for number in range(10))
        edition = made(b"id,popularity,duration_ms,artists\n" + good + b"x,1,1,Zo\xeb\ny,1,1,Zo\xe9\n")
        assert kept(edition, "artists") == 12
        assert "with bytes that are not of it" in notes(edition)

    def test_the_end_of_the_file_counts_as_well(self) -> None:
        data = b"a\n" * 2**20
        assert decide(io.BytesIO(data)).codec == "utf-8"
        assert decide(io.BytesIO(data + "Beyoncé, Björk\n".encode("cp1252"))).codec == "cp1252"


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, data in files.items():
            packed.writestr(name.replace("_dot_", "."), data)
    return out.getvalue()


class TestPackings:
    DATA = csv_of("name=A|B|C").encode()

    @pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, lambda data: zipped(t_dot_csv=data)])
    @pytest.mark.parametrize("name", ["t.csv", "t.dat"])
    def test_a_packed_table_under_another_name(self, made, pack, name: str) -> None:
        edition = made(pack(self.DATA), name)
        assert kept(edition, "tracks") == 3
        assert "though its name does not say so" in notes(edition)

    def test_a_table_that_is_not_packed_under_the_name_of_one(self, made) -> None:
        edition = made(self.DATA, "t.csv.gz")
        assert kept(edition, "tracks") == 3
        assert "not packed" in notes(edition)

    def test_parquet_under_another_name(self, made) -> None:
        out = io.BytesIO()
        pq.write_table(pa.table({"id": ["a"], "popularity": [1], "duration_ms": [1]}), out)
        assert kept(made(out.getvalue()), "tracks") == 1

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (zipped(xl_dot_txt=b"", **{"[Content_Types].xml": b""}), "an Excel book"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Excel book"),
            (b"7z\xbc\xaf\x27\x1c\0\0", "a 7z archive"),
            (b"SQLite format 3\0", "an SQLite database"),
            (b"<!DOCTYPE html><html>", "a web page"),
            (b'[{"id": "a"}]', "JSON"),
            (zipped(a_dot_csv=DATA, b_dot_csv=DATA), "more than one table"),
            (gzip.compress(b"PK\x03\x04", mtime=0), "packed by zip"),
            (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n", "a pointer of Git LFS"),
            (b"ARROW1\0\0", "Arrow"),
        ],
    )
    @pytest.mark.parametrize("name", ["t.csv", "t.parquet", "folder/part-0.parquet"])
    def test_what_is_no_table_is_said_to_be_what_it_is(
        self, tmp_path: Path, data: bytes, words: str, name: str
    ) -> None:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        with pytest.raises(SourceError, match=words) as refused:
            open_source(path.parent if path.parent != tmp_path else path)
        assert refused.value.hint
        assert refused.value.where == str(path)

    @pytest.mark.parametrize("pack", [bytes, gzip.compress])
    def test_a_table_of_text_that_is_called_parquet(self, made, pack) -> None:
        assert kept(made(pack(self.DATA), "t.parquet"), "tracks") == 3

    @pytest.mark.parametrize("name", ["spotify_clean.sqlite3", "tracks.parquet"])
    @pytest.mark.parametrize(
        ("data", "words"),
        [
            (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
            (gzip.compress(b"x" * 200, mtime=0), "packed by gzip"),
        ],
    )
    def test_an_archive_that_is_something_else(self, tmp_path: Path, name: str, data: bytes, words: str) -> None:
        for table in ("albums", "artists", "track_artists"):
            pq.write_table(pa.table({"rowid": [1]}), tmp_path / f"{table}.parquet")
        (tmp_path / name).write_bytes(data)
        with pytest.raises(SourceError, match=f"this is .*{words}") as refused:
            open_source(tmp_path)
        assert refused.value.where == str(tmp_path / name)
        assert refused.value.hint != "give a CSV or Parquet file of tracks"
