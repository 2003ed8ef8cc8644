"""Judged claims on the pages: the ledger, the tally, the findings' own, the data."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from small_site import EDITION, HOSTILE, INDEX, small_site

from report.claims.tally import Tally
from report.claims.verdicts import VERDICTS, Judged
from report.core.errors import ContentError
from report.pages import context as site_context
from report.pages.context import SiteContext
from report.pages.layout import Section, insert_before
from report.pages.markup import Heading
from report.publication.outputs import render_site

PAGE = """---
nav: Claims
order: 1
title: "{{ ledger.headline }}"
summary: What was said.
---
The rule.
"""
CLAIM = Judged(
    id="peaks", words="Durations peak at whole minutes.", source="article", date="2025-12-23", finding="duration",
    figure="duration/histogram", test="As many at each", threshold="≥ 1.10", verdict="holds", observed="1.27",
    observed_of="at 3:00", basis="computed", is_illustration=False, why="It peaks.",
)  # fmt: skip
LEDGER = [
    CLAIM,
    replace(CLAIM, id="both", source="both", verdict="holds in part", basis="published"),
    replace(CLAIM, id="release", source="release", date="2025-12-20", verdict="does not hold", basis="external"),
    replace(CLAIM, id="loops", finding="", figure="", verdict="cannot be tested here", observed="—", basis=""),
]


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteContext:
    return with_claims(small_site(tmp_path), LEDGER, monkeypatch)


def with_claims(context: SiteContext, claims: list[Judged], monkeypatch: pytest.MonkeyPatch) -> SiteContext:
    """The site with these claims, judged already, and their tally on its front page."""
    (context.content / "claims.toml").touch()
    (context.content / "claims.md").write_text(PAGE)
    tally = "## The ledger {#the-ledger}\n\n![](tally)\n\n## Findings"
    (context.content / "en/index.md").write_text(INDEX.replace("## Findings", tally))
    monkeypatch.setattr(site_context, "judged", lambda content, facts, kind, store: claims)
    return context


def of_verdicts(**counts: int) -> list[Judged]:
    """Claims by verdict: holds, part, not_, elsewhere, untested."""
    keys = dict(zip(("holds", "part", "not_", "elsewhere", "untested"), VERDICTS, strict=True))
    given = [keys[key] for key, count in counts.items() for _ in range(count)]
    return [replace(CLAIM, id=f"c{at}", verdict=verdict) for at, verdict in enumerate(given)]


def page_of(context: SiteContext, name: str) -> str:
    return render_site(context)[name].decode()


class TestWords:
    @pytest.mark.parametrize(
        ("counts", "subject", "outcome", "headline"),
        [
            (
                {"holds": 6, "part": 13, "not_": 1, "elsewhere": 2, "untested": 4},
                "26 claims",
                "six hold, 13 hold in part, one does not hold, two come from elsewhere and four cannot be tested here",
                "Of 26 claims, six hold and one does not",
            ),
            ({"holds": 1}, "one claim", "one holds", "Of one claim, one holds"),
            ({"untested": 26}, "26 claims", "26 cannot be tested here", "Of 26 claims, none holds without reservation"),
            (
                {"part": 1, "not_": 2},
                "three claims",
                "one holds in part and two do not hold",
                "Of three claims, none holds and two do not",
            ),
            (
                {"holds": 1, "elsewhere": 1},
                "two claims",
                "one holds and one comes from elsewhere",
                "Of two claims, one holds",
            ),
        ],
    )
    def test_they_fit_the_counts(self, counts: dict[str, int], subject: str, outcome: str, headline: str) -> None:
        ledger = Tally(of_verdicts(**counts))
        assert (ledger.subject, ledger.outcome, ledger.headline) == (subject, outcome, headline)

    def test_a_claim_of_both_counts_with_each(self) -> None:
        assert Tally(LEDGER).by_source == {"article": 3, "release": 2}
        assert Tally([CLAIM]).by_source == {"article": 1}


class TestLedger:
    def test_verdicts_stand_in_order_also_those_without_claims(self, context: SiteContext) -> None:
        page = page_of(context, "claims.html")
        titles = re.findall(r'<h2 class="section-title in-rail" id="[^"]+">([^<]+)</h2>', page)
        assert titles == [verdict.capitalize() for verdict in VERDICTS]
        assert "No claims.</span> The figure exists and is about something else." in page

    def test_an_entry_says_all_of_its_claim(self, context: SiteContext) -> None:
        entry = entry_of(page_of(context, "claims.html"), "peaks")
        for text in (CLAIM.words, CLAIM.test, CLAIM.threshold, CLAIM.observed, CLAIM.observed_of, CLAIM.why, "Holds"):
            assert text in entry
        assert "Article, 23 December 2025" in entry
        assert "#b-synthetic" in entry
        assert '<a href="duration.html">Do songs crowd at whole minutes?</a>' in entry
        assert '<a href="duration.html#histogram">Figure 1 of Duration</a>' in entry
        assert '<a class="claim-id" href="#peaks">' in entry

    def test_what_is_missing_is_not_made_up(self, context: SiteContext) -> None:
        entry = entry_of(page_of(context, "claims.html"), "loops")
        assert '<span class="big">—</span>' in entry
        assert 'class="tag"' not in entry
        assert ".html" not in entry

    def test_the_basis_of_what_was_observed(self, context: SiteContext) -> None:
        page = page_of(context, "claims.html")
        assert "#b-published" in entry_of(page, "both")
        assert "#b-external" in entry_of(page, "release")
        archive = page_of(replace(context, edition={**EDITION, "kind": "archive"}), "claims.html")
        assert "#b-computed" in entry_of(archive, "peaks")

    def test_of_what_two_said_the_month_is_given(self, context: SiteContext) -> None:
        assert "Article and announcement, December 2025" in entry_of(page_of(context, "claims.html"), "both")

    def test_an_illustration_says_that_it_decides_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown = replace(CLAIM, verdict="cannot be tested here", is_illustration=True)
        context = with_claims(small_site(tmp_path), [shown, replace(CLAIM, id="other")], monkeypatch)
        page = page_of(replace(context, edition={**EDITION, "kind": "selection"}), "claims.html")
        assert "decides nothing" in entry_of(page, "peaks")
        assert "decides nothing" not in entry_of(page, "other")

    def test_the_headline_is_the_title(self, context: SiteContext) -> None:
        page = page_of(context, "claims.html")
        assert '<h1 class="wide">Of four claims, one holds and one does not</h1>' in page
        assert '<p class="section-title in-rail">The ledger</p>' in page
        assert '<li aria-current="page">Claims</li>' in page

    def test_ids_are_there_once(self, context: SiteContext) -> None:
        for name in ("claims.html", "duration.html", "index.html"):
            counts = Counter(re.findall(r' id="([^"]+)"', page_of(context, name)))
            assert [found for found, count in counts.items() if count > 1] == []

    def test_sources_can_be_shown_alone(self, context: SiteContext) -> None:
        page = page_of(context, "claims.html")
        assert '<a href="#only-article">the article</a> 3, <a href="#only-release">the announcement</a> 2' in page
        assert page.count('class="from-article"') == 2
        assert page.count('class="from-both"') == page.count('class="from-release"') == 1

    def test_hostile_text_stays_text(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        fields = ("words", "test", "threshold", "observed", "observed_of", "why")
        context = with_claims(small_site(tmp_path), [replace(CLAIM, **dict.fromkeys(fields, HOSTILE))], monkeypatch)
        for name in ("claims.html", "duration.html"):
            page = page_of(context, name)
            assert "&lt;script&gt;" in page
            assert "<script" not in page
            assert "<em>bold" not in page


class TestElsewhere:
    def test_the_tally_has_a_square_a_claim(self, context: SiteContext) -> None:
        page = page_of(context, "index.html")
        assert 'Of <a href="claims.html">four claims</a>, one holds, one holds in part, one does not hold and' in page
        drawn = Counter(re.findall(r'<use href="#v-(\w+)"/>', page))
        assert drawn == {"holds": 1, "part": 1, "not": 1, "untested": 1}
        links = re.findall(r'<a href="(claims.html#[^"]+)"><b>(\d+)</b>', page)
        assert links[3] == ("claims.html#comes-from-elsewhere", "0")
        assert [count for _, count in links] == ["1", "1", "1", "0", "1"]

    def test_the_stamp_counts_the_claims(self, context: SiteContext) -> None:
        assert '<tr><th scope="row">Claims</th><td>4</td>' in page_of(context, "index.html")

    def test_a_finding_shows_its_claims_before_what_it_cannot_tell(self, context: SiteContext) -> None:
        page = page_of(context, "duration.html")
        assert page.count('<article class="claim"') == 3
        assert page.index('id="histogram"') < page.index('id="claims"') < page.index('id="what-this-cant-tell"')
        assert '<a href="claims.html#peaks">peaks</a>' in page
        assert '<a href="#histogram">Figure 1 of Duration</a>' in page
        assert 'href="claims.html#loops"' not in page

    def test_a_page_without_that_section_ends_with_its_claims(self) -> None:
        own, other = Section(Heading("Claims", "claims")), Section(Heading("Definitions", "definitions"))
        sections = [Section(), other]
        insert_before(sections, "what-this-cant-tell", own)
        assert sections[1:] == [other, own]

    def test_the_menu_has_them_after_the_findings(self, context: SiteContext) -> None:
        for name, content in render_site(context).items():
            if name.endswith(".html") and "/" not in name:
                menu = re.findall(r">(\w+)</a>", content.decode().partition("</nav>")[0].partition("<nav")[2])
                assert menu[:2] == ["Findings", "Claims"]

    def test_the_data(self, context: SiteContext) -> None:
        data = json.loads(render_site(context)["data/claims.json"])
        assert data["counts"] == dict(zip(VERDICTS, (1, 1, 1, 0, 1), strict=True))
        assert data["claims"] == [asdict(claim) for claim in LEDGER]
        assert (data["edition"]["name"], data["edition"]["kind"]) == ("sample", "synthetic")

    def test_links_lead_somewhere(self, context: SiteContext) -> None:
        files = render_site(context)
        for name in ("claims.html", "index.html", "duration.html"):
            for link in re.findall(r'href="(?!https:)([^"]+)"', files[name].decode()):
                target, _, anchor = link.partition("#")
                assert (target or name) in files
                assert not anchor or f'id="{anchor}"' in files[target or name].decode()


def test_a_site_without_claims_has_no_trace_of_them(tmp_path: Path) -> None:
    files = render_site(small_site(tmp_path))
    assert not {"claims.html", "data/claims.json"} & files.keys()
    for name, content in files.items():
        if name.endswith(".html"):
            assert not re.search(r"claim|#v-|tally", content.decode(), re.IGNORECASE), name


class TestMistakes:
    @pytest.mark.parametrize(
        ("field", "name", "hint"),
        [
            ("finding", "durations", "did you mean `duration`?"),
            ("figure", "duration/histogramm", "did you mean `duration/histogram`?"),
        ],
    )
    def test_a_claim_of_nothing_there_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, field: str, name: str, hint: str
    ) -> None:
        context = with_claims(small_site(tmp_path), [replace(CLAIM, **{field: name})], monkeypatch)
        with pytest.raises(ContentError) as error:
            render_site(context)
        assert f"claim `peaks` names the {field} `{name}`" in error.value.message
        assert (error.value.where, error.value.hint) == ("content/claims.toml", hint)


def entry_of(page: str, id: str) -> str:
    """The article of one claim."""
    return page.partition(f'<article class="row entry" id="{id}"')[2].partition("</article>")[0]
