"""The ledger's files: what can be read of them, and what is named where it cannot."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from building import ROOT

from report.claims.ledger import HOLDS, IN_PART, OPEN, UNTESTED, read_claims
from report.claims.verdicts import judged
from report.core.errors import ContentError
from report.core.facts import AllFacts
from report.writing.book import SITE, Book

FACTS = {"tail": {"share": 0.7, "count": 3, "genre": "opera <b>", "published_share": 0.6}}
TOML = """[one]
source = "post"
date = 2025-12-23
finding = "tail"
written = 2026-11-22
known = ["totals"]
[one.computed]
holds = "share > 0.5"
not = "share <= 0.5"

[other]
of = "one"
otherwise = "never"
"""
WORDS = """## one
title: It is so
quote: Это так.
english: It is so.
test: The share is above one half.
observed:
  {{ share | percent }} of <tracks>
why:
  [computed: holds] {{ genre | text }} and more.
  [computed: not] Fewer than that.
  ~ Nobody knows.

## other
title: It is good
test: No measure.
why: No field says so.
"""
PAGE = """---
nav: Claims
title: Claims
summary: What was said.
open:
  [edition: archive] A.
  [edition: selection] B.
  [edition: synthetic] C.
beside: D {{ observed | text }} {{ observed_of | text }}.
chance: F.
---

