"""What programs read of the data, held by the validator of each standard, on a built report of published figures."""

from __future__ import annotations

import base64
import functools
import hashlib
import html
import http.server
import json
import logging
import os
import re
import shlex
import subprocess
import sys
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import mlcroissant
import pytest
from building import ROOT, settings_below
from frictionless import Package
from rocrate.rocrate import ROCrate

from report.cli import main
from report.core.progress import Progress
from report.core.settings import read_settings
from report.figures.pictures import SUFFIXES, Pictures
from report.pages.citation import LICENCE_ADDRESS
from report.pipeline import build
from report.publication.repository import repository_files

BASE = "https://example.org/report/"
READ = """
import sys, duckdb
from duckdb_extensions import import_extension
import_extension("httpfs")
print(len(duckdb.sql(sys.argv[1]).fetchall()))
"""
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="400" viewBox="0 0 720 400"></svg>'


def built(folder: Path, archive: Path | None, **given: object) -> Path:
    """A site whose pictures are blank."""
    settings = replace(settings_below(folder), base_url=BASE, published="2026-01-02", **given)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pictures, "_render", lambda *_: dict.fromkeys(SUFFIXES, SVG))
        build(settings, archive, settings.edition, Progress())
    return settings.site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of published figures."""
    return built(tmp_path_factory.mktemp("metadata"), None, edition="published", editions=ROOT / "editions")


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of an edition with cubes."""
    folder = tmp_path_factory.mktemp("counted")
    assert main(["sample", str(folder / "archive"), "--tracks", "1500"]) == 0
    return built(folder, folder / "archive", edition="tiny")


