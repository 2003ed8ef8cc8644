"""Addresses of sources: read, checked, printed where a figure names its source, and missed where there is none."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from building import ROOT
from small_site import small_site

from report.core.errors import ContentError
from report.core.settings import Settings
from report.hosting.checks import sources
from report.hosting.checks.built import BuiltSite
from report.hosting.publishing import MARKER
from report.publication.outputs import render_site
from report.warehouse.published import basis_of, has_address, read_published

SUPPORTS = 'supports = "The numbers."\n'
LOADER = '[loader]\ntitle = "T"\npublisher = "P"\ndate = ""\nretrieved = "2026-03-01"\nseen = "All of it."\n' + SUPPORTS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one series, whose source is at one address."""
    folder = tmp_path / "content/published"
    folder.mkdir(parents=True)
    (folder / "counts.csv").write_text("a\n1\n")
    (folder / "sources.toml").write_text(
        '[counts]\nbasis = "subset"\ntitle = "C"\npublisher = "P"\naddresses = ["loader"]\n'
    )
    (folder / "addresses.toml").write_text(LOADER + 'url = "https://example.org/a"\n')
    return folder


def test_a_series_knows_where_it_can_be_read(folder: Path) -> None:
    source = read_published(folder).tables["counts"]
    assert [address["url"] for address in source["addresses"]] == ["https://example.org/a"]
    assert has_address(source)
    assert basis_of(source) == "subset"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LOADER + 'url = "example.org"\n', "`example.org` is not an address"),
        (LOADER, "`url` is missing"),
        ((LOADER + 'url = ""\n').replace(SUPPORTS, ""), "`supports` is missing"),
        ("", "there is no address `loader`"),
    ],
)
def test_what_cannot_be_used_is_refused(folder: Path, text: str, message: str) -> None:
    (folder / "addresses.toml").write_text(text)
    with pytest.raises(ContentError, match=message):
        read_published(folder)


def test_a_source_without_an_address_is_found(folder: Path, settings: Settings) -> None:
    (folder / "totals.csv").write_text("table,rows\n")
    with (folder / "sources.toml").open("a") as file:
        file.write('[totals]\nbasis = "recount"\ntitle = "C"\npublisher = "P"\n')
    (folder / "addresses.toml").write_text(LOADER + 'url = ""\n')
    settings.site.mkdir()
    (settings.site / MARKER).touch()
    faults = list(sources.check(BuiltSite(replace(settings, root=folder.parents[1]))))
    assert [fault.where.rpartition("/")[2] for fault in faults] == [
        "sources.toml [counts]",
        "sources.toml [totals]",
        "addresses.toml [loader]",
    ]


def test_what_is_named_only_needs_none(folder: Path) -> None:
    (folder / "addresses.toml").write_text(LOADER + 'url = ""\nis_named_only = true\n')
    assert has_address(read_published(folder).tables["counts"])


def test_links_lead_out_without_saying_from_where(tmp_path: Path) -> None:
    context = small_site(tmp_path)
    shutil.copy(ROOT / "content/en/sources.md", context.content / "en")
    files = render_site(context)
    for page in ("duration.html", "sources.html", "embed/duration/histogram.html"):
        assert '<a href="https://example.org/notes" rel="noreferrer">' in files[page].decode()
    assert "(https://example.org/notes)" in files["duration.md"].decode()
