"""The ledger's file: what can be read of it, and what is named where it cannot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from report.claims.verdicts import VERDICTS, judged, read_claims
from report.core.errors import ContentError, FactError
from report.core.facts import AllFacts
from report.core.kinds import KINDS

HOLDS, _, _, _, UNTESTED = VERDICTS
FACTS = AllFacts({"tail": {"share": 0.7, "count": 3, "genre": "opera"}})
NOTES = """[notes]
archive = "A."
selection = "B."
synthetic = "C."
published = "G."
beside = "D {{ observed }} {{ of }}."
chance = "F."
waiting = "E."
"""
WORDS = """[[claim]]
id = "one"
words = "It is so."
source = "article"
date = 2025-12-23
finding = "tail"
figure = ""
test = "A share above one half."
threshold = "> 50%"
"""
COUNTED = """waiting = "Nobody knows."
[claim.computed]
holds = "tail.share > 0.5"
value = "tail.share"
format = "percent"
of = "of <tracks>"
when_holds = "{{ tail.genre }} & more."
when_not = "No."
"""


def ledger(folder: Path, text: str) -> Path:
    path = folder / "claims.toml"
    path.write_text(text, encoding="utf-8")
    return path


class TestReading:
    def test_a_small_ledger(self, tmp_path: Path) -> None:
        ledger(tmp_path, NOTES + WORDS + COUNTED)
        (found,) = judged(tmp_path, FACTS, "archive")
        assert (found.verdict, found.observed, found.observed_of, found.why) == (
            HOLDS, "70.0%", "of <tracks>", "opera & more.",
        )  # fmt: skip
        (found,) = judged(tmp_path, FACTS, "selection")
        assert (found.verdict, found.observed, found.is_illustration, found.why) == (
            UNTESTED, "70.0%", True, "Nobody knows. B.",
        )  # fmt: skip
        (found,) = judged(tmp_path, FACTS, "synthetic")
        assert (found.observed, found.is_illustration, found.why) == ("—", False, "Nobody knows. C.")

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ("[notes]", "[notes", "this is not TOML"),
            ("[notes]", "[remarks]", "`remarks` is not a key"),
            ('selection = "B."', "", "`selection` is missing"),
            ("[[claim]]", "[claim]", "there are no claims"),
            ('threshold = "> 50%"', 'treshold = "> 50%"', "`treshold` is not a key"),
            ('words = "It is so."', "", "`words` is missing"),
            ('words = "It is so."', 'words = ""', "`words` is not a text"),
            ('source = "article"', 'source = "rumour"', "`rumour` is not a source"),
            ("2025-12-23", '"in December"', "`in December` is not a date"),
            ('waiting = "Nobody knows."', "", "what decides this claim is not clear"),
            ('waiting = "Nobody knows."', 'untestable = "No."', "what decides this claim is not clear"),
            ("[claim.computed]", "[claim.outside]\nof = 'x'\n[claim.computed]", "`outside` is for what"),
            ('holds = "tail.share > 0.5"', "", "there is no condition"),
            ('holds = "tail.share > 0.5"', 'holds = "exit()"', "`exit()` is not allowed"),
            ('holds = "tail.share > 0.5"', "holds = 0.5", "`holds` is not a text"),
            ('when_not = "No."', "", "`when_not` is missing"),
            ('when_not = "No."', 'when_not = "No."\nwhen_in_part = "Well."', "`when_in_part` is never said"),
            ('format = "percent"', 'format = "percents"', "there is no filter `percents`"),
            ('format = "percent"', 'format = "counted"', "the filter `counted` needs words as well"),
            ('format = "percent"', 'format = "form"', "the filter `form` needs words as well"),
            ('format = "percent"', "", "`value` and `format` go together"),
            ('format = "percent"', 'format = "percent"\ndigits = 9', "`digits` is a whole number"),
            ('format = "percent"', 'format = "count"\ndigits = 1', "`digits` is nothing that"),
            ("{{ tail.genre }}", "{{ tail.genre | prcent }}", "template syntax"),
        ],
    )
    def test_a_mistake_is_named_with_its_place(self, tmp_path: Path, old: str, new: str, message: str) -> None:
        text = NOTES + WORDS + COUNTED
        assert old in text
        path = ledger(tmp_path, text.replace(old, new))
        with pytest.raises(ContentError, match=re.escape(message)) as caught:
            read_claims(path)
        assert str(path) in caught.value.where

    @pytest.mark.parametrize(
        ("old", "new"), [("tail.share > 0.5", "tail.shared > 0.5"), ("{{ tail.genre }}", "{{ tail.genres }}"),
                         ('"No."', '"{{ tail.shares }}"'), ('value = "tail.share"', 'value = "tail.sharing"')]
    )  # fmt: skip
    @pytest.mark.parametrize("kind", KINDS)
    def test_an_unknown_fact_is_an_error_in_every_edition(self, tmp_path: Path, kind: str, old: str, new: str) -> None:
        path = ledger(tmp_path, (NOTES + WORDS + COUNTED).replace(old, new))
        with pytest.raises(FactError) as caught:
            judged(tmp_path, FACTS, kind)
        assert caught.value.where == f"{path} [one]"

    def test_a_value_that_its_filter_cannot_print(self, tmp_path: Path) -> None:
        path = ledger(tmp_path, NOTES + WORDS + COUNTED.replace('value = "tail.share"', 'value = "tail.count"'))
        with pytest.raises(ContentError, match="percent needs a fraction") as caught:
            judged(tmp_path, FACTS, "archive")
        assert caught.value.where.startswith(f"{path} [one]")

    def test_twice_the_same_claim(self, tmp_path: Path) -> None:
        path = ledger(tmp_path, NOTES + (WORDS + COUNTED) * 2)
        with pytest.raises(ContentError, match="`one` is there twice"):
            read_claims(path)

    def test_no_ledger(self, tmp_path: Path) -> None:
        with pytest.raises(ContentError, match="is missing"):
            read_claims(tmp_path / "claims.toml")
