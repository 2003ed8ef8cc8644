"""The command line: what a person can cause is told in a few lines; Ctrl-C costs nothing that is complete."""

from __future__ import annotations

import gzip
import inspect
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import duckdb
import pyarrow.parquet as pq
import pytest
from archives import Archive
from building import ROOT, WHOLE, aggregated, settings_below, without_demonstration

from report.cache.store import Store
from report.cli import COMMANDS, main
from report.commands.options import ALWAYS, SHARED
from report.core.errors import ChartError
from report.core.progress import Progress
from report.figures import pictures
from report.figures.pictures import Pictures
from report.hosting.publishing import publish
from report.results.figure_data import FigureData
from report.sources.layouts import open_source
from report.sources.sqlite import database
from report.sources.table import records
from report.sql import connection
from report.warehouse import preflight
from report.warehouse.edition import Edition, read_edition

COPIED = ("report.toml", "queries", "content", "templates")
SLOW = "select cast(count(*) as bigint) as track_count from range(1000000000000) as t (i) where i % 7 = 3"
RUN = "import sys, pathlib; from report.cli import main; sys.exit(main(sys.argv[2:], pathlib.Path(sys.argv[1])))"
NOBODY = 65534


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    status: int
    said: str


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what a build reads, to be spoilt."""
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / "project" / name)
        else:
            (tmp_path / "project").mkdir(exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / "project" / name)
    without_demonstration(tmp_path / "project")
    return tmp_path / "project"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A tiny archive."""
    return Archive().parquet(tmp_path / "archive")


@pytest.fixture
def build(project: Path, capfd: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """`build(argument, …)`: a run of the copied project."""

    def run(*arguments: object) -> Ended:
        status = main([str(argument) for argument in arguments], project)
        return Ended(status, capfd.readouterr().err)

    return run


def assert_error(ended: Ended, message: str, where: object = "", hint: str = "") -> None:
    """One error in its form, and nothing of Python's."""
    assert ended.status == 1, ended.said
    assert "Traceback" not in ended.said
    start = ended.said.index("error: ")
    lines = ended.said[start:].rstrip("\n").split("\n")
    assert message in lines[0]
    assert [line[:5] for line in lines[1:] if line[:4] != "  | "] in ([], ["  at "], ["  at ", "  hin"], ["  hin"])
    assert str(where) in "".join(lines[1:2])
    assert hint in lines[-1]


class TestUsage:
    def test_help(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["--help"])
        assert ended.value.code == 0
        said = capsys.readouterr().out
        for option in ("--archive", "--edition", "--site", "--memory", "--threads", "sample", "interrupted run"):
            assert option in said

    @pytest.mark.parametrize(
        ("arguments", "message", "where"),
        [
            (["--archve=x"], "there is no option `--archve`", "the command line"),
            (["--threads", "two"], "invalid int value", "the command line"),
            (["paint"], "there is no command `paint`", "the command line"),
            (["--threads", "0"], "0 threads cannot be used", "--threads"),
            (["--memory", "4 apples"], "is not a size", "--memory"),
            (["--memory", "1MB"], "too little", "--memory"),
            (["--edition", "../up"], "cannot be the name of an edition", "--edition"),
            (["--edition", "no-such"], "there is no edition `no-such`", "editions/no-such"),
        ],
    )
    def test_wrong_options(self, build: Callable[..., Ended], arguments: list[str], message: str, where: str) -> None:
        assert_error(build(*arguments), message, where)

    def test_the_samples_name_is_taken(self, build: Callable[..., Ended], archive: Path) -> None:
        ended = build("--archive", archive, "--edition", "sample")
        assert_error(ended, "`sample` is the built-in sample's edition", hint="choose another name")

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("title = ", "report.toml is not TOML"),
            ("titel = 'T'", "`titel` is not a setting"),
            ("threads = 'two'", "`threads` is not a whole number"),
            ("memory = 'lots'", "is not a size"),
            ("edition = 'A B'", "cannot be the name of an edition"),
        ],
    )
    def test_a_bad_settings_file(self, build: Callable[..., Ended], project: Path, text: str, message: str) -> None:
        (project / "report.toml").write_text(text)
        assert_error(build(), message, project / "report.toml")