The rule.
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Content that is a small ledger in one language."""
    folder = tmp_path / "content"
    (folder / "en/claims").mkdir(parents=True)
    for name in ("language.toml", "labels.toml"):
        shutil.copy(ROOT / "content/en" / name, folder / "en" / name)
    (folder / "claims.toml").write_text(TOML, encoding="utf-8")
    (folder / "en/claims.md").write_text(PAGE, encoding="utf-8")
    (folder / "en/claims/post.md").write_text(WORDS, encoding="utf-8")
    return folder


def judged_in(content: Path, kind: str, facts: dict = FACTS):
    return judged(content, content.parent / "queries", AllFacts(facts), kind)


class TestReading:
    def test_a_small_ledger(self, content: Path) -> None:
        (found,) = judged_in(content, "archive")
        assert (found.verdict, found.observed, found.observed_of) == (IN_PART, "70.0%", "of <tracks>")
        one, other = found.tests
        assert (one.verdict, one.why, one.basis, one.known) == (HOLDS, "opera <b> and more.", "computed", ["totals"])
        assert (other.verdict, other.reason, other.finding) == (UNTESTED, "never", "tail")
        (found,) = judged_in(content, "selection")
        assert (found.verdict, found.observed, found.is_illustration) == (UNTESTED, "70.0%", True)
        assert found.tests[0].why == "Nobody knows. B."
        (found,) = judged_in(content, "synthetic")
        assert (found.observed, found.is_illustration, found.tests[0].why) == ("—", False, "Nobody knows. C.")

    def test_a_part_of_the_archive_agrees_and_decides_nothing(self, content: Path) -> None:
        subset = '[one.subset]\nopen = "published_share > 0.5"\nother = "published_share <= 0.5"\n'
        (content / "claims.toml").write_text(TOML.replace("[other]", f"{subset}\n[other]"), encoding="utf-8")
        path = content / "en/claims/post.md"
        path.write_text(WORDS.replace("  ~ Nobody", "  ~ [subset: open] It fits.\n  ~ Nobody"), encoding="utf-8")
        facts = {"tail": {**FACTS["tail"], "share": None}}
        assert judged_in(content, "published", facts)[0].verdict == OPEN
        assert judged_in(content, "archive", facts)[0].verdict == UNTESTED

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("[one]", "[one", "this is not TOML"),
            ('source = "post"', 'source = "rumour"', "`rumour` is not a source"),
            ('source = "post"', "", "`source` is missing"),
            ("2025-12-23", '"in December"', "`in December` is not a date"),
            ('finding = "tail"', 'finding = "tale"', "`tale` has no facts"),
            ("[one.computed]", "[one.counted]", "`counted` is not a key"),
            ("[one]", "[tail]", "`tail` is the name of a finding"),
            ('holds = "share > 0.5"\nnot = "share <= 0.5"', 'yes = "share > 0.5"', "no case of `computed` gives"),
            ('of = "one"', 'of = "on"', "`on` is no claim"),
            ('otherwise = "never"', 'otherwise = "soon"', "`soon` is not known"),
            ("[other]", "[others]", "`others` has no words"),
        ],
    )
    def test_a_mistake_is_named_with_its_place(self, content: Path, old: str, new: str, message: str) -> None:
        assert old in TOML
        (content / "claims.toml").write_text(TOML.replace(old, new), encoding="utf-8")
        with pytest.raises(ContentError, match=re.escape(message)) as caught:
            judged_in(content, "archive")
        assert str(caught.value.where).startswith("content/claims.toml")

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("title: It is so", "tittle: It is so", "`one` has no `title`"),
            ("test: No measure.\n", "", "`other` has no `test`"),
            ("  [computed: not] Fewer than that.\n", "", "says nothing for not of `computed`"),
            ("[computed: not]", "[computed: no]", "`no` is no case of `computed`"),
            ("{{ share | percent }}", "{{ shar | percent }}", "`shar` is not a fact of `one`"),
            ("{{ share | percent }}", "{{ share | percnt }}", "there is no filter `percnt`"),
            ("{{ genre | text }}", "{{ genre | percent }}", "this filter needs a number"),
            ("{{ share | percent }}", "70.1%", "“70.1%” is typed"),
            ("Nobody knows.", "Nobody knows", "ends no sentence"),
            ("## other", "## another", "`other` has no words"),
        ],
    )
    def test_a_slip_in_the_words_is_told(self, content: Path, old: str, new: str, message: str) -> None:
        assert old in WORDS
        (content / "en/claims/post.md").write_text(WORDS.replace(old, new), encoding="utf-8")
        with pytest.raises(ContentError) as caught:
            judged_in(content, "archive")
        told = [caught.value.message, *caught.value.excerpt]
        assert any(message in each for each in told), told

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("share <= 0.5", "share < 0.5", "no case holds"),
            ("share <= 0.5", "share <= 0.6", "overlap"),
            ("share <= 0.5", "shares <= 0.5", "`shares` is not a fact"),
        ],
    )
    def test_conditions_exclude_each_other_and_leave_nothing_out(
        self, content: Path, old: str, new: str, message: str
    ) -> None:
        (content / "claims.toml").write_text(TOML.replace(old, new), encoding="utf-8")
        with pytest.raises(ContentError, match=re.escape(message)):
            judged_in(content, "archive")

    def test_figures_of_what_was_said_may_be_named(self, content: Path) -> None:
        path = content / "en/claims/post.md"
        path.write_text(WORDS.replace("title: It is so", "title: It is 73% so"), encoding="utf-8")
        judged_in(content, "archive")
        path.write_text(path.read_text().replace("Nobody knows.", "Nobody knows of the 73%."), encoding="utf-8")
        judged_in(content, "archive")
        path.write_text(path.read_text().replace("of the 73%", "of the 74%"), encoding="utf-8")
        with pytest.raises(ContentError, match="“74%” is typed"):
            judged_in(content, "archive")

    def test_twice_the_same_words(self, content: Path) -> None:
        shutil.copy(content / "en/claims/post.md", content / "en/claims/second.md")
        with pytest.raises(ContentError, match="the words of `one` are there twice"):
            judged_in(content, "archive")

    def test_no_ledger(self, content: Path) -> None:
        (content / "claims.toml").unlink()
        with pytest.raises(ContentError, match="is missing"):
            read_claims(Book(content, content.parent / "queries", "en", {**FACTS, SITE: {}}))
