"""Verdicts: what the facts give for each claim of the ledger.

What decides a claim is data (report/claims/ledger.py); what decides between computed, published and other figures is
`decide`, the same for every test.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from report.cache.code import code_of
from report.cache.store import Store, fingerprint
from report.claims.check import claim_problems
from report.claims.ledger import (
    CASES,
    ELSEWHERE,
    FILE,
    HOLDS,
    IN_PART,
    NOT,
    OPEN,
    REASONS,
    SETS,
    UNTESTED,
    VERDICTS,
    Claim,
    Rule,
    read_claims,
)
from report.core.facts import AllFacts
from report.core.folders import files_in
from report.core.kinds import Standing
from report.core.numbers import MISSING
from report.writing.book import SITE, Book
from report.writing.page import FACT, Line, Page
from report.writing.review import tell
from report.writing.voice import COMPUTED, Ground, Voice

__all__ = ["VERDICTS", "Judged", "Outcome", "decide", "judge", "judged"]

PAGE, LANGUAGE = "claims", "en"
# What is decided by one of these is shown by its own figures.
DECIDING = SETS[:2]
# The case of a set where chance decides; its verdict stays open.
CHANCE = "chance"
# Of several verdicts that differ, the one of the whole, where none holds.
STRONGEST = (NOT, OPEN, ELSEWHERE, UNTESTED)


@dataclass(frozen=True)
class Outcome:
    """One test of a claim with its verdict.

    Attributes:
        words: what is tested; of a claim with one test what it says.
        test: what would count as true; "" of what has no measure.
        written: the day when the test was written; `known` are the published series known then, by name.
        reason: of what cannot be tested here, one of REASONS, else "".
        observed: the value as printed, "—" where there is none; `observed_of` says of what it is.
        basis: of the value and the verdict; empty where there is neither.
        is_illustration: the value is a selection's: it is shown, and decides nothing.
        why: one or a few sentences of plain text.
    """

    id: str
    words: str
    finding: str
    figure: str
    test: str
    written: str
    known: Sequence[str]
    verdict: str
    reason: str
    observed: str
    observed_of: str
    basis: str
    is_illustration: bool
    why: str


@dataclass(frozen=True)
class Judged(Outcome):
    """A claim with its verdict, as pages and data show it: what of its tests was observed, and them.

    Attributes:
        quote: the sentence as it was said, "" where the announcement's is given in our words; `english` is ours.
        source, date, links: who said it and when; names of addresses.
        brief: what the front page says of it.
    """

    quote: str
    english: str
    brief: str
    source: str
    date: str
    links: Sequence[str]
    tests: Sequence[Outcome]

    @property
    def is_whole(self) -> bool:
        """Whether one test is of all that it says."""
        return len(self.tests) == 1


def decide(kind: str, otherwise: str, outcomes: Mapping[str, str | None]) -> tuple[str, str, str]:
    """The verdict, its basis, and the reason where it cannot be tested: the rule of the ledger.

    Args:
        kind: of the edition, one of KINDS.
        otherwise: where none decides, "elsewhere" or one of REASONS.
        outcomes: basis -> the case of its set; None where it is not known, or nothing is to be said.

    Computed figures decide first, but in an edition of the archive only; then published ones; then those that are about
    something else or a part, but not in the archive where its own counts could.
    """
    decides = Standing(kind).decides
    could = decides and COMPUTED in outcomes
    for basis in SETS if decides else SETS[1:]:
        verdict = CASES.get(outcomes.get(basis) or "")
        if verdict and not (could and basis in SETS[2:]):
            return verdict, basis, ""
    if otherwise == "elsewhere" and not could:
        return ELSEWHERE, "external", ""
    return UNTESTED, "", otherwise if otherwise in REASONS else REASONS[0]


def whole(verdicts: Sequence[str]) -> str:
    """The verdict of a claim by those of its tests: in part where one holds and others do not."""
    if len({*verdicts}) == 1:
        return verdicts[0]
    return IN_PART if {HOLDS, IN_PART} & {*verdicts} else min(verdicts, key=STRONGEST.index)


def judge(claim: Claim, book: Book, kind: str) -> Judged:
    """The claim's verdict in an edition of this kind with the facts of the book."""
    tests = [_test(rule, book, kind) for rule in claim.rules]
    verdict = whole([test.verdict for test in tests])
    first = min(tests, key=lambda test: (test.verdict == UNTESTED, test.observed == MISSING))
    reasons = {test.reason for test in tests}
    page, voice = book.page(claim.id), Voice(book.language, book.ground(kind), claim.id)
    said = {name: _plain(voice.slot(page, name)) for name in ("title", "quote", "english", "brief")}
    why = " ".join(test.why for test in tests)
    about = replace(
        first if len(tests) > 1 else tests[0],
        id=claim.id,
        words=said.pop("title"),
        verdict=verdict,
        reason=next((reason for reason in REASONS if reason in reasons), "") if verdict == UNTESTED else "",
        why=why,
    )
    return Judged(
        **{name: getattr(about, name) for name in Outcome.__dataclass_fields__},
        **{**said, "brief": said["brief"] or tests[0].why},
        source=claim.source,
        date=claim.date,
        links=claim.links,
        tests=tests,
    )


