"""One archive has all data; its bytes depend on nothing else."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from small_site import EDITION, HISTOGRAM, small_site

from report.core.errors import ContentError
from report.pages.context import SiteContext
from report.publication.bundle import meaning
from report.publication.outputs import render_site
from report.results.tables import write_csv

NAME = "data/liner-notes-sample.zip"
HOSTILE_NAMES = ("</title><script>", "../../etc/passwd", "a\u202eb", "x" * 10_000, "", "ЖЖ")


@pytest.fixture
def context(tmp_path: Path) -> SiteContext:
    context = small_site(tmp_path)
    (context.content / "published").mkdir()
    (context.content / "published/totals.csv").write_text("table,rows\ntracks,1\n")
    (context.content / "published/sources.toml").write_text('[totals]\ntitle = "Totals"\n')
    return context


def unpacked(files: dict[str, bytes], name: str = NAME) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(files[name])) as archive:
        assert archive.testzip() is None
        return {entry: archive.read(entry) for entry in archive.namelist()}


def test_it_holds_what_the_site_holds(context: SiteContext) -> None:
    files = render_site(context)
    inside = unpacked(files)
    assert list(inside) == [f"liner-notes-sample/{name}" for name in (
        "README.txt", "data/duration/histogram.csv", "data/edition.json", "data/facts.json",
        "data/published/sources.toml", "data/published/totals.csv", "datapackage.json", "licence.txt",
        "ro-crate-metadata.json",
    )]  # fmt: skip
    for name in ("data/duration/histogram.csv", "data/facts.json", "data/edition.json"):
        assert inside[f"liner-notes-sample/{name}"] == files[name]


def test_the_readme_says_what_the_columns_hold(context: SiteContext) -> None:
    commented = replace(HISTOGRAM, sql="-- How long?\n-- One row per second.\n--\n-- unit: tracks\nselect 1")
    files = render_site(replace(context, figures={commented.id: commented}))
    readme = unpacked(files)["liner-notes-sample/README.txt"].decode()
    assert "Liner Notes (2025). Edition sample (synthetic)" in readme
    assert "This edition is synthetic" in readme
    assert (
        "data/duration/histogram.csv\n  2 rows; computed, published\n  How long?\n  One row per second.\n"
        "  - name: Name\n  - duration_s: Duration, seconds (seconds)\n  - track_count: Tracks (how many)\n" in readme
    )


def test_what_a_column_holds() -> None:
    assert meaning("track_share") == "Share of tracks (a fraction of the whole, 0 to 1)"
    assert meaning("length_ms") == "Length, milliseconds (milliseconds)"
    assert meaning("genre") == "Genre"


def test_the_same_data_gives_the_same_bytes(context: SiteContext) -> None:
    assert render_site(context)[NAME] == render_site(context)[NAME]


def test_it_is_linked_with_its_size(context: SiteContext) -> None:
    files = render_site(context)
    for name in ("index.html", "duration.html", "404.html"):
        assert f'<a href="{NAME}">All data in one archive</a> (' in files[name].decode()


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_whatever_the_edition_is_called_its_file_has_a_plain_name(context: SiteContext, name: str) -> None:
    files = render_site(replace(context, edition={**EDITION, "name": name}))
    found = [path for path in files if path.endswith(".zip")]
    assert len(found) == 1
    assert set(found[0]) <= set("abcdefghijklmnopqrstuvwxyz0123456789-./")
    assert len(found[0]) < 100
    assert all(entry.startswith("liner-notes") and ".." not in entry for entry in unpacked(files, found[0]))


def test_without_a_licence_there_is_no_report(context: SiteContext) -> None:
    (context.content / "licence.txt").unlink()
    with pytest.raises(ContentError, match="licence of the data cannot be read"):
        render_site(context)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_no_cell_is_a_formula(sign: str) -> None:
    written = write_csv(["name", "number"], [{"name": f"{sign}cmd|' /C calc'!A0", "number": -1}]).decode()
    name, number = list(csv.reader(io.StringIO(written, newline="")))[1]
    assert name == f"'{sign}cmd|' /C calc'!A0".replace("\r", "\n")
    assert number == "-1"