class TestNames:
    """What was typed is named, and what is near it."""

    @pytest.mark.parametrize(
        ("arguments", "message", "hint"),
        [
            (["biuld"], "there is no command `biuld`", "did you mean `build`?"),
            (["--editon", "x"], "there is no option `--editon`", "did you mean `--edition`?"),
            (["--editon=x"], "there is no option `--editon`", "did you mean `--edition`?"),
            (["aggregate", "x.csv", "--memry", "1GB"], "there is no option `--memry`", "did you mean `--memory`?"),
            (["--edit", "x"], "there is no option `--edit`", "did you mean `--edition`?"),
            (["editions", "shwo", "x"], "there is no command `shwo`", "did you mean `show`?"),
            (["colour"], "there is no command `colour`", "the commands are build, aggregate, check"),
            (["--xyzzy"], "there is no option `--xyzzy`", "build.py --help"),
        ],
    )
    def test_a_misspelt_name(self, build: Callable[..., Ended], arguments: list[str], message: str, hint: str) -> None:
        assert_error(build(*arguments), message, "the command line", hint)

    @pytest.mark.parametrize(
        ("arguments", "name", "command"),
        [
            (["--archive", "x", "serve"], "--archive", "`serve`"),
            (["--compare", "x", "aggregate", "y"], "--compare", "`aggregate`"),
            (["--memory", "1GB", "editions"], "--memory", "`editions`"),
            (["editions", "list", "--memory", "1GB"], "--memory", "this command"),
        ],
    )
    def test_an_option_that_means_nothing(
        self, build: Callable[..., Ended], arguments: list[str], name: str, command: str
    ) -> None:
        assert_error(build(*arguments), f"`{name}` means nothing with {command}")

    @pytest.mark.parametrize("command", ["aggregate", "check", "clean", "editions", "recut", "sample", "serve"])
    def test_help_names_only_what_means_something(self, capsys: pytest.CaptureFixture[str], command: str) -> None:
        with pytest.raises(SystemExit):
            main([command, "--help"])
        said = capsys.readouterr().out
        used = set(COMMANDS[command].USED)
        shown = set(re.findall(r"^ +(?:-\w, )?(--[\w-]+)", said, re.MULTILINE))
        assert {name for name, (flags, _) in SHARED.items() if name not in ALWAYS and flags[-1] in shown} <= used
        assert used <= {name for name, (flags, _) in SHARED.items() if flags[-1] in said} or command == "editions"

    @pytest.mark.parametrize("option", ["--version", "-V"])
    def test_version(self, capsys: pytest.CaptureFixture[str], option: str) -> None:
        with pytest.raises(SystemExit) as ended:
            main([option])
        assert ended.value.code == 0
        assert re.fullmatch(r"liner-notes \d+\.\d+\.\d+\n", capsys.readouterr().out)


