"""Names that strangers typed are text in every file that shows them: pages, pictures, tables, feed, citations."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import zipfile
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from archives import Archive
from building import ROOT, WHOLE, writing_below
from small_site import SVG

from report.cache.store import Store
from report.core.errors import EditionError
from report.core.facts import AllFacts
from report.core.progress import Progress
from report.core.settings import read_settings
from report.figures.figure import Images
from report.figures.pictures import Pictures
from report.pages.context import SiteContext
from report.pipeline import find_edition
from report.publication.outputs import render_site
from report.results.results import Results
from report.run import Run
from report.warehouse.edition import read_edition
from report.warehouse.published import read_published
from report.writing.formats import Language

LONG = "x" * 10_000
NAMES = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202emoc.live\u202c of \u2067right",
    LONG,
    "=HYPERLINK(0)",
    "＝cmd",
    "-1+1",
    "bell\x08 and \x1b[31mred",
    "line\rfeed\nand\ttab",
    "]]></text></svg>{{ 7 * 7 }}{% raw %}",
    "} , url = {x \\input{y}",
    "*a* [b](javascript:c) `d` | e",
    "مرحبا 123",
    "&lt;b&gt; &amp; ' \"",
)
DRAWN = ("labels", "genres", "markets")
PAGES_OF_NAMES = ("labels.html", "genres.html")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of an archive whose labels, genres and markets are those names; pictures of them are really drawn."""
    folder = tmp_path_factory.mktemp("hostile")
    settings = writing_below(read_settings(ROOT), folder)
    count = len(NAMES)
    archive = Archive(
        tracks=[{"album_rowid": 1 + at % count, "available_markets_rowid": 1 + at % count} for at in range(4 * count)],
        track_artists=[{"track_rowid": 1 + at, "artist_rowid": 1 + at % count} for at in range(4 * count)],
        albums=[{"label": name} for name in NAMES],
        artists=[{} for _ in NAMES],
        artist_genres=[{"genre": name} for name in NAMES],
        available_markets=[{"available_markets": f"DE,{name}"} for name in NAMES],
    ).sqlite(folder / "archive")
    store = Store(settings.cache / "store")
    edition = find_edition(Run(settings, store, Progress()), archive, "hostile")
    published = read_published(settings.content / "published")
    with Results(edition, published, settings.queries, store) as answers:
        words = partial(Language(settings.content, "en").labels_of, "charts")
        pictures = Pictures(store, Progress(), words=words)
        blank = Images(SVG, SVG, SVG, SVG)
        context = SiteContext(
            settings=settings,
            edition={**edition.manifest, "fingerprint": edition.fingerprint},
            facts=AllFacts(answers.facts()),
            figures=answers,
            render=lambda id: pictures.draw(answers[id]) if id.split("/")[0] in DRAWN else blank,
            published=published.tables,
            addresses=published.addresses,
            content=settings.content,
            templates=settings.templates,
        )
        rendered = render_site(context)
    return {name: content.read_bytes() if isinstance(content, Path) else content for name, content in rendered.items()}


