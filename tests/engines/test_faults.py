"""What can go wrong with an engine elsewhere is said in words; nothing is half-written, and the next run goes on."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from archives import Archive, track_id
from building import ROOT, aggregated
from elsewhere import assert_same, free_port, made_elsewhere, serving
from pyspark.errors.exceptions.connect import SparkConnectGrpcException

from report.cache.store import StoreError
from report.cli import main
from report.core.errors import EngineError, QueryError, ReportError, SettingsError, SourceError
from report.core.settings import Settings
from report.engines import server
from report.engines.dialect import Dialect
from report.engines.elsewhere import reach
from report.engines.mirror import mirrored
from report.engines.shared import Shared
from report.engines.spark import Spark
from report.sources.files import describe_file
from report.sources.parquet import ParquetArchive
from report.sql.connection import TextError

TRACKS = [{"popularity": n % 101, "name": "ſleep live"} for n in range(60)]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return Archive(tracks=TRACKS).parquet(tmp_path / "archive")


def notes(settings: Settings) -> list[str]:
    """The staging tables that are complete."""
    return sorted(path.name for path in (settings.cache.parent / "shared").glob("*.json"))


class TestServers:
    def test_none_answers(self, archive: Path, settings: Settings) -> None:
        with pytest.raises(EngineError, match="no server answers") as raised:
            made_elsewhere(archive, f"sc://127.0.0.1:{free_port()}", settings)
        assert "README" in raised.value.hint

    def test_it_speaks_something_else(self, archive: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(server, "RETRIES", 1)
        with socket.create_server(("127.0.0.1", 0)) as listening:

            def refuse() -> None:
                while True:
                    try:
                        listening.accept()[0].close()
                    except OSError:
                        return

            threading.Thread(target=refuse, daemon=True).start()
            with pytest.raises(EngineError, match="no server of Spark Connect"):
                made_elsewhere(archive, f"sc://127.0.0.1:{listening.getsockname()[1]}", settings)

    def test_its_version_is_not_proven(
        self, archive: Path, sail: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(server, "PROVEN", {"Spark": "4.", "Sail": "0.6."})
        with pytest.raises(EngineError, match=r"this server is Sail 0\.7\.2, which is not proven") as raised:
            made_elsewhere(archive, sail, settings)
        assert raised.value.hint == "use one of Spark 4.x and Sail 0.6.x"

    def test_it_changes_characters_otherwise(
        self, archive: Path, sail: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        translate = Dialect.translate
        monkeypatch.setattr(
            Dialect,
            "translate",
            lambda *given: re.sub(r"CASE WHEN c RLIKE.*? END", "lower(c)", translate(*given), count=1),
        )
        with pytest.raises(EngineError, match=r"changes [\d,]+ characters otherwise than DuckDB"):
            made_elsewhere(archive, sail, settings)

    @pytest.mark.parametrize("address", ["localhost:15002", "http://localhost:15002", "sc://", "sc://host:port"])
    def test_its_address_is_none(self, archive: Path, address: str, settings: Settings) -> None:
        with pytest.raises(SettingsError, match="no address of a server"):
            made_elsewhere(archive, address, settings)


class TestSaid:
    """What servers say, in the words of the family; a full folder and a lost worker cannot be had at will."""

    @pytest.mark.parametrize(
        ("said", "kind", "message"),
        [
            ("Generic LocalFileSystem error: No space left on device (os error 28)", StoreError, "no space left"),
            ("java.io.IOException: No space left on device", StoreError, "no space left in the shared folder"),
            ("Disk quota exceeded", StoreError, "no space left"),
            ("java.nio.file.AccessDeniedException: Permission denied", StoreError, "no permission"),
            ("Encountered non UTF-8 data: invalid utf-8 sequence", TextError, "not UTF-8"),
            ("Job aborted due to stage failure: ExecutorLostFailure (executor 1 exited)", EngineError, "gave up"),
            ("java.lang.OutOfMemoryError: Java heap space", EngineError, "gave up"),
            ("[DIVIDE_BY_ZERO] Division by zero.", QueryError, "DIVIDE_BY_ZERO"),
        ],
    )
    def test_in_words(self, said: str, kind: type[ReportError], message: str) -> None:
        error = server.explain(SparkConnectGrpcException(said), Path("tracks.sql"), "sc://h:1", "file:///shared")
        assert type(error) is kind
        assert message in error.message


class TestSources:
    @pytest.mark.parametrize("layout", ["sqlite", "csv"])
    def test_what_is_no_recut_is_imported_first(
        self, layout: str, sail: str, settings: Settings, tmp_path: Path
    ) -> None:
        if layout == "sqlite":
            path = Archive().sqlite(tmp_path / "databases")
        else:
            path = tmp_path / "tracks.csv"
            path.write_text("id,popularity,duration_ms\na,1,1000\n")
        with pytest.raises(SourceError, match="no Parquet re-cut") as raised:
            made_elsewhere(path, sail, settings)
        assert "build.py recut PATH FOLDER" in raised.value.hint

    def test_text_that_is_not_utf8(self, sail: str, settings: Settings, tmp_path: Path) -> None:
        tracks = [{"name": b"caf\xe9"}, {"name": "fine"}]
        archive = Archive(tracks=tracks).parquet(tmp_path / "archive")
        with pytest.raises(SourceError, match="`tracks` has text that is not UTF-8") as raised:
            made_elsewhere(archive, sail, settings)
        assert "recut" in raised.value.hint
        # And so it is done.
        assert main(["recut", str(archive), str(tmp_path / "recut"), "-q", "--cache", str(settings.cache)]) == 0
        there = assert_same(tmp_path / "recut", sail, settings)
        assert there.manifest["tables"]["tracks"]["unusable"]["name"] == {"not valid UTF-8": 1}

    def test_columns_that_engines_read_differently(self, sail: str, settings: Settings, archive: Path) -> None:
        path = archive / "spotify_clean_parquet/tracks.parquet"
        table = pq.read_table(path)
        number = table.schema.get_field_index("duration_ms")
        pq.write_table(table.set_column(number, "duration_ms", table.column("duration_ms").cast("uint64")), path)
        with pytest.raises(SourceError, match="read column `duration_ms` of `tracks` differently: it is UBIGINT"):
            made_elsewhere(archive, sail, settings)

    def test_a_name_that_is_a_pattern(self, sail: str, settings: Settings, tmp_path: Path) -> None:
        archive = Archive(tracks=TRACKS).parquet(tmp_path / "every * track")
        with pytest.raises(SettingsError, match=r"would not take `\*`"):
            made_elsewhere(archive, sail, settings)


class TestAddresses:
    """`file://` goes the way of s3:// and hdfs://, through the same file systems of Arrow."""

    def test_an_archive_at_an_address(self, archive: Path, sail: str, settings: Settings) -> None:
        there = made_elsewhere(f"file://{archive}", sail, settings)
        here = aggregated(archive, "here", settings)
        assert there.manifest["cubes"] == here.manifest["cubes"]
        # Under the same name and fingerprint, wherever it lies.
        assert there.manifest["source"] == here.manifest["source"]

    def test_what_is_copied_of_it(self, tmp_path: Path) -> None:
        archive = Archive(tracks=[{"id": track_id(n)} for n in range(1, 40)]).parquet(tmp_path / "archive")
        here = mirrored(f"file://{archive}", tmp_path / "mirror")
        assert [file.fingerprint for file in ParquetArchive(here).files] == [
            file.fingerprint for file in ParquetArchive(archive).files
        ]
        # What did not change is not looked at again; what went is gone.
        before = {path: path.stat().st_ino for path in here.rglob("*.parquet")}
        (archive / "spotify_clean_parquet/artist_genres.parquet").unlink()
        os.utime(archive / "spotify_clean_parquet/tracks.parquet", ns=(1, 1))
        mirrored(f"file://{archive}", tmp_path / "mirror")
        after = {path: path.stat().st_ino for path in here.rglob("*.parquet")}
        assert {path.stem for path in before.keys() - after.keys()} == {"artist_genres"}
        assert {path.stem for path in after if after[path] != before[path]} == {"tracks"}

    def test_of_a_large_file_little_is(self, tmp_path: Path) -> None:
        (tmp_path / "archive").mkdir()
        large = tmp_path / "archive/tracks.parquet"
        with large.open("wb") as file:
            file.truncate(100 * 2**20)
            file.seek(-8, os.SEEK_END)
            file.write((1000).to_bytes(4, "little") + b"PAR1")
        here = mirrored(f"file://{tmp_path / 'archive'}", tmp_path / "mirror") / "tracks.parquet"
        assert describe_file(here, "t") == describe_file(large, "t")
        assert here.stat().st_blocks * 512 < 6 * 2**20

    @pytest.mark.parametrize("address", ["file:///nowhere/at/all", "gopher://host/archive"])
    def test_nothing_is_there(self, address: str, sail: str, settings: Settings) -> None:
        with pytest.raises((SourceError, SettingsError)) as raised:
            made_elsewhere(address, sail, settings)
        assert raised.value.hint


