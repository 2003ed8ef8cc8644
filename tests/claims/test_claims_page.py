"""Judged claims on the pages: the ledger, the squares, the front page's lists, the findings' own, the data."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from building import ROOT
from small_site import ADDRESS, EDITION, HOSTILE, small_site

from report.claims.ledger import UNTESTED, VERDICTS
from report.claims.tally import SQUARES, Tally
from report.claims.verdicts import Judged, Outcome
from report.core.errors import ContentError
from report.pages import context as site_context
from report.pages import written as by_language
from report.pages.context import SiteContext
from report.pages.layout import Section, insert_before
from report.pages.markup import Heading
from report.publication.outputs import render_site

# The words of the page, with a body of its own.
PAGE = f"---{(ROOT / 'content/en/claims.md').read_text(encoding='utf-8').split('---')[1]}---\n\nThe rule.\n"
INDEX = """---
nav: Findings
title: Liner Notes
subtitle: What tracks say.
cutoff: July 2025
said: What was claimed
---

A statement.

![](said)

![](duration/histogram)

## The ledger {#the-ledger}

![](board)

![](brief)

## Findings {#findings}

![](listing)
"""
CLAIM = Judged(
    id="peaks", words="Durations peak at whole minutes", source="post", date="2025-12-23", finding="duration",
    figure="duration/histogram", test="As many at each.", written="2026-11-22", known=["totals"], verdict="holds",
    reason="", observed="1.27", observed_of="at 3:00", basis="computed", is_illustration=False, why="It peaks.",
    quote="Пики.", english="Peaks.", brief="Yes.", links=["loader"], tests=[],
)  # fmt: skip


def own_test(claim: Judged) -> Judged:
    """The claim with its own test as all there is."""
    return replace(claim, tests=[Outcome(**{name: getattr(claim, name) for name in Outcome.__dataclass_fields__})])


def other(id: str, **changed: object) -> Judged:
    return own_test(replace(CLAIM, id=id, **changed))


PEAKS = own_test(CLAIM)
LOOPS = other("loops", finding="", figure="", verdict=UNTESTED, reason="never", observed="—", observed_of="", basis="",
              written="", known=[])  # fmt: skip
LEDGER = [
    PEAKS,
    other("both", source="both", verdict="holds in part", basis="published"),
    other("named", source="announcement", date="2025-12-20", verdict="does not hold", basis="external", quote="",
          english=""),
    LOOPS,
    replace(PEAKS, id="several", verdict="holds in part", tests=[*PEAKS.tests, *LOOPS.tests]),
    other("view", finding="", figure="", verdict=UNTESTED, reason="opinion", basis=""),
]  # fmt: skip


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteContext:
    return with_claims(small_site(tmp_path), LEDGER, monkeypatch)


def with_claims(context: SiteContext, claims: list[Judged], monkeypatch: pytest.MonkeyPatch) -> SiteContext:
    """The site with these claims, judged already, on a page and a front page by language."""
    words = context.content / "en"
    (context.content / "claims.toml").touch()
    site = context.content / "site.toml"
    site.write_text(re.sub(r"(?m)^said = .*", 'said = ["peaks"]', site.read_text(encoding="utf-8")))
    (words / "claims.md").write_text(PAGE, encoding="utf-8")
    (words / "index.md").write_text(INDEX, encoding="utf-8")
    context.settings.queries = context.content.parent / "queries"
    monkeypatch.setattr(site_context, "judged", lambda content, queries, facts, kind, store: claims)
    monkeypatch.setattr(by_language, "claim_problems", lambda book: ([], set()))
    return context


def page_of(context: SiteContext, name: str) -> str:
    return render_site(context)[name].decode()


def entry_of(page: str, id: str) -> str:
    """The article of one claim."""
    return page.partition(f'<article class="row entry" id="{id}"')[2].partition("</article>")[0]


class TestTally:
    def test_counts_are_by_square_and_leave_opinions_out(self) -> None:
        tally = Tally(LEDGER)
        assert [count.count for count in tally.counts] == [1, 2, 0, 1, 0, 0, 1]
        assert [count.mark for count in tally.counts] == list(SQUARES)
        assert [claim.id for claim in tally.opinions] == ["view"]

    def test_facts_are_of_all_and_of_each_text(self) -> None:
        facts = Tally(LEDGER).facts()
        assert (facts["claims"], facts["post_claims"], facts["announcement_claims"]) == (5, 4, 2)
        assert (facts["post_claims_part"], facts["announcement_claims_part"], facts["post_claims_never"]) == (2, 1, 1)
        assert facts["post_claims_elsewhere_or_open"] == 1


class TestLedger:
    def test_the_squares_stand_in_order_also_those_without_claims(self, context: SiteContext) -> None:
        page = page_of(context, "claims.html")
        assert page.count('<ul>\n<li><span class="verdict v-holds">Holds</span>') == 2
        marks = re.findall(r'<li><span class="verdict v-(\w+)">', page)
        assert marks == [*SQUARES, *SQUARES]
        assert "The figure exists and is about something else." in page

    def test_an_entry_says_all_of_its_claim(self, context: SiteContext) -> None:
        entry = entry_of(page_of(context, "claims.html"), "peaks")
        for text in (CLAIM.words, CLAIM.test, CLAIM.observed, CLAIM.observed_of, CLAIM.why, "Holds", "“Peaks.”"):
            assert text in entry
        assert '<p lang="ru">«Пики.»</p>' in entry
        assert "The post, December 2025" in entry
        assert "Test written on 22 November 2026; known then: Row counts." in entry
        assert f'<a href="{ADDRESS["url"]}" rel="noreferrer">A loader' in entry
        assert "#b-synthetic" in entry
        assert '<a href="duration.html">Do songs crowd at whole minutes?</a>' in entry
        assert '<a href="duration.html#histogram">Figure 1 of Duration</a>' in entry

    def test_each_claim_is_a_heading_with_its_address(self, context: SiteContext) -> None:
        page = page_of(context, "claims.html")
        found = re.findall(r'<h3 id="c-([\w-]+)"><a href="#([\w-]+)">', page)
        assert found == [(claim.id, claim.id) for claim in (*LEDGER[:2], *LEDGER[3:], LEDGER[2])]

    def test_a_claim_of_several_tests_shows_each(self, context: SiteContext) -> None:
        entry = entry_of(page_of(context, "claims.html"), "several")
        assert re.findall(r'<section class="part" id="([\w-]+)">', entry) == ["peaks", "loops"]
        assert re.findall(r'#v-(\w+)"', entry) == ["part", "holds", "never"]
        assert "Not in any metadata" in entry

    def test_what_is_missing_is_not_made_up(self, context: SiteContext) -> None:
        entry = entry_of(page_of(context, "claims.html"), "loops")
        assert "Observed" not in entry and "Test written" not in entry and 'class="tag"' not in entry
        assert ".html" not in entry
        assert "Cannot be tested here" in entry and "Not in any metadata" in entry

    def test_what_is_in_our_words_says_so(self, context: SiteContext) -> None:
        entry = entry_of(page_of(context, "claims.html"), "named")
        assert "20 December 2025; our words" in entry and "<blockquote>" not in entry

    def test_the_basis_of_what_was_observed(self, context: SiteContext) -> None:
        page = page_of(context, "claims.html")
        assert "#b-published" in entry_of(page, "both")
        assert "#b-external" in entry_of(page, "named")
        archive = page_of(replace(context, edition={**EDITION, "kind": "archive"}), "claims.html")
        assert "#b-computed" in entry_of(archive, "peaks")

    def test_an_illustration_says_that_it_decides_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shown = own_test(replace(CLAIM, verdict=UNTESTED, reason="archive", is_illustration=True))
        context = with_claims(small_site(tmp_path), [shown, other("other")], monkeypatch)
        page = page_of(replace(context, edition={**EDITION, "kind": "selection"}), "claims.html")
        assert "decides nothing.</small>" in entry_of(page, "peaks")
        assert "decides nothing.</small>" not in entry_of(page, "other")

    def test_the_headline_counts(self, context: SiteContext) -> None:
        page = page_of(context, "claims.html")
        title = "Of 4 claims of the post, one is about something else or cannot be tested"
        assert f'<h1 class="wide">{title}</h1>' in page
        assert '<li aria-current="page">Claims</li>' in page

    def test_ids_are_there_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        context = with_claims(small_site(tmp_path), [each for each in LEDGER if each.id != "several"], monkeypatch)
        for name in ("claims.html", "duration.html", "index.html"):
            counts = Counter(re.findall(r' id="([^"]+)"', page_of(context, name)))
            assert [found for found, count in counts.items() if count > 1] == []

    def test_hostile_text_stays_text(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        fields = ("words", "test", "observed", "observed_of", "why", "quote", "english", "brief")
        hostile = own_test(replace(CLAIM, **dict.fromkeys(fields, HOSTILE)))
        context = with_claims(small_site(tmp_path), [hostile], monkeypatch)
        for name in ("claims.html", "duration.html", "index.html"):
            page = page_of(context, name)
            assert "&lt;script&gt;" in page
            assert "<script" not in page
            assert "<em>bold" not in page


class TestElsewhere:
    def test_the_board_has_a_square_a_claim(self, context: SiteContext) -> None:
        page = page_of(context, "index.html").partition('id="the-ledger"')[2]
        boards = page.partition('class="boards full"')[2].partition('class="decided full"')[0]
        assert Counter(re.findall(r'<use href="#v-(\w+)"/>', boards)) == {"holds": 1, "part": 3, "not": 1, "never": 1}
        assert f'href="claims.html#peaks" title="{CLAIM.words}"' in boards

    def test_what_is_decided_is_large_and_the_rest_is_in_groups(self, context: SiteContext) -> None:
        page = page_of(context, "index.html").partition('class="decided full"')[2]
        decided, _, rest = page.partition("</ol>")
        assert re.findall(r'claims.html#([\w-]+)"', decided) == ["peaks", "both", "several", "named"]
        assert re.findall(r'claims.html#([\w-]+)"', rest.partition("</section>")[0]) == ["loops"]

    def test_the_front_page_opens_with_some(self, context: SiteContext) -> None:
        page = page_of(context, "index.html").partition('class="said"')[2].partition("</ul>")[0]
        assert 'href="claims.html#peaks"' in page and "Holds</span> Yes." in page

    def test_the_stamp_counts_the_claims(self, context: SiteContext) -> None:
        assert '<tr><th scope="row">Claims</th><td>6</td>' in page_of(context, "index.html")

    def test_a_finding_shows_its_claims_before_what_it_cannot_tell(self, context: SiteContext) -> None:
        page = page_of(context, "duration.html")
        assert page.count('<article class="claim"') == 4
        assert page.index('id="histogram"') < page.index('id="claims"') < page.index('id="what-this-cant-tell"')
        assert '<a href="claims.html#peaks">Claim peaks</a>' in page
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
        assert data["counts"] == dict(zip(VERDICTS, (1, 2, 0, 1, 0, 1), strict=True)) and data["opinions"] == 1
        assert data["claims"] == [asdict(claim) for claim in LEDGER]
        assert (data["edition"]["name"], data["edition"]["kind"]) == ("sample", "synthetic")

    def test_the_twins_have_every_claim(self, context: SiteContext) -> None:
        files = render_site(context)
        for name in ("claims.md", "duration.md"):
            assert "**Holds.** Test: As many at each. Observed: 1.27 at 3:00. It peaks." in files[name].decode()
        assert "[peaks](claims.html#peaks)" in files["index.md"].decode()

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
            assert not re.search(r"claim|#v-", content.decode(), re.IGNORECASE), name


class TestMistakes:
    @pytest.mark.parametrize(
        ("changed", "kind", "hint"),
        [
            ({"finding": "durations"}, "finding `durations`", "did you mean `duration`?"),
            ({"figure": "duration/histogramm"}, "figure `duration/histogramm`", "did you mean `duration/histogram`?"),
            ({"known": ["total"]}, "series `total`", "did you mean `totals`?"),
            ({"links": ["loaders"]}, "address `loaders`", "did you mean `loader`?"),
        ],
    )
    def test_a_claim_of_nothing_there_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: dict, kind: str, hint: str
    ) -> None:
        context = with_claims(small_site(tmp_path), [own_test(replace(CLAIM, **changed))], monkeypatch)
        with pytest.raises(ContentError) as error:
            render_site(context)
        assert f"claim `peaks` names the {kind}" in error.value.message
        assert (error.value.where, error.value.hint) == ("content/claims.toml", hint)
