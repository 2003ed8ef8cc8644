"""Loose data never stops a build and never vanishes: what is not usable is NULL and counted, by column and reason."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from archives import FEATURES, FETCHED_AT, Archive, track_id
from building import Aggregate, aggregated, settings_below

from report.cache.store import Store
from report.results.results import Results
from report.sources.relations import typed
from report.sources.schema import TABLES
from report.warehouse.audit import reasons_of
from report.warehouse.edition import Edition
from report.warehouse.published import read_published

HUGE = "9" * 25

# What stands in one column of one row, by the reason that it is counted under.
LOOSE = Archive(
    tracks=[
        {},
        {"popularity": "lots"},
        {"popularity": "12.5"},
        {"popularity": 101},
        {"popularity": -1},
        {"popularity": None},
        {"popularity": "inf"},
        {"popularity": HUGE},
        {"popularity": b"\xff\xfe"},
        {"popularity": ""},
        {"popularity": "  "},
        {"popularity": "nan"},
        {"duration_ms": 0},
        {"duration_ms": -5},
        {"duration_ms": 2**62},
        {"duration_ms": None},
        {"album_rowid": "first"},
        {"album_rowid": HUGE},
        {"album_rowid": 77},
        {"album_rowid": None},
        {"id": b"\xc3\x28"},
        {"id": ""},
        {"id": track_id(1)},
        {"id": None},
        {"external_id_isrc": b"\xff"},
        {"external_id_isrc": ""},
        {"external_id_isrc": "no code"},
        {"external_id_isrc": " qz-abc-25-00001 "},
        {"explicit": "True"},
        {"explicit": 2},
        {"fetched_at": FETCHED_AT // 1000},
        {"fetched_at": "yesterday"},
        {"popularity": "55"},
    ],
    albums=[
        {},
        {"release_date": "1905-01-01"},
        {"release_date": "0000"},
        {"release_date": "2040-01-01"},
        {"release_date": "soon"},
        {"release_date": ""},
        {"release_date": None},
        {"release_date": b"20\xff20"},
        {"album_type": "mixtape"},
        {"album_type": None},
        {"total_tracks": 0},
        {"total_tracks": 2**62},
        {"popularity": "x"},
    ],
    artists=[{}, {"followers_total": -1}, {"followers_total": 2**62}, {"followers_total": "many"}, {"popularity": 3.5}],
    track_artists=[
        {"track_rowid": 1},
        {"track_rowid": 1},
        {"track_rowid": 2},
        {"track_rowid": "x"},
        {"track_rowid": None},
        {"track_rowid": 3, "artist_rowid": HUGE},
    ],
    artist_albums=[{}, {"is_appears_on": 2}, {"is_appears_on": None}, {"album_rowid": 1}],
    artist_genres=[{}, {"genre": ""}, {"genre": None}, {"genre": b"\xff"}, {"artist_rowid": "x"}, {"artist_rowid": 1}],
    available_markets=[{}, {"available_markets": ""}, {"available_markets": b"\xff"}],
    track_audio_features=[
        {},
        {"tempo": "fast"},
        {"tempo": "inf"},
        {"tempo": -1},
        {"tempo": 127.969},
        {"danceability": "0.5abc"},
        {"danceability": 1.5},
        {"danceability": b"\xff"},
        {"danceability": ""},
        {"danceability": " 0.25 "},
        {"loudness": 99},
        {"key": 12},
        {"key": -1},
        {"key": 3.5},
        {"mode": "major"},
        {"null_response": 1, "tempo": None},
        {"null_response": "maybe"},
        {"null_response": None},
        {"track_id": "nobody's"},
        {"track_id": None},
        {"track_id": ""},
        {"track_id": b"\xff"},
        {"time_signature": HUGE},
    ],
)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Edition]:
    """The loose archive in both layouts, aggregated."""
    folder = tmp_path_factory.mktemp("loose")
    settings = settings_below(folder)
    return {
        layout: aggregated(getattr(LOOSE, layout)(folder / layout), layout, settings)
        for layout in ("sqlite", "parquet")
    }


@pytest.fixture(scope="module", params=["sqlite", "parquet"])
def tables(request: pytest.FixtureRequest, editions: dict[str, Edition]) -> dict[str, dict]:
    return editions[request.param].manifest["tables"]


def test_rows_read_are_rows_kept_and_rows_dropped(tables: dict[str, dict]) -> None:
    assert {table: account["rows_read"] for table, account in tables.items()} == {
        table: len(rows) for table, rows in LOOSE.tables.items()
    }
    for account in tables.values():
        assert account["rows_read"] == account["rows_kept"] + sum(account["dropped"].values())


def test_every_value_is_counted(tables: dict[str, dict]) -> None:
    assert tables["tracks"]["unusable"] == {
        "id": {"no value": 1, "not valid UTF-8": 1, "empty": 1, "repeats another row's": 1},
        "fetched_at": {"below 1000000000000": 1, "not a number": 1},
        "album_rowid": {"not a number": 1, "beyond 63 bits": 1, "no such album": 1},
        "external_id_isrc": {"not valid UTF-8": 1, "empty": 1, "malformed": 1},
        "popularity": {
            "no value": 1, "not a number": 6, "not a whole number": 1, "below 0": 1, "above 100": 2,
        },
        "duration_ms": {"no value": 1, "below 1": 2, "above 2147483647": 1},
        "explicit": {"not a number": 1, "above 1": 1},
    }  # fmt: skip
    assert tables["albums"]["unusable"] == {
        "album_type": {"no value": 1, "not album, single or compilation": 1},
        "release_date": {
            "no value": 1, "not valid UTF-8": 1, "empty": 1, "not a date": 1, "before 1900": 1, "after the snapshot": 1,
        },
        "total_tracks": {"below 1": 1},
        "popularity": {"not a number": 1},
    }  # fmt: skip
    assert tables["artists"]["unusable"] == {
        "followers_total": {"below 0": 1, "above 10000000000": 1, "not a number": 1},
        "popularity": {"not a whole number": 1},
    }
    assert tables["artist_albums"]["unusable"] == {"is_appears_on": {"above 1": 1, "no value": 1}}
    assert tables["artist_genres"]["unusable"] == {
        "artist_rowid": {"not a number": 1},
        "genre": {"not valid UTF-8": 1},
    }
    assert tables["available_markets"]["unusable"] == {"available_markets": {"not valid UTF-8": 1}}
    assert tables[FEATURES]["unusable"] == {
        "track_id": {"not valid UTF-8": 1, "empty": 1},
        "null_response": {"not a number": 1},
        "time_signature": {"above 15": 1},
        "tempo": {"not a number": 2, "below 0": 1},
        "key": {"above 11": 1, "not a whole number": 1},
        "mode": {"not a number": 1},
        "danceability": {"not a number": 3, "above 1": 1},
        "loudness": {"above 20": 1},
    }


def test_every_row_left_out_is_counted(tables: dict[str, dict]) -> None:
    assert {table: account["dropped"] for table, account in tables.items() if account["dropped"]} == {
        "track_artists": {"no usable rowid": 3, "repeats another row": 1},
        "artist_albums": {"repeats another row": 1},
        "artist_genres": {"no genre": 3, "no usable rowid": 1, "repeats another row": 1},
        FEATURES: {
            "no usable track_id": 3, "null response": 1, "null_response not usable": 2, "no such track": 2,
        },
    }  # fmt: skip


def test_both_layouts_say_the_same(editions: dict[str, Edition]) -> None:
    sqlite, parquet = editions["sqlite"], editions["parquet"]
    assert sqlite.manifest["tables"] == parquet.manifest["tables"]
    assert sqlite.manifest["cubes"] == parquet.manifest["cubes"]


def test_the_rest_of_a_loose_row_counts(editions: dict[str, Edition]) -> None:
    cube = editions["sqlite"].cubes["tracks_by_popularity"]
    counts = dict(duckdb.sql(f"select popularity, sum(track_count) from '{cube}' group by 1").fetchall())
    assert counts == {None: 11, 55: 1, 10: len(LOOSE.tables["tracks"]) - 12}


class TestRepeatedRows:
    """A Parquet file has no key that keeps rows apart."""

    def test_one_row_of_a_key_is_kept(self, tmp_path: Path, aggregate: Aggregate) -> None:
        rows = [{"rowid": 1, "id": "a"}, {"rowid": 1, "id": "a", "popularity": 5}, {"rowid": None}, {"rowid": 2}]
        edition = aggregate(Archive(tracks=rows, track_audio_features=None).parquet(tmp_path / "archive"))
        account = edition.manifest["tables"]["tracks"]
        assert account["rows_kept"] == 2
        assert account["dropped"] == {"no usable rowid": 1, "repeats a rowid": 1}
        # Both rows of the key name the same track: nobody else's id is repeated.
        assert account["unusable"] == {}

    def test_which_is_kept_does_not_depend_on_their_order(self, tmp_path: Path, aggregate: Aggregate) -> None:
        same = {"rowid": 1, "id": "a", "name": "A", "external_id_isrc": None}
        rows = [same | {"popularity": popularity} for popularity in (60, 20, 90)]
        first = aggregate(Archive(tracks=rows).parquet(tmp_path / "first"), "first")
        second = aggregate(Archive(tracks=rows[::-1]).parquet(tmp_path / "second"), "second")
        assert first.manifest["cubes"] == second.manifest["cubes"]

    def test_features_of_an_id_that_two_tracks_have_count_once(self, tmp_path: Path, aggregate: Aggregate) -> None:
        rows = [{"id": "same"}, {"id": "same"}, {"id": "other"}]
        archive = Archive(tracks=rows, track_audio_features=[{"track_id": "same"}, {"track_id": "other"}])
        account = aggregate(archive.sqlite(tmp_path / "archive")).manifest["tables"]
        assert account["tracks"]["unusable"] == {"id": {"repeats another row's": 1}}
        assert account["tracks"]["rows_kept"] == 3
        assert account[FEATURES]["rows_kept"] == 2

    def test_the_data_page_counts_ids_that_stand_twice(self, tmp_path: Path) -> None:
        archive = Archive(tracks=[{"id": "same"}, {"id": "same"}, {"id": "same"}, {"id": "other"}, {"id": None}])
        settings = settings_below(tmp_path)
        edition = aggregated(archive.sqlite(tmp_path / "archive"), "tried", settings)
        published = read_published(settings.content / "published")
        with Results(edition, published, settings.queries, Store(tmp_path / "store")) as answers:
            assert answers.facts_of("data")["repeated_track_ids"] == 2

    def test_features_given_twice_count_once(self, tmp_path: Path, aggregate: Aggregate) -> None:
        archive = Archive(track_audio_features=[{"track_id": track_id(1)}] * 3)
        account = aggregate(archive.sqlite(tmp_path / "archive")).manifest["tables"][FEATURES]
        assert account["dropped"] == {"repeats a track_id": 2}


NASTY = [
    "", " ", "0", "-0", " 7 ", "7.0", "7.5", "1e2", "1e400", "-1e400", "1e18", "1e19", "9223372036854775807",
    "9223372036854775808", "-9223372036854775809", HUGE, "inf", "-inf", "nan", "NaN", "true", "False", "0x10", "1_000",
    "1,5", "٣", "NULL", "\x00", "1\x00", "-1", "15", "16", "100", "101", "2147483648", "1e-5", "5e-324", "0.1", "+3",
    "100e-2", "7.", ".5", "1 2", "९",
]  # fmt: skip


COLUMNS = ["popularity", "rowid", "duration_ms", "fetched_at", "id", "tempo", "loudness", "key", "time_signature"]


@pytest.mark.parametrize("kind", ["VARCHAR", "BLOB", "DOUBLE", "FLOAT", "BIGINT", "UBIGINT", "HUGEINT", "BOOLEAN"])
@pytest.mark.parametrize("name", COLUMNS)
def test_a_value_is_used_or_counted_under_one_reason(name: str, kind: str) -> None:
    column = (TABLES["tracks"].columns | TABLES[FEATURES].columns)[name]
    reasons = reasons_of(name, column, kind)
    counted = " + ".join(f"cast(coalesce({condition}, false) as integer)" for condition in reasons.values()) or "0"
    values = pa.table({"value": [*NASTY, None]})  # noqa: F841  DuckDB reads it by this name
    cast = "encode(value)" if kind == "BLOB" else f"try_cast(value as {kind})"
    rows = duckdb.sql(
        f'select "{name}", {typed(name, column, kind)} is not null, {counted} '
        f'from (select {cast} as "{name}" from values)'
    ).fetchall()
    for given, is_usable, reason_count in rows:
        is_loss = not is_usable and (given is not None or column.is_filled)
        assert reason_count == is_loss, given