class TestStops:
    def test_what_is_complete_is_kept(
        self, archive: Path, sail: str, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Ctrl-C in the midst of writing a table: its folder is gone, the tables before it stay."""
        write: Callable = Spark.write_staging

        def stopped(engine: Spark, sql: str, path: Path, where: Path, *rest: object) -> None:
            write(engine, sql, path, where, *rest)
            if where.stem == "tracks":
                raise KeyboardInterrupt

        monkeypatch.setattr(Spark, "write_staging", stopped)
        with pytest.raises(KeyboardInterrupt):
            made_elsewhere(archive, sail, settings)
        complete, shared = notes(settings), settings.cache.parent / "shared"
        assert complete
        folders = {json.loads((shared / name).read_text())[0] for name in complete}
        assert {path.name for path in shared.iterdir() if path.is_dir()} <= folders
        assert not (settings.editions / "there").exists()
        made: list[str] = []
        monkeypatch.setattr(
            Spark,
            "write_staging",
            lambda engine, sql, path, where, *rest: (made.append(where.stem), write(engine, sql, path, where, *rest))[
                1
            ],
        )
        made_elsewhere(archive, sail, settings)
        assert "tracks" in made and len(made) + len(complete) == len(notes(settings))

    def test_a_table_whose_files_are_gone_is_made_again(self, archive: Path, sail: str, settings: Settings) -> None:
        made_elsewhere(archive, sail, settings)
        shared = Shared(str(settings.cache.parent / "shared"))
        for note in notes(settings):
            made, is_new = shared.keep(note.removesuffix(".json"), lambda _: ("", 0))
            assert not is_new
            if made.rows:
                for path in (settings.cache.parent / "shared" / made.folder).iterdir():
                    path.unlink()
                (settings.cache.parent / "shared" / made.folder).rmdir()
                _, is_new = shared.keep(note.removesuffix(".json"), lambda _: ("", 0))
                assert is_new

    def test_ctrl_c_and_a_server_that_dies(self, archive: Path, settings: Settings, tmp_path: Path) -> None:
        """By the command line, with a server of its own that is killed."""
        port = free_port()
        arguments = [
            sys.executable, str(ROOT / "build.py"), "aggregate", str(archive), "--edition", "there",
            "--engine", f"sc://127.0.0.1:{port}", "--shared", str(tmp_path / "shared"), "--cache", str(settings.cache),
            "--editions", str(settings.editions), "-v",
        ]  # fmt: skip

        def stopped(after: str, stop: Callable[[subprocess.Popen], None]) -> tuple[int, str]:
            """The command is stopped once it has said this; its exit status, and what it says then."""
            with subprocess.Popen(arguments, stderr=subprocess.PIPE, text=True) as process:
                while after not in (line := process.stderr.readline()):
                    assert line, process.wait()
                stop(process)
                said = process.stderr.read()
            return process.returncode, said

        with serving(port, tmp_path / "log") as server_of_its_own:
            status, said = stopped("stage artists:", lambda process: process.send_signal(signal.SIGINT))
            assert (status, "interrupted: what is complete is kept" in said) == (130, True)
            complete = notes(settings)
            assert complete
            status, said = stopped("stage ", lambda _: server_of_its_own.kill())
            assert status == 1
            assert re.search(r"error: (no server answers|the connection to the server is lost)", said), said
        with serving(port, tmp_path / "log"):
            subprocess.run(arguments, check=True, capture_output=True)
        assert set(complete) <= set(notes(settings))
        here = aggregated(archive, "here", settings)
        manifest = json.loads((settings.editions / "there/edition.json").read_text())
        assert manifest["cubes"] == here.manifest["cubes"]


def test_without_it_nothing_of_it_is_loaded(archive: Path, settings: Settings) -> None:
    code = (
        "import sys; from report.cli import main\n"
        "status = main(['aggregate', sys.argv[1], '-q', *sys.argv[2:]])\n"
        "print(status, sorted({'pyspark', 'sqlglot', 'grpc', 'pandas'} & set(sys.modules)))\n"
        "print(sorted(name for name in sys.modules if name.startswith('report.engines.')))\n"
    )
    places = [part for name in ("editions", "cache") for part in (f"--{name}", str(getattr(settings, name)))]
    ended = subprocess.run(
        [sys.executable, "-c", code, str(archive), *places], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ended.stdout.splitlines() == ["0 []", "['report.engines.duckdb']"]


def test_each_option_needs_the_other(archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option, value in (("--engine", "sc://127.0.0.1:1"), ("--shared", "/tmp/x")):
        assert main(["aggregate", str(archive), option, value]) == 1
        assert "is of no use without" in capsys.readouterr().err


def test_reaching_asks_which_server_it_is(archive: Path, sail: str, settings: Settings, tmp_path: Path) -> None:
    source, chosen = reach(str(archive), sail, str(tmp_path / "shared"), settings.cache)
    assert (source.layout, chosen.version) == ("parquet", "Sail 0.7.2")
    assert replace(chosen, version="") != chosen
