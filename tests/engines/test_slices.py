"""Staging tables are cut where they would not fit in memory; what footers say is not read again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb as library
import pytest
from archives import Archive
from building import settings_below

from report.cache.store import Store
from report.core.errors import EngineError, SourceError
from report.core.progress import Progress
from report.engines import duckdb
from report.engines.duckdb import DuckDB
from report.run import Run
from report.sources.files import parquet
from report.sources.footers import read_footers
from report.sources.layouts import open_source
from report.sql.connection import run
from report.sql.engine import Cut
from report.warehouse.aggregation import aggregate
from report.warehouse.edition import Edition

HERE = Path("here.sql")
THINGS = "source.things"
SQL = "select key from source.things where slice(things.key)"


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DuckDB]:
    # All rows tell where to cut: there are fewer than the tests say.
    monkeypatch.setattr(duckdb, "SAMPLED", 10**12)
    monkeypatch.setattr(duckdb, "TELLING", 10**12)
    with duckdb.connect("1GB", 1, tmp_path / "spill") as opened:
        yield opened


class TestSlices:
    @pytest.mark.parametrize(
        ("key", "count"),
        [
            ("i", 8), ("-i", 8), ("printf('%03d', i) || ' id'", 8), ("case when i % 9 > 0 then i end", 9),
            ("7", 2), ("'id ' || lpad(i::varchar, 3, '0')", 8), ("null::bigint", 1),
        ],
    )  # fmt: skip
    def test_each_row_is_in_one_of_them(self, engine, key: str, count: int) -> None:
        engine.define(f"create view source.things as select {key} as key from range(1000) as things(i)")
        conditions = engine.slices(SQL, Cut(THINGS, THINGS, 8 * 10**9 // duckdb.BYTES_A_ROW, None), HERE)
        rows = [engine.rows(f"select count(*) from source.things where {c}", HERE)[0][0] for c in conditions]
        assert (sum(rows), len(rows)) == (1000, count)
        assert max(rows) < 300 or count < 8

    def test_ids_and_starts_of_ids_are_cut_alike(self, engine) -> None:
        engine.define("create view source.things as select printf('%03d rest', i) as key from range(1000) as things(i)")
        sql = f"select start from starts where slice(start) union all {SQL}"
        for condition in engine.slices(sql, Cut(THINGS, THINGS, 8 * 10**9 // duckdb.BYTES_A_ROW, None), HERE):
            engine.define(f"create or replace macro is_in(key) as {condition}")
            query = "select count(*) from source.things where is_in(key) <> is_in(id_start(key))"
            assert engine.rows(query, HERE) == [(0,)]

    @pytest.mark.parametrize(
        ("sql", "rows"), [(SQL, 1000), ("select key from source.things", 10**12), (f"select 1 -- {SQL[7:]}", 10**12)]
    )
    def test_what_fits_or_cannot_be_cut_is_one(self, engine, sql: str, rows: int) -> None:
        assert engine.slices(sql, Cut(THINGS, THINGS, rows, None), HERE) == ["true"]

    def test_some_rows_from_all_over_the_files_tell_where(self, engine, tmp_path: Path, monkeypatch) -> None:
        monkeypatch.setattr(duckdb, "SAMPLED", 64_000)
        files = [tmp_path / f"{n}.parquet" for n in range(2)]
        for number, file in enumerate(files):
            rows = f"select {number} * 1000000 + i as key from range(1000000) as rows(i)"
            engine.define(f"copy ({rows}) to '{file}' (row_group_size 10240)")
        engine.define(f"create view source.things as from {parquet(files)}")
        some = engine.some_of(files, 2_000_000)
        assert engine.rows(f"select count(*) from {some}", HERE)[0][0] < 70_000
        conditions = engine.slices(SQL, Cut(THINGS, some, 8 * 10**9 // duckdb.BYTES_A_ROW, None), HERE)
        rows = [engine.rows(f"select count(*) from source.things where {c}", HERE)[0][0] for c in conditions]
        assert (sum(rows), len(rows)) == (2_000_000, 8)
        assert max(rows) < 1.2 * 2_000_000 / 8

    def test_many_small_files_tell_as_well(self, engine, tmp_path: Path, monkeypatch) -> None:
        monkeypatch.setattr(duckdb, "SAMPLED", 6_400)
        files = [tmp_path / f"{n:03}.parquet" for n in range(200)]
        for number, file in enumerate(files):
            # Those of an import are ranges of rowids; where rows are gone, some are short.
            size = 5 if number % 3 == 0 else 100
            engine.define(f"copy (select {number} * 100 + i as key from range({size}) as rows(i)) to '{file}'")
        engine.define(f"create view source.things as from {parquet(files)}")
        ((count,),) = engine.rows("select count(*) from source.things", HERE)
        some = engine.some_of(files, count)
        conditions = engine.slices(SQL, Cut(THINGS, some, 8 * 10**9 // duckdb.BYTES_A_ROW, None), HERE)
        rows = [engine.rows(f"select count(*) from source.things where {c}", HERE)[0][0] for c in conditions]
        assert (sum(rows), len(rows)) == (count, 8)
        assert max(rows) < 1.3 * count / 8

    def test_where_some_rows_have_no_value_all_are_asked(self, engine) -> None:
        engine.define("create view source.things as select i as key from range(1000) as things(i)")
        nothing = f"(from {THINGS} where key < 0)"
        rows = 8 * 10**9 // duckdb.BYTES_A_ROW
        assert len(engine.slices(SQL, Cut(THINGS, nothing, rows, None), HERE)) == 8

    def test_few_rows_are_all_read(self, engine, tmp_path: Path) -> None:
        assert engine.some_of([tmp_path / "a.parquet"], duckdb.SAMPLED) == parquet([tmp_path / "a.parquet"])

    def test_an_edition_from_slices_is_the_same(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        ids = [f"{n % 40:02}{n:020}" for n in range(1, 400)]
        tracks = [{"id": name, "popularity": n % 101, "duration_ms": 1000 * n} for n, name in enumerate(ids, 1)]
        pairs = [{"track_rowid": n, "artist_rowid": 1 + n % 7} for n in range(1, 400)] + [{"track_rowid": 5}] * 3
        source = Archive(
            tracks=tracks,
            artists=[{}] * 7,
            track_artists=pairs,
            track_audio_features=[{"track_id": name, "tempo": 100 + n} for n, name in enumerate(ids)],
        ).parquet(tmp_path / "archive")
        whole = made(source, tmp_path / "whole")
        monkeypatch.setattr(duckdb, "BYTES_A_ROW", 10**8)
        monkeypatch.setattr(duckdb, "SAMPLED", 100)
        cut = made(source, tmp_path / "cut")
        assert contents(cut) == contents(whole)
        # Seventeen cut at the least: the features, which are joined to tracks cut likewise, and the pairs.
        files = {folder: len(list((tmp_path / folder / "cache").rglob("*.parquet"))) for folder in ("cut", "whole")}
        assert files["cut"] > files["whole"] + 32


def test_ids_that_share_a_number_are_told_apart_by_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Archive(
        tracks=[{"popularity": n % 101} for n in range(300)],
        artists=[{}],
        track_audio_features=[{"tempo": 100 + n} for n in range(300)],
    ).parquet(tmp_path / "archive")
    plain = made(source, tmp_path / "plain")

    def confuse(engine: DuckDB, *, by_number: bool) -> None:
        engine.define(f"create or replace macro id_key(id) as {'hash(id) % 100' if by_number else 'id'}")

    monkeypatch.setattr(DuckDB, "tell_ids_apart", confuse)
    assert contents(made(source, tmp_path / "confused")) == contents(plain)


def made(source: Path, folder: Path) -> Edition:
    settings = replace(settings_below(folder), memory="1GB")
    return aggregate(open_source(source), "made", Run(settings, Store(settings.cache), Progress()))


def contents(edition: Edition) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in edition.folder.iterdir()}


def test_footers_say_how_many_values_there_are_and_between_what_bounds(tmp_path: Path) -> None:
    file = tmp_path / "t.parquet"
    with library.connect() as con:
        con.execute(
            "copy (select case when i > 4 then 10 * i end as n, case when i = 3 then '' else 'x' end as t, "
            f"cast(null as bigint) as none from range(20) as r(i)) to '{file}'"
        )
    known = read_footers([file, file])
    assert (known["n"].filled, known["n"].low, known["n"].high) == (30, 50, 190)
    assert (known["t"].filled, known["t"].low) == (40, "")
    assert known["none"].filled == 0


def test_a_file_damaged_in_the_midst_is_the_sources_fault(tmp_path: Path) -> None:
    source = Archive(tracks=[{"name": f"{n:x}" * 9} for n in range(2000)]).parquet(tmp_path / "archive")
    file = source / "spotify_clean_parquet" / "tracks.parquet"
    with library.connect() as con:
        (start, size) = con.execute(
            "select coalesce(dictionary_page_offset, data_page_offset), total_compressed_size "
            f"from parquet_metadata('{file}') where path_in_schema = 'name'"
        ).fetchone()
    data = bytearray(file.read_bytes())
    data[start : start + size] = bytes(size)
    file.write_bytes(data)
    with pytest.raises(SourceError, match="`tracks` cannot be read") as caught:
        made(source, tmp_path)
    assert caught.value.where == str(file)


class Failing:
    """A connection that has met a fault of DuckDB's own."""

    def execute(self, _: str) -> None:
        raise library.InternalException("INTERNAL Error: a dictionary changed identity\nStack trace")


def test_a_fault_of_the_engine_that_comes_again_is_blamed_on_neither_source_nor_query(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = Archive().parquet(tmp_path / "archive")
    monkeypatch.setattr(DuckDB, "write_staging", lambda _, sql, path, where, *__: run(Failing(), sql, where))
    with pytest.raises(EngineError, match="fault of its own: INTERNAL Error: a dictionary") as caught:
        made(source, tmp_path)
    assert "run it again" in caught.value.hint


def test_a_fault_of_the_engine_that_comes_once_is_borne(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Archive().parquet(tmp_path / "archive")
    undisturbed = made(source, tmp_path / "undisturbed")
    write, written = DuckDB.write_staging, []

    def fail_once(engine: DuckDB, sql: str, path: Path, where: Path, *rest: object) -> None:
        is_fault = where.stem == "tracks" and "tracks" not in written
        written.append(where.stem)
        if is_fault:
            run(Failing(), sql, where)
        write(engine, sql, path, where, *rest)

    monkeypatch.setattr(DuckDB, "write_staging", fail_once)
    assert made(source, tmp_path).fingerprint == undisturbed.fingerprint
    assert sorted(written) == sorted([*set(written), "tracks"])
