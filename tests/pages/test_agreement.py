"""Sentences agree with their numbers: pages over archives of one track, of ties, and of a few rows."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from archives import Archive
from building import ROOT, WHOLE, writing_below
from small_site import SVG

from report.cache.store import Store
from report.core.columns import COUNTED as COUNTABLE
from report.core.facts import AllFacts
from report.core.kinds import KINDS
from report.core.progress import Progress
from report.core.settings import read_settings
from report.figures.figure import Images
from report.pages.rendering import SiteContext
from report.pipeline import find_edition
from report.publication.outputs import render_site
from report.results.results import Results
from report.run import Run
from report.warehouse.edition import read_edition
from report.warehouse.published import read_published

# Whatever the report counts; what is counted in one unit may be called by another word.
MORE = """
    names days years rows files entries pairs tiers decades codes groups claims facts figures tracks albums artists
    recordings releases genres markets labels playlists
"""
COUNTED = sorted({word for unit in COUNTABLE for word in unit.split()} | set(MORE.split()))
PLURAL = "|".join(word for word in COUNTED if word.endswith("s"))
SINGULAR = PLURAL.replace("ies", "y").replace("s|", "|").removesuffix("s")
ONE = r"(?<![\w.,:–−/+-])1"
FAULTS = {
    "a plural of one": re.compile(
        rf"{ONE} (?:dated |different |full |popular |valid )?(?:{PLURAL})\b(?!-)", re.IGNORECASE
    ),
    "a verb of several": re.compile(
        rf"{ONE} (?:{SINGULAR}) (?:are|have|stand|score|carry|lie|hold|reach)\b", re.IGNORECASE
    ),
    "a singular of several": re.compile(rf"(?<![\w.,:])(?:[02-9]|\d\d+) (?:{SINGULAR}) (?:is|has|are|have)\b"),
    "two negations": re.compile(r"\b[Nn]o \w+ (?:has|have|is|are) no\b"),
}
# What is no sentence: a strip of labels and numbers, SQL, markup.
REMOVED = re.compile(
    r'<dl class="denominator">.*?</dl>|<div class="n">.*?</div>|<pre.*?</pre>|<script.*?</script>|<[^>]+>', re.DOTALL
)
ARCHIVES = {
    "one track": Archive(tracks=[{}]),
    # Ten tracks that tie in everything: of two artists, two genres, ten labels, and in two markets.
    "ties": Archive(
        tracks=[{"album_rowid": number, "external_id_isrc": None} for number in range(1, 11)],
        albums=[{"label": f"Label {number}"} for number in range(10)],
        artists=[{}, {}],
        artist_genres=[{"artist_rowid": 1, "genre": "polka"}, {"artist_rowid": 2, "genre": "opera"}],
        track_artists=[{"track_rowid": number, "artist_rowid": 1 + number % 2} for number in range(1, 11)],
    ),
}


def texts(context: SiteContext) -> dict[str, str]:
    """Each page's sentences on one line."""
    return {
        name: " ".join(REMOVED.sub(" ", page.decode()).split())
        for name, page in render_site(context).items()
        if name.endswith(".html") and isinstance(page, bytes)
    }


@pytest.fixture(scope="module", params=ARCHIVES)
def context(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    """The project's pages over a tiny archive; pictures are blank."""
    folder = tmp_path_factory.mktemp("agreement")
    settings = writing_below(read_settings(ROOT), folder)
    store = Store(settings.cache / "store")
    edition = find_edition(Run(settings, store, Progress()), ARCHIVES[request.param].sqlite(folder / "archive"), "tiny")
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
        )


@pytest.mark.parametrize("kind", KINDS)
def test_sentences_agree_with_their_numbers(context: SiteContext, kind: str) -> None:
    pages = texts(replace(context, edition={**context.edition, "kind": kind}))
    found = [
        f"{name}: {fault}: {text[max(0, match.start() - 40) : match.end() + 30]}"
        for name, text in pages.items()
        for fault, pattern in FAULTS.items()
        for match in pattern.finditer(text)
    ]
    assert not found, "\n".join(found)


def test_among_ties_nothing_is_first(context: SiteContext) -> None:
    if context.facts["data"].tracks == 1:
        pytest.skip("one track does not tie")
    said = " ".join(" ".join(texts(context).values()).split())

    assert not re.findall(r"“(?:polka|opera)” (?:has the most|comes first)", said)
    assert "Most tracks can be heard in DE" not in said
