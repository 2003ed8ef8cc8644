"""Conditions and phrases in content say what they may of facts, and nothing else."""

from __future__ import annotations

import re

import pytest
from building import ROOT

from report.claims.expressions import CHANCE, Expression, Phrase
from report.core.errors import ContentError, FactError
from report.core.facts import AllFacts
from report.core.limits import (
    FEWEST_AROUND_MINUTE,
    FEWEST_IN_GROUP,
    FEWEST_IN_YEAR,
    STANDARD_ERRORS,
    is_above,
    is_below,
)

FACTS = AllFacts({"tail": {"share": 0.7, "count": 3, "zero": 0, "genre": "opera", "is_even": True, "none": None}})


class TestConditions:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("tail.share > 0.5", True),
            ("0.65 <= tail.share <= 0.8", True),
            ("not tail.share > 0.5 or tail.count == 3", True),
            ("tail.share > 0.5 and tail.count != 3", False),
            ("-tail.count + 4 * 2 / (1 - 0.5) - 1 >= 12", True),
            ("tail.genre == 'opera'", True),
            ("tail.is_even", True),
            ("true", True),
            ("tail.none > 1", None),
            ("tail.share > 0.9 and tail.none > 1", None),
            ("tail.share / tail.zero > 1", None),
        ],
    )
    def test_what_they_say(self, text: str, expected: bool | None) -> None:
        assert Expression(text, "here").holds(FACTS) is expected

    @pytest.mark.parametrize(
        "text",
        [
            "", "tail.share >", "__import__('os')", "tail.share.real > 1", "tail.__class__", "_tail.share",
            "tail['share']", "open", "(lambda: 1)()", "2 ** 9 > 1", "tail.share in (1, 2)", "tail.share is 1",
            "1 if true else 2", "[x for x in tail]", "f'{tail.share}'", "(tail.share := 1)", "b'a' == 'a'", "None",
            "True", "1j > 0", "~1 > 0", "1 // 2 > 0", "1 % 2 > 0", "tail.share > 1; 1", "1" + "+1" * 400, "(" * 900,
        ],
    )  # fmt: skip
    def test_what_they_may_not_say(self, text: str) -> None:
        with pytest.raises(ContentError) as caught:
            Expression(text, "claims.toml [one]")
        assert caught.value.where == "claims.toml [one]"

    @pytest.mark.parametrize(
        "text",
        [
            "tail.share", "tail.genre > 1", "tail.count == 'opera'", "tail.is_even + 1 > 1", "not tail.share",
            "1 and true",
        ],
    )  # fmt: skip
    def test_what_does_not_go_together(self, text: str) -> None:
        with pytest.raises(ContentError, match=r"needs|neither"):
            Expression(text, "here").holds(FACTS)

    @pytest.mark.parametrize("text", ["tail.shared > 1", "tial.share > 1", "true or tail.shared > 1"])
    def test_an_unknown_name_is_an_error(self, text: str) -> None:
        with pytest.raises(FactError) as caught:
            Expression(text, "claims.toml [one]").holds(FACTS)
        assert caught.value.where == "claims.toml [one]"
        assert "did you mean" in caught.value.hint

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("{{ tail.share | percnt }}", "percnt"),
            ("{% if tail.share %}", "template syntax"),
            ("{{ tail.share", "template syntax"),
            ("{{ tail.genre | percent }}", "percent needs a number"),
            ("{{ tail.shared | percent }}", "`shared` is not a fact"),
            ("{{ share | percent }}", "`share` has no facts"),
            ("{{ tail.count / tail.zero }}", "cannot be evaluated"),
            ("{{ 'yes' if tail.none > 1 }}", "cannot be compared"),
        ],
    )
    def test_a_phrase_that_cannot_be_said(self, text: str, message: str) -> None:
        with pytest.raises(ContentError, match=re.escape(message)) as caught:
            Phrase(text, "claims.toml [one]").render(FACTS)
        assert caught.value.where == "claims.toml [one]"


ESTIMATES = AllFacts(
    {"far": {"above": 1.3, "above_standard_error": 0.05, "near": 1.15, "near_standard_error": 0.05,
             "below": 0.9, "below_standard_error": 0.05, "alone": 1.3, "alone_standard_error": None}}
)  # fmt: skip


class TestChance:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("far.above > 1.1", True),
            ("far.below > 1.1", False),
            ("far.near > 1.1", CHANCE),
            ("far.near < 1.1", CHANCE),
            ("not far.near > 1.1", CHANCE),
            ("1.1 < far.near < 5", CHANCE),
            ("1.1 < far.near < 0.5", False),
            # What decides a whole by itself does so, whatever the rest.
            ("far.near > 1.1 and far.below > 1.1", False),
            ("far.near > 1.1 and far.above > 1.1", CHANCE),
            ("far.near > 1.1 or far.above > 1.1", True),
            ("far.near > 1.1 or far.below > 1.1", CHANCE),
            # Two estimates: the error of the difference is 0.07.
            ("far.above > far.near", True),
            ("far.near > far.near", CHANCE),
            # Where nobody can say how far chance moves it, it tells nothing.
            ("far.alone > 1.1", CHANCE),
        ],
    )
    def test_a_condition_is_decided_beyond_two_standard_errors(self, text: str, expected: object) -> None:
        assert Expression(text, "here").holds(ESTIMATES) is expected

    @pytest.mark.parametrize(
        ("name", "above", "below"), [("above", True, False), ("near", False, False), ("below", False, True)]
    )
    def test_pages_ask_the_same(self, name: str, above: bool, below: bool) -> None:
        value = getattr(ESTIMATES["far"], name)
        assert (is_above(value, 1.1), is_below(value, 1.1)) == (above, below)
        assert not is_above(None, 1) and not is_below(None, 1)
        assert (is_below(-value, -1.1), is_above(-value, -1.1)) == (above, below)

    def test_the_words_of_pages_have_the_same_limits(self) -> None:
        phrases = (ROOT / "content/en/definitions.toml").read_text(encoding="utf-8")
        for number in (FEWEST_AROUND_MINUTE, FEWEST_IN_YEAR, FEWEST_IN_GROUP):
            assert f'"{number:,} tracks or more"' in phrases
        assert STANDARD_ERRORS == 2 and '"two standard errors"' in phrases
