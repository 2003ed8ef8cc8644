"""What programs read of the data, held by the validator of each standard, on a built report of published figures."""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import mlcroissant
import pytest
from building import ROOT, settings_below
from frictionless import Package
from rocrate.rocrate import ROCrate

from report.core.progress import Progress
from report.core.settings import read_settings
from report.figures.pictures import SUFFIXES, Pictures
from report.pages.citation import LICENCE_ADDRESS
from report.pipeline import build
from report.publication.repository import repository_files

BASE = "https://example.org/report/"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="400" viewBox="0 0 720 400"></svg>'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of published figures; pictures are blank."""
    folder = tmp_path_factory.mktemp("metadata")
    settings = replace(settings_below(folder), edition="published", base_url=BASE, published="2026-01-02")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pictures, "_render", lambda *_: dict.fromkeys(SUFFIXES, SVG))
        build(replace(settings, editions=ROOT / "editions"), None, None, Progress())
    return settings.site


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


@pytest.mark.parametrize("place", ["site", "unpacked"])
def test_every_table_is_as_the_data_package_says(place: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(place)
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "type", "message"])
    tables = {path.relative_to(folder).as_posix() for path in (folder / "data").rglob("*.csv")}
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
