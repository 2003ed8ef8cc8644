"""Conditions and phrases in content say what they may of facts, and nothing else."""

from __future__ import annotations

import re

import pytest

from report.claims.expressions import Expression, Phrase
from report.errors import ContentError, FactError
from report.facts import AllFacts

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
