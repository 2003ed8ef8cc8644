"""Which editions may decide: those that hold nine tenths of the published number of tracks, in the archive's layout."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from building import ROOT, WHOLE
from small_site import EDITION, small_site

from report.core.errors import ContentError, EditionError
from report.core.kinds import KINDS, Standing, kind_of, standing_of
from report.pages.context import SiteContext
from report.publication.outputs import render_site
from report.warehouse.edition import manifest_at, read_edition, write_edition
from report.warehouse.published import published_tracks
from report.writing.words import words_in


def described(tracks: int = 20, layout: str = "sqlite", kind: str = "archive") -> dict:
    return {"kind": kind, "source": {"layout": layout}, "tables": {"tracks": {"rows_kept": tracks}}}


class TestKind:
    @pytest.mark.parametrize(
        ("tracks", "published", "kind"),
        [(20, 22, "archive"), (20, 23, "selection"), (9, 10, "archive"), (8, 9, "selection"), (30, 10, "archive")],
    )
    @pytest.mark.parametrize("layout", ["sqlite", "parquet"])
    def test_nine_tenths_are_the_archive(self, tracks: int, published: int, layout: str, kind: str) -> None:
        assert kind_of(described(tracks, layout), published) == kind

    def test_a_flat_table_never_is(self) -> None:
        assert kind_of(described(20, "table"), 20) == "selection"

    def test_an_invented_archive_never_is(self) -> None:
        assert kind_of(described(20, "sqlite", "synthetic"), 20) == "synthetic"

    def test_one_of_published_figures_never_is(self) -> None:
        assert kind_of({**described(kind="published"), "tables": {}}, 20) == "published"

    def test_without_tracks_it_is_not(self) -> None:
        assert kind_of({**described(), "tables": {}}, 20) == "selection"

    def test_only_the_archive_decides(self) -> None:
        assert [kind for kind in KINDS if Standing(kind).decides] == ["archive"]

    def test_one_of_published_figures_counts_nothing(self) -> None:
        assert [kind for kind in KINDS if not Standing(kind).counts] == ["published"]


class TestReading:
    """The kind is worked out when an edition is read, so that a corrected number of tracks needs no new count."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        cube = tmp_path / "cube"
        cube.write_bytes(b"counts")
        about = {"name": "tried", "as_of": None, "snapshot_year": 2025, "inputs": "0", "absent": {}}
        write_edition(tmp_path / "tried", {**about, **described()}, {"tracks": cube})
        return tmp_path / "tried"

    def test_by_the_published_number_of_today(self, folder: Path) -> None:
        whole, part = read_edition(folder, 20), read_edition(folder, WHOLE)
        assert (whole.manifest["kind"], part.manifest["kind"]) == ("archive", "selection")
        assert whole.fingerprint != part.fingerprint

    def test_a_kind_of_an_older_version_is_no_hindrance(self, folder: Path) -> None:
        path = folder / "edition.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"kind": "table", "source": {"layout": "table"}}))
        assert manifest_at(folder, WHOLE)["kind"] == "selection"

    @pytest.mark.parametrize("tables", [{"tracks": 7}, {"tracks": {"rows_kept": "7"}}])
    def test_tables_that_say_nothing_usable(self, folder: Path, tables: dict) -> None:
        path = folder / "edition.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | {"tables": tables}))
        with pytest.raises(EditionError, match="no usable `tables`"):
            manifest_at(folder, WHOLE)


class TestPublishedNumber:
    def test_it_is_read_from_the_totals(self, tmp_path: Path) -> None:
        (tmp_path / "totals.csv").write_text("table,rows\nalbums,7\ntracks,9\n")
        assert published_tracks(tmp_path) == 9

    @pytest.mark.parametrize("text", ["table,rows\nalbums,7\n", "table,rows\ntracks,many\n", "table,rows\ntracks,0\n"])
    def test_totals_that_do_not_say(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "totals.csv").write_text(text)
        with pytest.raises(ContentError, match="published number of tracks is missing"):
            published_tracks(tmp_path)

    def test_no_totals(self, tmp_path: Path) -> None:
        with pytest.raises(ContentError, match="published totals are missing"):
            published_tracks(tmp_path)


class TestPages:
    @pytest.fixture
    def context(self, tmp_path: Path) -> SiteContext:
        return small_site(tmp_path)

    def test_a_part_says_above_every_page_how_much_it_is(self, context: SiteContext) -> None:
        part = {**EDITION, "kind": "selection", "source": {"layout": "parquet"}}
        files = render_site(replace(context, edition=part))
        pages = [content.decode() for name, content in files.items() if name.endswith(".html") and "/" not in name]
        said = "is a part of the archive, 200,000 of 256,039,007 tracks.</strong>"
        assert [page.count(said) for page in pages] == [1] * len(pages)

    @pytest.mark.parametrize(
        ("edition", "notice"),
        [
            ({"kind": "archive"}, ""),
            (
                {"kind": "selection"},
                "This edition is a selection of tracks: what it computes holds for that selection only.",
            ),
            (
                {"kind": "selection", "source": {"layout": "sqlite"}},
                "This edition is a part of the archive: what it computes holds for that part only.",
            ),
            (
                {"kind": "published"},
                "This edition counts nothing itself: it shows what others have counted and published.",
            ),
            ({"kind": "synthetic"}, "This edition is synthetic: what it computes comes from an invented archive."),
        ],
    )
    def test_what_stands_beside_the_pages_says_so_too(self, edition: dict, notice: str) -> None:
        assert words_in(ROOT / "content", standing_of(edition)).kind["notice"] == notice