def _test(rule: Rule, book: Book, kind: str) -> Outcome:
    ground, page = book.ground(kind), book.page(rule.id)
    voice = Voice(book.language, ground, rule.id)
    outcomes = {basis: ground.outcome(rule.id, basis, True) for basis in rule.bases}
    verdict, basis, reason = decide(kind, rule.otherwise, outcomes)
    why = [_plain(voice.slot(page, "why"))]
    (value, of, seen), counted = _observed(page, voice, basis), _counted(page, voice)
    is_illustration = bool(counted) and Standing(kind).is_selection and value == MISSING
    if is_illustration:
        value, of = counted
    elif counted and Standing(kind).is_selection:
        why.append(_noted(book, "beside", kind, counted))
    if outcomes.get(COMPUTED) == CHANCE:
        why.append(_noted(book, "chance", kind, counted))
    elif verdict == UNTESTED and reason == REASONS[0]:
        why.append(_noted(book, "open", kind, counted))
    return Outcome(
        id=rule.id,
        words=_plain(voice.slot(page, "title")),
        finding=rule.finding,
        figure=rule.figure,
        test=_plain(voice.slot(page, "test")),
        written=rule.written,
        known=rule.known,
        verdict=verdict,
        reason=reason,
        observed=value,
        observed_of=of,
        basis=COMPUTED if is_illustration else basis or seen,
        is_illustration=is_illustration,
        why=" ".join(filter(None, why)),
    )


def _observed(page: Page, voice: Voice, basis: str) -> tuple[str, str, str]:
    """The value that is shown, what it is of, and its basis: the one that decides, else of what is known first."""
    lines = [line for choice in page.slots.get("observed", []) for line in choice]
    said = [line for line in lines if voice.say(line) is not None]
    own = [line for line in said if basis in voice.bases(line)]
    chosen = next(iter(own or ([] if basis in DECIDING else said)), None)
    if chosen is None:
        return MISSING, "", ""
    return *_parted(chosen, voice), basis or next(iter(voice.bases(chosen)), "")


def _counted(page: Page, voice: Voice) -> tuple[str, str] | None:
    """The same of what the edition itself counts, whether it answers or not; None where it does not."""
    lines = [replace(line, asserts=False) for choice in page.slots.get("observed", []) for line in choice]
    own = [line for line in lines if COMPUTED in voice.bases(line) and voice.say(line) is not None]
    return _parted(own[0], voice) if own else None


def _parted(line: Line, voice: Voice) -> tuple[str, str]:
    lead, said = FACT.match(line.text), voice.say(line)
    value = voice.say(replace(line, text=lead[0], of="", cases=())) if lead else ""
    return _plain(value) or MISSING, _plain(said[len(value) :].strip())


def _noted(book: Book, slot: str, kind: str, counted: tuple[str, str] | None) -> str:
    """A sentence that stands with many claims: `observed` and `observed_of` in it are what was counted here."""
    says = dict(zip(("observed", "observed_of"), counted or (None, None), strict=True))
    return _plain(Voice(book.language, Ground(kind, {SITE: says}, {}, {}), SITE).slot(book.page(PAGE), slot))


def _plain(said: str) -> str:
    return html.unescape(said)


def judged(content: Path, queries: Path, facts: AllFacts, kind: str, store: Store | None = None) -> list[Judged]:
    """Every claim of `content`/claims.toml with its verdict, in the file's order.

    Raises:
        ContentError: what is wrong with the ledger or its words.

    Args:
        queries: folder of the queries, whose headers say which facts others stated.
        store: where the judgement of the same claims and facts is kept, or None to judge anew.
    """
    known = {**facts.as_dict(), SITE: {}}

    def judge_all() -> bytes:
        book = Book(content, queries, LANGUAGE, known, store)
        claims = read_claims(book)
        tell(claim_problems(book, claims)[0])
        claims = [asdict(judge(claim, book, kind)) for claim in claims]
        return json.dumps(claims, ensure_ascii=False).encode()

    if store is None:
        return _read(judge_all())
    words = [*files_in(content / LANGUAGE, "*.toml"), *files_in(content / LANGUAGE / "claims", "*.md")]
    headers = sorted(queries.glob("*/facts.sql"))
    texts = [path.read_bytes() for path in (content / FILE, *words, *headers) if path.is_file()]
    key = fingerprint("claims", kind, *texts, json.dumps(known), code_of(store, judged))
    return _read(store.keep_bytes(key, ".json", judge_all, "verdicts"))


def _read(kept: bytes) -> list[Judged]:
    return [Judged(**{**claim, "tests": [Outcome(**test) for test in claim["tests"]]}) for claim in json.loads(kept)]