class Read(HTMLParser):
    """What a browser would make of a page: its tags with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def pages(files: dict[str, bytes]) -> dict[str, Read]:
    return {name: Read(content.decode()) for name, content in files.items() if name.endswith(".html")}


def test_no_name_becomes_a_tag_or_an_attribute(files: dict[str, bytes]) -> None:
    for name, page in pages(files).items():
        scripts = [attributes for tag, attributes in page.tags if tag == "script"]
        assert [script["src"] for script in scripts] == (["static/search.js"] if name == "search.html" else [])
        for tag, attributes in page.tags:
            assert not [key for key in attributes if key.startswith("on") or key == "style"], name
            for key in ("src", "href", "srcset"):
                assert not (attributes.get(key) or "").lower().lstrip().startswith(("javascript:", "data:", "x")), name
            assert tag not in ("iframe", "object", "base")


def test_names_are_shown_as_text(files: dict[str, bytes]) -> None:
    for name in PAGES_OF_NAMES:
        text = Read(files[name].decode()).text
        assert "<script>alert(1)</script>" in text
        assert '"><img src=x onerror=alert(1)>' in text
        assert "{{ 7 * 7 }}" in text


def test_a_long_name_ends_in_an_ellipsis_but_in_the_data(files: dict[str, bytes]) -> None:
    cut = {name for name, content in files.items() if re.search(rb"x{20,}", content)}
    whole = {name for name, content in files.items() if LONG.encode() in content}
    assert {"labels.html", "genres.html"} <= cut
    assert {"data/labels/largest.csv", "data/genres/by_artists.csv"} <= whole
    for name in cut - whole:
        assert not re.search(rb"x{121,}", files[name]), name
    assert {name.partition("/")[0] for name in whole} == {"data"}
    assert re.search("x{20,}…", files["labels.html"].decode())


def test_nothing_turns_the_direction_of_what_follows(files: dict[str, bytes]) -> None:
    turning = re.compile("[\u202a-\u202e\u2066\u2067]")
    for name, content in files.items():
        if name.endswith((".html", ".svg", ".md", ".txt", ".bib", ".xml")):
            text = content.decode()
            assert not turning.search(text), name
            assert text.count("\u2068") == text.count("\u2069"), name
    assert "<bdi>مرحبا 123</bdi>" in files["labels.html"].decode()


def test_nothing_unseen_is_left_in_what_is_shown(files: dict[str, bytes]) -> None:
    for name, content in files.items():
        if name.endswith((".html", ".svg", ".md", ".txt", ".bib", ".xml")):
            controls = {char for char in content.decode() if unicodedata.category(char) == "Cc"} - {"\n", "\t"}
            assert not controls, name


def test_pictures_are_pictures(files: dict[str, bytes]) -> None:
    drawn = [name for name in files if name.endswith(".svg") and name.split("/")[1] in DRAWN]
    assert "figures/labels/largest-wide.svg" in drawn
    for name in drawn:
        tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(files[name]).iter()}
        assert not tags & {"script", "foreignObject", "image", "a", "use"}, name
    labels = ET.fromstring(files["figures/labels/largest-wide.svg"])
    assert any("<script>" in (element.text or "") for element in labels.iter())


def test_tables_open_as_they_were_written(files: dict[str, bytes]) -> None:
    for stem in ("labels/largest", "genres/by_artists"):
        rows = list(csv.reader(io.StringIO(files[f"data/{stem}.csv"].decode(), newline="")))
        assert {len(row) for row in rows} == {len(rows[0])}
        for row in rows[1:]:
            for cell in row:
                assert not cell.startswith(("=", "+", "@", "\t", "\r", "\n", "＝"))
                assert not cell.startswith("-") or re.fullmatch(r"-[\d.e-]+", cell)
    with zipfile.ZipFile(io.BytesIO(files["data/liner-notes-hostile.zip"])) as archive:
        assert archive.testzip() is None


def test_what_programs_read_is_whole(files: dict[str, bytes]) -> None:
    ET.fromstring(files["feed.xml"])
    json.loads(files["data/facts.json"])
    bib = files["cite.bib"].decode()
    assert bib.count("{") == bib.count("}")
    assert not re.search(r"(?<!\\)\[[^\]]*\]\(javascript:", files["labels.md"].decode())
    assert "<script" not in files["labels.md"].decode()


@pytest.mark.parametrize("name", ["<script>", "../up", "a\u202eb", "x" * 65, ""])
def test_an_edition_of_another_name_is_not_read(tmp_path: Path, name: str) -> None:
    described = {"kind": "archive", "inputs": "", "snapshot_year": 2025, "source": {}, "tables": {}, "absent": {}}
    (tmp_path / "edition.json").write_text(json.dumps({"format": 1, "name": name, **described, "cubes": {}}))
    with pytest.raises(EditionError, match="no usable `name`"):
        read_edition(tmp_path, WHOLE)
