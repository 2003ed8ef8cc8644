"""Words that state a quantity or a comparison, found in plain text: what prose may not say without a fact.

A *figure* is any digit, or a number word that counts or measures. Years and dates, numbered references and names with
digits are none. What is plain and what is not, tests/prose/test_wording.py shows by example.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from report.core.numbers import MONTHS

# Stands for what may be said: no letter, no digit, no space.
FILLER = "\ufffc"
A_MONTH = "|".join(MONTHS)
YEAR = r"(?:19|20)\d\d"
# After one of these, or before one of those, four digits are a count and no year.
COUNTED = (
    r"tracks?|songs?|albums?|artists?|recordings?|releases?|singles?|genres?|markets?|countries|labels?|playlists?|"
    r"files?|names?|rows?|items?|followers?|listeners?|streams?|plays?|seconds?|minutes?|hours?|days?|weeks?|months?|"
    r"years|times|points?|percentage|per\s+cent|percent|BPM|beats|copies|distinct|different|people|million|billion|"
    r"thousand|hundred"
)
ABOUT = r"(?:about|around|roughly|approximately|some|nearly|almost|over|only|just|exactly|of\s+the|all|these|those)\s+"
ONES = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen"
)
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
LARGE = "hundreds?|thousands?|millions?|billions?|trillions?|dozens?|zero"
# “First” and “second” order what is said; a second is a unit of time, too.
PARTS = (
    "half|halves|halved|halving|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?|elevenths?|"
    "twelfths?|(?:thir|four|fif|six|seven|eigh|nine)teenths?|(?:twent|thirt|fort|fift|sixt|sevent|eight|ninet)ieths?|"
    "hundredths?|thousandths?|millionths?"
)
TIMES = "twice|thrice|doubles?|doubled|doubling|triples?|tripled|tripling|trebled?|quadruples?|quadrupled"
NUMBER = "|".join([ONES, TENS, LARGE, PARTS])
FOLD = "|".join([ONES, TENS, "hundred|thousand|many"])
RANKED = r"\w+est|most|least|place|rank"
WORDS = re.compile(
    rf"\b(?:{NUMBER}|{TIMES}|(?:{FOLD})-?fold|a\s+couple\s+of"
    # “One” is a figure where it counts, and none in “one of them”, “no one”, “one by one”.
    rf"|(?:only|just|exactly|about|all\s+but|at\s+least|at\s+most|(?:more|less|fewer)\s+than)\s+one"
    rf"|one(?=[\s-]+(?:{NUMBER}|per\s+cent|percent|percentage)\b)"
    rf"|(?:first|second)(?=[\s-]+(?:{RANKED})\b)"
    rf")\b",
    re.IGNORECASE,
)
DIGITS = re.compile(r"[\d\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209c\u2150-\u218b\u2460-\u249b][\d.,:/–−-]*%?")

# Not figures: dates and years …
DATES = re.compile(
    rf"\b{YEAR}-\d\d-\d\d\b|\b(?:\d{{1,2}}\s+)?(?:{A_MONTH})(?:\s+(?:\d{{1,2}},\s+)?{YEAR}|\s+\d{{1,2}}(?!\d|[.,:]\d))?\b"
    rf"|\b\d{{1,2}}\s+(?:{A_MONTH})\b"
)
YEARS = re.compile(
    rf"(?<![\d.,:$€£])(?<!\d[–−-])\b{YEAR}s?(?:[–/]\d\d(?:\d\d)?\b)?(?![\d%‰]|[.,:–-]\d|\s*(?:{COUNTED})\b)",
    re.IGNORECASE,
)
NOT_YEARS = re.compile(rf"\b{ABOUT}$", re.IGNORECASE)
# … numbered references, names with digits, and the numbers of a list.
REFERENCES = re.compile(
    r"\b(?:Figures?|Tables?|Chapters?|Sections?|Notes?)\s+\d+(?:(?:,\s*|\s+and\s+|\s+to\s+|–)\d+)*(?![\d%.,]*\d|%)"
    rf"|\b[A-Za-z]+\d+[A-Za-z]?\b(?!%)|\b\d+D\b|\b(?:SHA|UTF|ISO)-\d+\b|\bthird[\s-]part(?:y|ies)\b"
    rf"|\b(?:the|these|those)\s+two\b(?![\s-]+(?:{NUMBER}|in|out)\b)",
    re.IGNORECASE,
)
LISTED = re.compile(r"(?:^|\n)(?:[ \t]*\n)?[ \t]{0,3}\d{1,2}\.(?=\s)")
# Markup: comments, code, the target of a link, tags without what they show.
MARKUP = re.compile(
    r"<!--.*?-->|```.*?```|`[^`\n]*`|(?<=\])\([^()\s]*\)|(?<=\])\[[^\]]*\]|^\[[^\]]+\]:\s*\S+|<https?:[^>]*>|\bhttps?://\S+"
    r"|</?\w+(?:\s+(?!alt|title|summary|aria-label)[\w-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>]*))?)*\s*/?>|&[a-z]+;",
    re.DOTALL | re.MULTILINE,
)
ENTITY = re.compile(r"&#?\w+;")

QUESTION = re.compile(r"\bwhether\b[^.;:?!]*|[^.;:?!]*\?", re.IGNORECASE)
VALUES = {
    **{word: number for number, word in enumerate(ONES.split("|"), 2)},
    **{word: 10 * number for number, word in enumerate(TENS.split("|"), 2)},
    **{
        "zero": 0,
        "half": 1 / 2,
        "halved": 1 / 2,
        "third": 1 / 3,
        "quarter": 1 / 4,
        "twice": 2,
        "double": 2,
        "doubled": 2,
    },
}

COMPARING = re.compile(
    # “How many”, “times as many as” and “or more” compare nothing that a fact or a definition beside them does not.
    r"\b(?:(?<!or )(?:more|less|later|older|longer|earlier|higher)|most(?:ly)?|fewer|fewest|(?<!at )least|"
    r"majority|minority|main(?:ly)?|chief(?:ly)?|predominant(?:ly)?|ris(?:es?|ing|en)|rose|f(?:alls?|ell|allen|alling)|"
    r"gr(?:ows?|ew|own|owing|owth)|shr(?:inks?|ank|unk|inking)|(?:in|de)creas(?:es?|ed|ing)|declin(?:es?|ed|ing)|"
    r"drop(?:s|ped|ping)|climb(?:s|ed|ing)|surg(?:es?|ed|ing)|soar(?:s|ed|ing)|plung(?:es?|ed|ing)|jump(?:s|ed)|"
    r"dominat(?:es?|ed|ing|ion)|crowds?|crowded|crowding|exceed(?:s|ed|ing)?|outnumber(?:s|ed)?|overtak(?:es?|en)|"
    r"concentrated|explod(?:es?|ed|ing)|converg(?:es?|ed|ing)|diverg(?:es?|ed|ing)|flood(?:s|ed)|vanish(?:es|ed)?|"
    r"(?:low|short|larg|great|small|bigg|few|young|new|loud|quiet|fast|slow|strong|weak|rar|wid|narrow|clos|happi|sadd)er|"
    r"(?:high|low|long|short|larg|great|small|bigg|few|old|young|loud|quiet|fast|slow|strong|weak|rar|wid|narrow|clos)est|"
    r"latest|earliest|newest|better|best|worse|worst|nearly|almost|hardly|barely|scarcely|alike|equal(?:ly)?|unequal(?:ly)?|"
    r"evenly|identical|unchanged|(?:is|are|stays?|remains?|about|much|roughly)\s+the\s+same|always|rarely|seldom|often|"
    r"usually|commonly|commonest|above|below|beyond|no\s+longer|far\s+from|(?<!how )(?<!as )(?:many|much)|little|"
    r"peaks?|peaked|stands?\s+out|tops|leads?(?! here)|comes?\s+(?:first|second|last)|twice|doubl(?:es?|ed|ing)|"
    r"halv(?:es?|ed|ing)|half|tripled?|temporary|homogen\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Found:
    """Words at a place of a text: `words` as they stand there, with what is beside them."""

    at: int
    words: str
    figure: str


def masked(text: str, phrases: Iterable[str] = ()) -> tuple[str, set[str]]:
    """The text with all that may be said filled in, of the same length, and those of the phrases that are in it."""
    text = ENTITY.sub(lambda entity: html.unescape(entity[0]).ljust(len(entity[0]), FILLER), text)
    text = MARKUP.sub(_fill, text)
    used, lowered = set(), text.lower()
    # Most phrases are in no text; looking for their first word is quicker than making a pattern of each.
    likely = [phrase for phrase in phrases if phrase.split()[0].lower() in lowered]
    for phrase in sorted(likely, key=lambda phrase: (-len(phrase), phrase)):
        text, times = pattern(phrase).subn(_fill, text)
        if times:
            used.add(phrase)
    for allowed in (REFERENCES, DATES, LISTED):
        text = allowed.sub(_fill, text)
    return YEARS.sub(lambda year: year[0] if NOT_YEARS.search(text, 0, year.start()) else _fill(year), text), used


@cache
def pattern(phrase: str) -> re.Pattern:
    """Where a phrase stands whole: “below 10” is not in “below 10.5”, “below 10%” or “below 10 million”."""
    words = r"\s+".join(re.escape(word) for word in phrase.split())
    after = rf"(?!\w|%|[.,:–/]\d|\s*(?:per\s+cent|percent|percentage|{LARGE})\b)"
    before = r"(?<![\w.,:–−$€£-])" if phrase[0].isdigit() else r"(?<!\w)"
    return re.compile(f"{before}{words}{after}", re.IGNORECASE)


def figures(text: str) -> Iterator[Found]:
    """Figures in a text that `masked` has filled."""
    for found in sorted((*WORDS.finditer(text), *DIGITS.finditer(text)), key=re.Match.start):
        yield _found(text, found)


def comparisons(text: str) -> Iterator[Found]:
    """Words that compare in a text that `masked` has filled; not in a question, which asserts nothing."""
    for found in COMPARING.finditer(QUESTION.sub(_fill, text)):
        yield _found(text, found)


def value(figure: str) -> float | None:
    """What a figure says: 0.5 for “half”, “50%” and “0.5”, 1000 for “1,000”; None where that takes more than a word."""
    word = figure.lower()
    if word in VALUES:
        return VALUES[word]
    plain = word.removesuffix("%").replace(",", "").replace("−", "-")
    try:
        return float(plain) / (100 if word.endswith("%") else 1)
    except ValueError:
        return None


def _fill(found: re.Match) -> str:
    return "".join("\n" if sign == "\n" else FILLER for sign in found[0])


def _found(text: str, match: re.Match) -> Found:
    before = text[: match.start()].split(FILLER)[-1].split("\n")[-1].split()[-2:]
    after = text[match.end() :].split(FILLER)[0].split("\n")[0].split()[:3]
    return Found(match.start(), " ".join([*before, match[0].strip(), *after]), match[0].strip(".,:/–−-"))
