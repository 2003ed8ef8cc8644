"""What a change of words took away: sentences that are said in fewer cases than before, or no longer; facts as well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from report.writing.page import FACT, WORDS, Choice, Line, Page

BETWEEN = re.compile(r"(?<=[.!?…])[’”\"»)*]* +(?=\S)")
# Of two sentences that are as alike as this one is taken for the other, changed.
ALIKE = 0.6


@dataclass(frozen=True)
class Saying:
    """A sentence where it stands, and what it hangs on: a set and one of its cases (or a fact), facts, lines before."""

    text: str
    where: str
    of: str
    case: str
    asserts: bool
    facts: frozenset[str]
    before: int

    def covers(self, other: Saying) -> bool:
        """Whether it is said wherever the other is."""
        is_case = not self.of or (self.of, self.case) == (other.of, other.case)
        return is_case and self.facts <= other.facts and self.asserts <= other.asserts and self.before <= other.before

    @property
    def hangs_on(self) -> str:
        """What it hangs on, in words."""
        case = f"[{self.of}: {self.case}]" if self.case else f"[{self.of}]" if self.of else ""
        facts = " and ".join(f"`{name}`" for name in sorted(self.facts))
        answer = "an archive" if self.asserts else ""
        return (
            ", ".join(filter(None, (case, facts, answer, "the line above it is not said" if self.before else "")))
            or "nothing"
        )


def lost(old: Page, new: Page) -> Iterator[str]:
    """What is now said in fewer cases, or no longer, a line each."""
    before, after = list(_sayings(old)), list(_sayings(new))
    texts = {saying.text for saying in after}
    fresh = texts - {saying.text for saying in before}
    told = set()
    for saying in before:
        now = [each for each in after if each.text == saying.text]
        if not now and (like := _like(saying.text, fresh)):
            now = [each for each in after if each.text == like]
        if saying.text in told or any(each.covers(saying) for each in now):
            continue
        told.add(saying.text)
        if now:
            case = f" where it hung on {saying.hangs_on}" if saying.hangs_on != "nothing" else ""
            yield f"{now[0].where}: now hangs on {now[0].hangs_on}, and was said{case or ' always'}: “{saying.text}”"
        else:
            yield f"{new.name}: is no longer said: “{saying.text}”"
    gone = {name for each in before for name in each.facts} - {name for each in after for name in each.facts}
    for name in sorted(gone):
        yield f"{new.name}: the fact `{name}` is no longer used"


def _sayings(page: Page) -> Iterator[Saying]:
    for _, choice in page.choices():
        yield from _of_choice(choice)


def _of_choice(choice: Choice) -> Iterator[Saying]:
    for at, line in enumerate(choice):
        of = line.of
        # Another case of the same set stands in nobody's way.
        before = len([other for other in choice[:at] if not (line.cases and other.of == of)])
        for text in _sentences(line):
            for case in line.cases or ("",):
                yield Saying(text, line.where, of, case, line.asserts, _facts(line), before)


def _sentences(line: Line) -> Sequence[str]:
    facts: list[str] = []

    def keep(found: re.Match) -> str:
        facts.append(" ".join(found[0].split()))
        return f"\ue000{len(facts) - 1}\ue001"

    parts = BETWEEN.split(FACT.sub(keep, line.text))
    return [re.sub("\ue000(\\d+)\ue001", lambda found: facts[int(found[1])], part) for part in parts]


def _facts(line: Line) -> frozenset[str]:
    return frozenset(name for name, _ in line.facts if name not in WORDS)


def _like(text: str, fresh: set[str]) -> str | None:
    found = max(fresh, key=lambda each: SequenceMatcher(None, text, each).ratio(), default="")
    return found if found and SequenceMatcher(None, text, found).ratio() >= ALIKE else None