class TestPaths:
    def test_the_home_folder_where_the_shell_leaves_its_sign(
        self, build: Callable[..., Ended], archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        monkeypatch.chdir(tmp_path)
        assert build("--editions=~/e", "aggregate", archive, "--edition", "x").status == 0
        assert (tmp_path / "home/e/x/edition.json").is_file()
        assert not (tmp_path / "~").exists()

    @pytest.mark.parametrize("address", ["https://example.org/tracks.csv", "s3://bucket/a", "hf://datasets/x/y"])
    @pytest.mark.parametrize("option", ["aggregate", "--archive"])
    def test_an_address(self, build: Callable[..., Ended], option: str, address: str) -> None:
        assert_error(
            build(option, address), f"`{address}` is an address, not a path", "the command line", "download it"
        )

    @pytest.mark.parametrize(
        ("text", "message"), [("", "a path is empty"), ("~nobody-of-that-name/x", "there is no home folder")]
    )
    def test_what_is_no_path(self, build: Callable[..., Ended], text: str, message: str) -> None:
        assert_error(build(f"--site={text}"), message, "the command line")

    def test_a_sample_never_replaces_an_archive(self, build: Callable[..., Ended], tmp_path: Path) -> None:
        folder = Archive().sqlite(tmp_path / "real")
        before = (folder / "spotify_clean.sqlite3").read_bytes()
        assert_error(build("sample", folder, "--tracks", "1000"), "an archive lies here that is no sample", folder)
        assert (folder / "spotify_clean.sqlite3").read_bytes() == before


class TestSources:
    def test_nothing_there(self, build: Callable[..., Ended], tmp_path: Path) -> None:
        assert_error(build("--archive", tmp_path / "nowhere"), "there is no such file", tmp_path / "nowhere", "folder")

    @pytest.mark.parametrize(
        ("name", "data", "message"),
        [
            ("spotify_clean.sqlite3", b"", "this is not a SQLite database"),
            ("spotify_clean.sqlite3", b"<html>404</html>" * 100, "this is a web page, not a SQLite database"),
            ("notes.txt", b"words", "this is no file of tracks"),
            ("t.parquet", b"words", "cannot be read as Parquet"),
            ("t.csv", b"", "this file is empty"),
            ("t.csv", b"name,popularity,duration_ms\n", "has no column for the track's id (`id` or `track_id`)"),
            ("t.csv", b"a\x1b[31m,b\n", "has no column"),
            ("t.csv.gz", b"words", "has no column"),
            ("t.csv.gz", gzip.compress(b"id,popularity,duration_ms\n" + b"a,1,1\n" * 9999)[:-9], "cannot be read"),
        ],
    )
    def test_files_of_other_kinds(
        self, build: Callable[..., Ended], tmp_path: Path, name: str, data: bytes, message: str
    ) -> None:
        (tmp_path / name).write_bytes(data)
        ended = build("--archive", tmp_path / name)
        assert_error(ended, message, tmp_path / name)
        assert "\x1b" not in ended.said

    def test_a_truncated_parquet_archive(self, build: Callable[..., Ended], tmp_path: Path) -> None:
        folder = Archive().parquet(tmp_path / "archive", is_flat=True)
        data = (folder / "tracks.parquet").read_bytes()
        (folder / "tracks.parquet").write_bytes(data[: len(data) // 2])
        ended = build("--archive", folder)
        assert_error(ended, "`tracks` cannot be read as Parquet", folder / "tracks.parquet", "truncated")

    @pytest.mark.parametrize("column", ["id", "popularity"])
    def test_a_parquet_archive_that_is_damaged_inside(
        self, build: Callable[..., Ended], tmp_path: Path, column: str
    ) -> None:
        rows = [{"id": f"{n:022}", "popularity": n % 101} for n in range(5000)]
        folder = Archive(tracks=rows, track_artists=[{}], track_audio_features=[{}]).parquet(
            tmp_path / "a", is_flat=True
        )
        path = folder / "tracks.parquet"
        table = pq.ParquetFile(path).metadata.row_group(0)
        chunk = next(table.column(n) for n in range(table.num_columns) if table.column(n).path_in_schema == column)
        data = bytearray(path.read_bytes())
        start = chunk.dictionary_page_offset or chunk.data_page_offset
        data[start : start + chunk.total_compressed_size] = b"\x15" * chunk.total_compressed_size
        path.write_bytes(data)
        assert_error(build("--archive", folder), "cannot be read", path, "damaged")

    def test_a_locked_database(
        self, build: Callable[..., Ended], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        archive = Archive().sqlite(tmp_path / "archive")
        monkeypatch.setattr(database, "LOCK_SECONDS", 0.05)
        with closing(sqlite3.connect(archive / "spotify_clean.sqlite3", isolation_level=None)) as writer:
            writer.execute("begin exclusive")
            ended = build("--archive", archive)
        assert_error(ended, "this database is locked", archive / "spotify_clean.sqlite3", "close it and run again")

    def test_wrong_columns(self, build: Callable[..., Ended], tmp_path: Path) -> None:
        folder = Archive(without=["tracks.popularity"]).sqlite(tmp_path / "archive")
        ended = build("--archive", folder)
        assert_error(ended, "table `tracks` has no column `popularity`", folder / "spotify_clean.sqlite3", "expected")


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without root's right to read and write everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that anyone can reach, unlike tmp_path."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


class TestPermissions:
    @pytest.mark.parametrize("layout", ["sqlite", "parquet", "t.csv"])
    @pytest.mark.parametrize("is_folder", [True, False])
    def test_a_source_that_may_not_be_read(
        self, open_folder: Path, capfd: pytest.CaptureFixture[str], layout: str, is_folder: bool
    ) -> None:
        if layout == "t.csv":
            source = open_folder / "below" / layout
            source.parent.mkdir()
            source.write_text("id,popularity,duration_ms\na,1,1\n")
            closed = source.parent if is_folder else source
        else:
            source = getattr(Archive(), layout)(open_folder / "below")
            closed = source if is_folder else next(path for path in source.rglob("*") if path.is_file())
        # What is imported late is imported now: nobody may not read everybody's Python.
        open_source(source)
        closed.chmod(0)
        cache = open_folder / "cache"
        cache.mkdir()
        cache.chmod(0o777)
        with as_nobody():
            status = main(["--archive", str(source), "--cache", str(cache)])
        closed.chmod(0o755)
        assert_error(Ended(status, capfd.readouterr().err), "ermission", open_folder)

    @pytest.mark.parametrize("option", ["--cache", "--editions"])
    def test_a_folder_that_may_not_be_written(
        self, open_folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], option: str
    ) -> None:
        source = Archive().sqlite(open_folder / "archive")
        # What is imported late is imported now: nobody may not read everybody's Python.
        aggregated(source, "before", settings_below(tmp_path))
        given = {name: open_folder / name.strip("-") for name in ("--cache", "--editions")}
        for path in given.values():
            path.mkdir(mode=0o777)
            path.chmod(0o777)
        given[option].chmod(0o555)
        with as_nobody():
            status = main(["--archive", str(source), *(str(part) for pair in given.items() for part in pair)])
        ended = Ended(status, capfd.readouterr().err)
        assert_error(ended, "no permission to write here", given[option], f"give {option} another one")


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 300 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a small disk cannot be mounted here: that takes root")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


class TestFullDisk:
    @pytest.mark.parametrize("layout", ["sqlite", "parquet", "t.csv"])
    def test_the_cache(
        self,
        build: Callable[..., Ended],
        small_disk: Path,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        layout: str,
    ) -> None:
        if layout == "t.csv":
            source = tmp_path / layout
            lines = [f"{os.urandom(20).hex()},1,1000" for _ in range(20_000)]
            source.write_text("id,popularity,duration_ms\n" + "\n".join(lines))
        else:
            rows = [{"id": os.urandom(20).hex()} for _ in range(20_000)]
            source = getattr(Archive(tracks=rows, track_audio_features=None), layout)(tmp_path / "archive")
        # As if the disk had filled up since there was room enough.
        monkeypatch.setattr(preflight, "check_space", lambda _: None)
        ended = build("--archive", source, "--cache", small_disk / "cache")
        assert_error(ended, "no space left on the disk", hint="put --cache on another disk")
        assert not list(small_disk.rglob("*.part"))

    @pytest.mark.parametrize("layout", ["sqlite", "parquet"])
    def test_too_small_for_the_cache(
        self, build: Callable[..., Ended], small_disk: Path, tmp_path: Path, layout: str
    ) -> None:
        source = getattr(Archive(tracks=[{}] * 20_000), layout)(tmp_path / "archive")
        ended = build("--archive", source, "--cache", small_disk / "cache")
        assert_error(ended, "too little disk: this takes up to", small_disk, "put --cache on another disk")
        assert not list(small_disk.rglob("*.parquet"))

    def test_the_editions(self, build: Callable[..., Ended], small_disk: Path, archive: Path) -> None:
        (small_disk / "ballast").write_bytes(b"\0" * 295_000)
        ended = build("--archive", archive, "--editions", small_disk / "editions", "--edition", "tried")
        assert_error(ended, "no space left on the disk", small_disk, "put --editions on another disk")
        assert list((small_disk / "editions").iterdir()) == []


class TestQueries:
    @pytest.mark.parametrize(
        ("name", "sql", "message"),
        [
            ("staging/tracks", "selekt 1", "syntax error"),
            ("staging/tracks", "select rowid as track_rowid from source.tracks limit 0", "0 are kept and 0 dropped"),
            ("staging/albums", "select * from staging.tracks", "circle"),
            ("cubes/tracks_by_mood", "selekt 1", "syntax error"),
            ("cubes/tracks_by_mood", "select 0.5 as share", "column `share` of this cube is DECIMAL(2,1)"),
            ("cubes/tracks_by_mood", "select nothing from staging.tracks", "nothing"),
            ("long_tail/facts", "selekt 1", "syntax error"),
            ("long_tail/facts", "select 1 as a from range(2)", "this query gives 2"),
            ("long_tail/facts", "select a from published.no_such_source", "no_such_source"),
            ("long_tail/bands", "select a from published.no_such_source", "no_such_source"),
            ("duration/by_year", "selekt 1", "syntax error"),
        ],
    )
    def test_bad_sql(
        self, build: Callable[..., Ended], project: Path, archive: Path, name: str, sql: str, message: str
    ) -> None:
        path = project / "queries" / f"{name}.sql"
        path.write_text(sql)
        where = path.parent if message == "circle" else path
        assert_error(build("--archive", archive, "--edition", "tried"), message, where)
        assert not (project / "site").exists()

    @pytest.mark.parametrize(
        ("name", "sql", "number", "excerpt"),
        [
            ("long_tail/facts", "-- Why?\n\nselect\n    1 as a,\n\tnothing as b\n", 5, [" nothing as b", " ^^^^^^^"]),
            ("cubes/tracks_by_mood", "select 1 as a\nfrom staging.tracks where nothing", 2,
             ["from staging.tracks where nothing", f"{' ' * 26}^^^^^^^"]),
            ("cubes/tracks_by_mood", f"select '{'long ' * 60}' as a, nothing as b, '{'long ' * 60}' as c;", 1, None),
            ("long_tail/facts", "select '日本' as a,\tnothing as b", 1,
             ["select '日本' as a, nothing as b", f"{' ' * 20}^^^^^^^"]),
            ("staging/tracks", "selekt 1", 1, ["selekt 1", "^^^^^^"]),
        ],
    )  # fmt: skip
    def test_the_line_and_what_in_it(
        self,
        build: Callable[..., Ended],
        project: Path,
        archive: Path,
        name: str,
        sql: str,
        number: int,
        excerpt: list[str] | None,
    ) -> None:
        path = project / "queries" / f"{name}.sql"
        path.write_text(sql)
        said = build("--archive", archive, "--edition", "tried").said
        assert f"  at {path}:{number}\n" in said
        line, carets = excerpt or (sql, " " * sql.index("nothing") + "^^^^^^^")
        assert f"  | {line}\n  | {carets}\n" in said


CHARTS = """\
def by_year(rows, frame):
    return helper(rows)


def helper(rows):
    return rows.no_such_method()
"""


class TestCharts:
    @pytest.fixture
    def module(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        monkeypatch.setattr(pictures, "CHARTS", tmp_path)
        path = tmp_path / "tried.py"

        def load(name: str) -> ModuleType:
            found = ModuleType(name)
            exec(compile(path.read_text(), str(path), "exec"), vars(found))
            return found

        monkeypatch.setattr(pictures, "import_module", load)
        return path

    @pytest.mark.parametrize(
        ("code", "message", "number", "line"),
        [
            (CHARTS, "figure `tried/by_year` cannot be drawn: AttributeError", 6, "return rows.no_such_method()"),
            ("x = 1\ndef by_year(rows, frame)\n    pass\n", "this is not Python", 2, "def by_year(rows, frame)"),
            ("import no_such_module\n", "cannot be drawn: ModuleNotFoundError", 1, "import no_such_module"),
        ],
    )
    def test_what_fails_is_told_with_its_line(
        self, module: Path, code: str, message: str, number: int, line: str
    ) -> None:
        module.write_text(code)
        figure = FigureData("tried/by_year", "", ["a"], [{"a": 1}], [])
        with pytest.raises(ChartError, match=re.escape(message)) as failed:
            Pictures(Store(module.parent / "store"), Progress())._render(figure)
        assert str(failed.value.where).endswith(f"{module.parent.name}/tried.py:{number}")
        assert failed.value.excerpt == [line]

    def test_a_traceback_where_it_is_asked_for(self, build: Callable[..., Ended], project: Path) -> None:
        (project / "report.toml").write_text("title =")
        assert "Traceback" not in build().said
        said = build("--debug").said
        assert "Traceback" in said
        assert "error: report.toml is not TOML" in said

    def test_a_damaged_edition_is_refused_and_can_be_made_again(
        self, build: Callable[..., Ended], project: Path, archive: Path
    ) -> None:
        aggregated(archive, "tried", settings_below(project, project))
        cube = project / "editions/tried/tracks_by_mood.parquet"
        cube.write_bytes(b"PAR1")
        ended = build("--edition", "tried")
        assert_error(ended, "cube `tracks_by_mood` is not the one that was written", cube, "--archive PATH")
        aggregated(archive, "tried", settings_below(project, project))
        assert cube.read_bytes() != b"PAR1"


class TestProcess:
    """What the shell sees."""

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["--archive", "/no/such/place"], "error: there is no such file or folder\n  at /no/such/place\n  hint: "),
            (["--nonsense"], "error: there is no option `--nonsense`\n"),
            (["--edition", "no-such"], "error: there is no edition `no-such`\n"),
        ],
    )
    def test_an_error(self, arguments: list[str], message: str, tmp_path: Path) -> None:
        run = subprocess.run(
            [sys.executable, ROOT / "build.py", *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert (run.returncode, run.stdout) == (1, "")
        assert run.stderr.startswith(message)


def interrupt(project: Path, line: str, *arguments: object) -> Ended:
    """A run in a process of its own that gets Ctrl-C once it has said a line that begins so."""
    command = [sys.executable, "-c", RUN, str(project), *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        limit = threading.Timer(120, process.kill)
        limit.start()
        said = ""
        for heard in process.stderr:
            said += heard
            if heard.startswith(line):
                time.sleep(0.2)  # into the midst of what comes next
                process.send_signal(signal.SIGINT)
                break
        said += process.stderr.read()
        process.wait()
        limit.cancel()
    return Ended(process.returncode, said)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A synthetic archive of 5,000 tracks."""
    folder = tmp_path_factory.mktemp("interrupted")
    assert main(["sample", str(folder / "archive"), "--tracks", "5000"]) == 0
    return folder / "archive"


@pytest.fixture(scope="module")
def undisturbed(sample: Path) -> Edition:
    return aggregated(sample, "tried", settings_below(sample.parent))


class TestInterruption:
    """Ctrl-C, wherever it falls."""

    @pytest.mark.parametrize(
        ("slow", "line"),
        [
            (None, "import tracks"),
            ("staging/artist_albums", "stage snapshot"),
            ("cubes/albums_by_popularity", "count albums_by_busiest_artist"),
            ("long_tail/facts", "count artists_by_popularity"),
            (None, "drew "),
        ],
    )
    def test_the_next_run_goes_on(
        self, project: Path, sample: Path, undisturbed: Edition, slow: str | None, line: str
    ) -> None:
        if slow:
            (project / "queries" / f"{slow}.sql").write_text(SLOW)
        settings = settings_below(project)
        older = aggregated(Archive().parquet(project / "older"), "tried", settings)
        publish({"index.html": b"the old site"}, settings.site)
        ended = interrupt(
            project, line, "-v", "--replace", "--archive", sample, "--edition", "tried", "--cache", settings.cache
        )
        assert ended.status == 130
        assert "Traceback" not in ended.said
        assert ended.said.endswith("the same command goes on from there\n")
        assert (settings.site / "index.html").read_bytes() == b"the old site"
        assert not [path for path in project.iterdir() if path.name.startswith(".site")]
        assert not list(project.rglob("*.part"))
        standing = read_edition(older.folder, WHOLE)
        assert standing == older or standing.manifest["cubes"].keys() == undisturbed.manifest["cubes"].keys()

        complete = {path: path.stat().st_ino for path in settings.cache.rglob("*.parquet")}
        again = aggregated(sample, "tried", settings)
        assert complete.items() <= {path: path.stat().st_ino for path in settings.cache.rglob("*.parquet")}.items()
        for path in undisturbed.folder.iterdir():
            assert (again.folder / path.name).read_bytes() == path.read_bytes()

    def test_a_query_stops_at_once(self) -> None:
        with duckdb.connect() as con:
            threading.Timer(0.3, os.kill, [os.getpid(), signal.SIGINT]).start()
            with pytest.raises(KeyboardInterrupt):
                connection.run(con, SLOW, Path("slow.sql"))
            assert con.execute("select 1").fetchall() == [(1,)]

    @pytest.mark.parametrize("is_started", [False, True])
    def test_a_query_stops_where_its_thread_is_about_to_start(
        self, monkeypatch: pytest.MonkeyPatch, *, is_started: bool
    ) -> None:
        class Interrupted(threading.Thread):
            def start(self) -> None:
                if is_started:
                    super().start()
                raise KeyboardInterrupt

        monkeypatch.setattr(threading, "Thread", Interrupted)
        with duckdb.connect() as con:
            with pytest.raises(KeyboardInterrupt):
                connection.run(con, SLOW, Path("slow.sql"))
            assert con.execute("select 1").fetchall() == [(1,)]

    def test_duckdb_calls_no_python_that_would_lose_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        frames: list[None] = []
        monkeypatch.setattr(inspect, "currentframe", lambda: frames.append(None))
        with duckdb.connect() as con, pytest.raises(duckdb.CatalogException):
            con.execute("select * from nowhere")
        assert frames, "DuckDB looks for Python's variables in another way than this test watches"
        frames.clear()
        with connection.connect_small() as con, pytest.raises(duckdb.CatalogException):
            con.execute("select * from nowhere")
        assert not frames

    def test_reading_a_table_of_text_stops(
        self, build: Callable[..., Ended], project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        lines = "".join(f"track{n},10,1000\n" for n in range(1000))
        (tmp_path / "t.csv").write_text("id,popularity,duration_ms\n" + lines)
        read = records.MISSING

        class Interrupting(frozenset):
            def __contains__(self, value: object) -> bool:
                if value == "track500":
                    os.kill(os.getpid(), signal.SIGINT)
                return read.__contains__(value)

        monkeypatch.setattr(records, "MISSING", Interrupting())
        ended = build("--archive", tmp_path / "t.csv", "--edition", "tried")
        assert ended.status == 130
        assert "Traceback" not in ended.said
        assert not list(project.rglob("*.part"))
        assert not list((project / ".cache").rglob("*.parquet"))