@pytest.fixture(scope="module")
def unpacked(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of all data."""
    folder = tmp_path_factory.mktemp("unpacked")
    (archive,) = (site / "data").glob("*.zip")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    (inside,) = folder.iterdir()
    return inside


def linked(site: Path, page: str) -> dict:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', (site / page).read_text("utf-8"))
    return json.loads(found)


@pytest.mark.parametrize("place", ["site", "unpacked", "counted"])
def test_every_table_is_as_the_data_package_says(place: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(place)
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "type", "message"])
    files = (path for path in (folder / "data").rglob("*") if path.suffix in (".csv", ".parquet"))
    tables = {path.relative_to(folder).as_posix() for path in files}
    assert {task.place for task in report.tasks} == tables
    assert len(tables) > 50


def test_columns_say_what_they_hold(site: Path) -> None:
    by_name = {resource.name: resource for resource in Package(str(site / "datapackage.json")).resources}
    table = by_name["published.mean_duration_by_release_year"]
    assert [field.type for field in table.schema.fields] == ["integer", "number"]
    assert table.sources[0]["path"].startswith("https://")
    year, mean = json.loads((site / "datapackage.json").read_text("utf-8"))["resources"][
        list(by_name).index(table.name)
    ]["schema"]["fields"]
    assert (year["description"], mean["unit"]) == ("a year", "seconds")


def test_a_cube_says_what_its_columns_hold(counted: Path) -> None:
    resources = json.loads((counted / "datapackage.json").read_text("utf-8"))["resources"]
    cubes = {each["name"]: each["columns"] for each in resources if each["format"] == "parquet"}
    assert len(cubes) == len(list((ROOT / "queries/cubes").glob("*.sql")))
    columns = cubes["cubes.tracks_by_duration"]
    assert {column["name"]: column["type"] for column in columns} == dict.fromkeys(
        ("release_year", "popularity_tier", "duration_s", "track_count", "duration_sum_ms"), "integer"
    )
    assert {column["name"]: column.get("unit") for column in columns}["duration_s"] == "seconds"


@pytest.mark.parametrize(("place", "least"), [("site", 3), ("counted", 6)])
def test_commands_of_the_page_run_against_the_published_address(
    place: str, least: int, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    folder = request.getfixturevalue(place)
    reader = ROOT / ".venv/duckdb"
    assert reader.is_dir(), "make .venv/development installs a DuckDB that reads over the network"
    page = (folder / "query.html").read_text("utf-8")
    commands = [html.unescape(found) for found in re.findall(r"<pre><code>(.*?)</code></pre>", page)]
    assert len(commands) >= least
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for command in commands:
            program, option, sql = shlex.split(command)
            assert (program, option) == ("duckdb", "-c")
            assert BASE in sql
            asked = sql.replace(BASE, f"http://127.0.0.1:{server.server_port}/")
            env = {**os.environ, "PYTHONPATH": str(reader), "HOME": str(tmp_path)}
            done = subprocess.run([sys.executable, "-c", READ, asked], env=env, capture_output=True, text=True)
            assert done.returncode == 0, f"{command}\n{done.stderr}"
            assert int(done.stdout) > 2, command
        server.shutdown()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_croissant_reads_the_tables(site: Path, caplog: pytest.LogCaptureFixture) -> None:
    described = json.loads((site / "croissant.json").read_text("utf-8"))
    files = {each["@id"]: str(site / each["@id"]) for each in described["distribution"]}
    with caplog.at_level(logging.WARNING):
        dataset = mlcroissant.Dataset(jsonld=site / "croissant.json", mapping=files)
    assert not [record.message for record in caplog.records if "absl" in record.name]
    years = "published.mean_duration_by_release_year"
    records = list(dataset.records(years))
    assert len(records) > 40
    assert records[-1][f"{years}/release_year"] > 2000


def test_the_archive_is_a_crate(unpacked: Path) -> None:
    crate = ROCrate(str(unpacked))
    files = {path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()}
    assert {entity.id for entity in crate.get_entities() if entity.type == "File"} == files - {"ro-crate-metadata.json"}
    action = crate.dereference("#computation")
    assert (action["instrument"]["name"], action["object"].id) == ("liner-notes", "data/edition.json")
    assert crate.root_dataset["license"].id == LICENCE_ADDRESS


def test_pages_are_data_sets_to_search_engines(site: Path) -> None:
    front, page = linked(site, "index.html"), linked(site, "duration.html")
    assert (front["@type"], front["@id"], front["license"]) == ("Dataset", BASE, LICENCE_ADDRESS)
    download = front["distribution"][0]["contentUrl"].removeprefix(BASE)
    assert (site / download).exists()
    assert page["isPartOf"]["@id"] == BASE
    # Google asks for 50 to 5,000 characters.
    assert all(50 <= len(each["description"]) <= 5000 for each in (front, page))
    assert "ld+json" not in (site / "404.html").read_text("utf-8")


def test_the_policy_lets_in_that_data_and_nothing_else(site: Path) -> None:
    page = (site / "duration.html").read_text("utf-8")
    (described,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    digest = base64.b64encode(hashlib.sha256(described.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'; base-uri 'none'" in page


def test_the_licence_is_that_of_the_data(site: Path) -> None:
    assert LICENCE_ADDRESS in (site / "data/licence.txt").read_text("utf-8")


class TestRepository:
    """CITATION.cff and .zenodo.json lie at the top of the project, as report.toml has it."""

    def test_what_lies_there_is_what_report_toml_says(self) -> None:
        for name, content in repository_files(read_settings(ROOT)).items():
            assert (ROOT / name).read_bytes() == content, "run build.py cite"

    @pytest.mark.parametrize("base_url", ["", BASE])
    def test_the_citation_is_valid(self, base_url: str, tmp_path: Path) -> None:
        settings = replace(read_settings(ROOT), base_url=base_url, repository=base_url, published="2026-01-02")
        (tmp_path / "CITATION.cff").write_bytes(repository_files(settings)["CITATION.cff"])
        # It asks for an older jsonschema than the other validators, so it lies in a folder of its own.
        beside = ROOT / ".venv/cffconvert"
        assert beside.is_dir(), "make .venv/development installs the validator of CITATION.cff"
        call = "from cffconvert.cli.cli import cli; cli()"
        command = [sys.executable, "-c", call, "--validate", "--infile", str(tmp_path / "CITATION.cff")]
        done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(beside)}, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "are valid" in done.stdout

    def test_zenodo_is_told_what_it_asks_for(self) -> None:
        settings = replace(read_settings(ROOT), base_url=BASE, published="2026-01-02")
        told = json.loads(repository_files(settings)[".zenodo.json"])
        assert {"title", "upload_type", "description", "creators", "license", "access_right"} <= told.keys()
        assert told["related_identifiers"][0]["identifier"] == BASE
