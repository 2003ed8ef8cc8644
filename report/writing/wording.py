"""Words that state a number or a comparison, by the lists of a language: what a line may not say by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from babel.dates import get_month_names

from report.writing.formats import Language
from report.writing.page import FACT, REFERENCE

# Stands for what may be said: no letter, no digit, no space.
FILLER = "\ufffc"
# Targets of links, code, entities, anchors, notes.
SILENT = re.compile(r"(?<=\])\([^)\s]*\)|`[^`]*`|&#?\w+;|\{#[\w-]+\}|\[\^\w+\]")
YEAR = re.compile(r"(?<![\w.,:–−-])(?:19|20)\d\ds?(?:[–/]\d\d(?:\d\d)?)?(?![\w%‰]|[.,:]\d)")
NUMBER = re.compile(r"(?<!\w)[\d\u00b2\u00b3\u00b9\u00bc-\u00be\u2150-\u215e](?:[\d.,:/\u00a0]*\d)?(?:[\u00a0 ]?%)?")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


@dataclass(frozen=True)
class Found:
    """A number or a comparing word as it was typed; `value` is the number."""

    typed: str
    value: float | None = None


class Wording:
    """The numbers and comparisons of one language."""

    def __init__(self, language: Language) -> None:
        self._language, self._words = language, language.words
        self._values = {word: _value(number) for number, words in self._words["number_words"].items() for word in words}
        self._entries: dict[str, str | None] = {}

    def masked(self, text: str, phrases: Iterable[str] = ()) -> tuple[str, set[str]]:
        """A line without its facts and all that may be said, and those of the phrases that are in it."""
        text = SILENT.sub(FILLER, REFERENCE.sub(FILLER, FACT.sub(FILLER, text)))
        used, lowered = set(), text.lower()
        for phrase, first in _longest_first(tuple(phrases)):
            if first in lowered:
                text, times = _whole(phrase).subn(FILLER, text)
                used |= {phrase} if times else set()
        for phrase in self._words.get("no_numbers", ()):
            text = _whole(phrase).sub(FILLER, text)
        return YEAR.sub(FILLER, self._dates.sub(FILLER, text)), used

    def numbers(self, text: str) -> Iterator[Found]:
        """Digits and number words in a text that is masked."""
        for found in NUMBER.finditer(text):
            yield Found(found[0], self._plain(found[0]))
        for found in WORD.finditer(text):
            word = found[0].lower()
            parts = [word, *(part for part in re.split(r"[-’']", word) if part != word)]
            for part in parts:
                if part in self._values:
                    yield Found(found[0], self._values[part])
                    break

    def comparisons(self, text: str) -> Iterator[Found]:
        """Comparing words in a text that is masked; not in what only asks (“whether …”, a question)."""
        for phrase in self._words.get("no_comparisons", ()):
            text = _whole(phrase).sub(FILLER, text)
        for word in self._words.get("asking", ()):
            text = re.sub(rf"\b{word}\b[^.;:?!]*", FILLER, text, flags=re.IGNORECASE)
        text = re.sub(r"[^.;:?!]*\?", FILLER, text)
        for entry in (entry for entry in self._words["comparing"] if " " in entry):
            yield from (Found(found[0]) for found in _whole(entry).finditer(text))
        for found in WORD.finditer(text):
            if self.entry(found[0]):
                yield Found(found[0])

    def entry(self, word: str) -> str | None:
        """The entry of the language's list of comparing words that a word is."""
        lowered = word.lower()
        if lowered not in self._entries:
            self._entries[lowered] = next((each for each in self._words["comparing"] if _is(lowered, each)), None)
        return self._entries[lowered]

    @cached_property
    def _dates(self) -> re.Pattern:
        names = {
            name
            for form in ("format", "stand-alone")
            for name in get_month_names("wide", form, self._language.locale).values()
        }
        months = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
        return re.compile(
            rf"(?:\b\d{{1,2}}\.? )?\b(?:{months})\b(?: (?:19|20)\d\d)?|\b(?:19|20)\d\d-\d\d-\d\d\b", re.IGNORECASE
        )

    def _plain(self, typed: str) -> float | None:
        text = re.sub("[\u00a0 ]", "", typed)
        group, decimal = self._language.group_sign, self._language.decimal_sign
        text = text.replace(group, "") if group != "\u00a0" else text
        text = text.replace(decimal, ".")
        try:
            return float(text.removesuffix("%")) / (100 if text.endswith("%") else 1)
        except ValueError:
            return None


@cache
def _longest_first(phrases: tuple[str, ...]) -> list[tuple[str, str]]:
    """Phrases with their first words in small letters."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return [(phrase, phrase.split()[0].lower()) for phrase in ordered]


@cache
def _whole(phrase: str) -> re.Pattern:
    """Where a phrase stands whole: “below 10” is not in “below 10.5”, “below 10%”."""
    words = r"[\s\u00a0]+".join(re.escape(word) for word in phrase.split())
    before = r"(?<![\w.,:–−$€£-])" if phrase[0].isdigit() else r"(?<!\w)"
    return re.compile(rf"{before}{words}(?!\w|[\u00a0 ]?%|[.,:–/]\d)", re.IGNORECASE)


def _is(word: str, entry: str) -> bool:
    return word == entry or (entry.endswith("*") and word.startswith(entry[:-1]))


def _value(number: str) -> float:
    over, _, under = number.partition("/")
    return float(over) / float(under or 1)
