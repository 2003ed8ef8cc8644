"""The pages as written: they read whatever the edition holds, down to nothing at all."""

from __future__ import annotations

import re
from dataclasses import replace
from posixpath import dirname, join, normpath

import pytest
from archives import Archive
from building import ROOT, WHOLE, writing_below
from small_site import SVG

from report.cache.store import Store
from report.core.facts import AllFacts
from report.core.kinds import KINDS
from report.core.progress import Progress
from report.core.settings import read_settings
from report.figures.figure import Images
from report.pages.context import SiteContext
from report.pages.glossary import read_glossary
from report.pages.rendering import render_pages
from report.pipeline import find_edition
from report.publication import Files
from report.publication.outputs import render_site
from report.results.results import Results
from report.run import Run
from report.warehouse.edition import read_edition
from report.warehouse.published import has_address, read_published

# Numbers that no figure draws: facts, tables of the data page, what another series confirms.
LISTED = {
    "outside_counts", "genres_by_artists", "integrity_counts", "null_counts", "table_row_counts_of_the_parquet_recut",
    "tracks_duration_and_popularity_summary",
}  # fmt: skip
TEXT = re.compile(r"<script.*?</script>|<svg.*?</svg>|<[^>]+>|<!--.*?-->", re.DOTALL)


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory):
    """The project's pages over an edition of one track; pictures are blank."""
    folder = tmp_path_factory.mktemp("content")
    settings = writing_below(read_settings(ROOT), folder)
    store = Store(settings.cache / "store")
    archive = Archive(tracks=[{}]).sqlite(folder / "archive")
    edition = find_edition(Run(settings, store, Progress()), archive, "tiny")
    published = read_published(settings.content / "published")
    with Results(read_edition(edition.folder, WHOLE), published, settings.queries, store) as answers:
        yield SiteContext(
            settings=settings,
            edition={**edition.manifest, "fingerprint": edition.fingerprint},
            facts=AllFacts(answers.facts()),
            figures=dict(answers),
            render=lambda figure: Images(SVG, SVG, SVG, SVG),
            published=published.tables,
            addresses=published.addresses,
            content=settings.content,
            templates=settings.templates,
            store=store,
        )


@pytest.fixture(scope="module")
def site(context: SiteContext) -> Files:
    """Its files."""
    return render_site(context)


def texts(context: SiteContext) -> dict[str, str]:
    """Each page's words, without its markup."""
    return {
        name: TEXT.sub(" ", page.decode())
        for name, page in render_site(context).items()
        if name.endswith(".html") and isinstance(page, bytes)
    }


def check(pages: dict[str, str]) -> None:
    assert pages.keys() >= {"index.html", "claims.html", "data.html", "sources.html"}
    for name, text in pages.items():
        slip = re.search(r"\b(None|nan|NaN|undefined|Traceback)\b|\{\{ |\{%", text)
        assert not slip, f"{name} says {slip[0]}"


@pytest.mark.parametrize("kind", KINDS)
def test_pages_read_over_one_track(context: SiteContext, kind: str) -> None:
    check(texts(replace(context, edition={**context.edition, "kind": kind})))


@pytest.mark.parametrize("kind", KINDS)
def test_pages_read_where_nothing_is_known(context: SiteContext, kind: str) -> None:
    nothing = {stem: dict.fromkeys(facts) for stem, facts in context.facts.as_dict().items()}
    figures = {name: replace(data, rows=[]) for name, data in context.figures.items()}
    edition = {**context.edition, "kind": kind}
    check(texts(replace(context, facts=AllFacts(nothing), figures=figures, edition=edition)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", [0, 0.05, 0.5, 0.95, 1])
def test_pages_read_whatever_the_shares_are(context: SiteContext, kind: str, value: float) -> None:
    facts = {
        stem: {name: value if is_share(name) else known for name, known in facts.items()}
        for stem, facts in context.facts.as_dict().items()
    }
    check(texts(replace(context, facts=AllFacts(facts), edition={**context.edition, "kind": kind})))


def is_share(name: str) -> bool:
    return name.endswith("_share") or "_share_" in name


def test_only_a_synthetic_edition_is_stamped(context: SiteContext) -> None:
    for kind in KINDS:
        pages = texts(replace(context, edition={**context.edition, "kind": kind}))
        stamped = {name for name, text in pages.items() if "is synthetic" in text}
        assert stamped == ({name for name in pages if "/" not in name} if kind == "synthetic" else set())


def test_links_to_no_copy_of_the_data(site: Files) -> None:
    for page in (page for page in site.values() if isinstance(page, bytes)):
        assert not re.search(rb"magnet:|\.torrent\b|//[^/\s]*annas-archive", page, re.IGNORECASE)


def test_links_between_pages_lead_somewhere(context: SiteContext, site: Files) -> None:
    pages = {name: page.decode() for name, page in site.items() if name.endswith(".html")}
    ids = {name: re.findall(r' id="([^"]+)"', page) for name, page in pages.items()}
    for name, page in pages.items():
        assert len(ids[name]) == len(set(ids[name])), name
        for link in re.findall(r'href="([^":]*)"', page):
            target, _, anchor = link.removeprefix(context.settings.base_url).partition("#")
            place = normpath(join(dirname(name), target)) if target else name
            assert place in site, f"{name}: {link}"
            assert not anchor or anchor in ids[place], f"{name}: {link}"


def test_every_term_is_used(context: SiteContext) -> None:
    used: set[str] = set()
    for kind in KINDS:
        glossary = render_pages(replace(context, edition={**context.edition, "kind": kind})).glossary
        used |= {term.name for term, paths in glossary.used.items() if paths}
    assert {term.name for term in glossary.terms} - used == set()


def test_every_section_named_by_a_term_is_there(context: SiteContext, site: Files) -> None:
    method = site["method.html"].decode()
    for term in read_glossary(context.content / "en/glossary.toml").terms:
        assert not term.section or f'id="{term.section}"' in method, term.name


def test_every_finding_is_a_page(context: SiteContext) -> None:
    stems = {path.name for path in (ROOT / "queries").iterdir() if path.is_dir()} - {"staging", "cubes", "data"}
    folders = (ROOT / "content/findings", ROOT / "content/en/findings")
    assert stems == {path.stem for folder in folders for path in folder.glob("*.md")}


def test_every_published_figure_is_drawn_with_its_source(context: SiteContext) -> None:
    for stem, table in context.published.items():
        is_drawn = any(table in data.sources for data in context.figures.values())
        assert is_drawn or stem in LISTED, f"{stem} is in no figure"
        assert has_address(table), f"{stem} has no address"
        assert table["note"], f"{stem} has no note"
