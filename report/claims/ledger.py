"""The ledger as it is written: the claims of content/claims.toml, their tests and their sentences.

A claim's rule is data. The file says at its top which keys there are; this module makes sure that nothing else is
there, that nothing lacks, and that every condition and sentence can be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from inspect import signature
from pathlib import Path

from report.claims.expressions import CHANCE, Chance, Expression, Phrase
from report.core.entries import read_toml
from report.core.errors import ContentError
from report.core.facts import AllFacts, suggest
from report.core.kinds import KINDS
from report.core.numbers import FILTERS, MISSING

VERDICTS = ("holds", "holds in part", "does not hold", "comes from elsewhere", "cannot be tested here")
HOLDS, IN_PART, NOT, ELSEWHERE, UNTESTED = VERDICTS
SOURCES = ("article", "release", "both")
# Bases that decide, the first that is known; what was counted over a part that is no random sample decides nothing.
DECIDING = ("computed", "published", "external")
NATURES = ("elsewhere", "untestable", "waiting")
NOTES = (*KINDS, "beside", "chance", "waiting")
# Read by report/prose/, and printed nowhere.
FIGURES = ("quoted", "limits")
MAY_BE_EMPTY = ("finding", "figure", "threshold")
CONDITIONS = ("needs", "holds", "in_part")
SENTENCES = {HOLDS: "when_holds", IN_PART: "when_in_part", NOT: "when_not"}
OBSERVED = ("value", "format", "digits", "of")


@dataclass(frozen=True)
class Observed:
    """A value as it is shown: an expression over facts, the filter that prints it, and what it is of."""

    value: Expression | None
    format: str
    options: Mapping[str, int]
    of: Phrase

    def shown(self, facts: AllFacts) -> tuple[str, str]:
        """The printed value, "—" where there is none, and its unit or denominator in words."""
        if self.value is None:
            return MISSING, self.of.render(facts)
        try:
            return FILTERS[self.format](self.value.value(facts), **self.options), self.of.render(facts)
        except ContentError as error:
            error.where = error.where or self.value.where
            raise

    @property
    def facts(self) -> frozenset[tuple[str, str]]:
        """The facts it names, by finding and name."""
        return self.of.facts | (self.value.facts if self.value else frozenset())


@dataclass(frozen=True)
class Evidence:
    """How figures of one basis decide a claim. `needs` must be true for them to be of use at all."""

    needs: Expression | None
    holds: Expression | None
    in_part: Expression | None
    observed: Observed
    sentences: Mapping[str, Phrase]

    def verdict(self, facts: AllFacts) -> str | Chance | None:
        """What the facts give; None where the edition cannot state all that the test needs, `CHANCE` where the numbers
        lie so near their limits that chance decides."""
        answers = [asked.holds(facts) if asked else False for asked in (self.holds, self.in_part)]
        if None in answers or (self.needs and self.needs.holds(facts) is not True):
            return None
        for answer, verdict in zip(answers, (HOLDS, IN_PART), strict=True):
            if answer:
                return CHANCE if answer is CHANCE else verdict
        return NOT

    @property
    def facts(self) -> frozenset[tuple[str, str]]:
        """The facts it names, by finding and name."""
        parts = [self.needs, self.holds, self.in_part, self.observed, *self.sentences.values()]
        return frozenset().union(*(part.facts for part in parts if part))


@dataclass(frozen=True)
class Said:
    """What was said, by whom and when; the finding and the figure that it is about; its test, in words."""

    id: str
    words: str
    source: str
    date: str
    finding: str
    figure: str
    test: str
    threshold: str


WORDS = tuple(each.name for each in fields(Said))


@dataclass(frozen=True)
class Claim(Said):
    """A claim and its rule, as read. `nature` is why no figure decides it, or for now none: one of NATURES."""

    nature: str
    sentence: Phrase
    outside: Observed | None
    evidence: Mapping[str, Evidence] = field(repr=False)
    notes: Mapping[str, Phrase] = field(repr=False)
    where: str

    @property
    def facts(self) -> frozenset[tuple[str, str]]:
        """Every fact that the claim names, whatever the outcome; by finding and name."""
        parts = [self.sentence, self.outside, *self.evidence.values()]
        return frozenset().union(*(part.facts for part in parts if part))


def read_claims(path: Path) -> list[Claim]:
    """The claims in `path`, in its order.

    Raises:
        ContentError: the file is missing or no TOML, or a claim lacks a key, or has one that can't be read.
    """
    ledger = read_toml(path, path)
    if ledger is None:
        raise ContentError("the ledger of claims is missing", path)
    _check_keys(ledger, ("notes", "claim"), str(path))
    where = f"{path} [notes]"
    texts = _table(ledger, "notes", where)
    _check_keys(texts, NOTES, where)
    notes = {name: Phrase(_text(texts, name, where), where) for name in NOTES}
    tables = ledger.get("claim")
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ContentError("there are no claims", path, "each is a table under [[claim]]")
    claims = [_claim(table, notes, path, number) for number, table in enumerate(tables, 1)]
    ids = [claim.id for claim in claims]
    for claim_id in ids:
        if ids.count(claim_id) > 1:
            raise ContentError(f"the claim `{claim_id}` is there twice", path)
    return claims


def _claim(table: Mapping, notes: Mapping[str, Phrase], path: Path, number: int) -> Claim:
    where = f"{path} [{table.get('id', f'claim {number}')}]"
    _check_keys(table, (*WORDS, *FIGURES, *NATURES, "outside", *DECIDING), where)
    for key in FIGURES:
        if not isinstance(table.get(key, []), list) or not all(isinstance(words, str) for words in table.get(key, [])):
            raise ContentError(f"`{key}` must be a list of texts", where)
    words = {**table, "date": str(table.get("date", ""))}
    words = {name: _text(words, name, where) for name in WORDS}
    if words["source"] not in SOURCES:
        raise ContentError(f"`{words['source']}` is not a source", where, f"it is one of {', '.join(SOURCES)}")
    try:
        words["date"] = date.fromisoformat(words["date"]).isoformat()
    except ValueError:
        raise ContentError(f"`{words['date']}` is not a date such as 2025-12-23", where) from None
    given = [basis for basis in DECIDING if basis in table]
    evidence = {basis: _evidence(_table(table, basis, where), f"{where} {basis}") for basis in given}
    natures = [name for name in NATURES if name in table]
    if not natures and evidence.keys() & {"published", "external"}:
        natures = ["waiting"]
    if len(natures) != 1 or bool(evidence) != (natures == ["waiting"]):
        hint = "it has `elsewhere` or `untestable` alone, or figures that decide it, and `waiting` for where they lack"
        raise ContentError("what decides this claim is not clear", where, hint)
    nature = natures[0]
    if "outside" in table and nature == "waiting":
        raise ContentError("`outside` is for what no figure decides", where, "give the figures their own `value`")
    return Claim(
        **words,
        nature=nature,
        sentence=Phrase(_text(table, nature, where), where) if nature in table else notes["waiting"],
        outside=_observed(_table(table, "outside", where), where) if "outside" in table else None,
        evidence=evidence,
        notes=notes,
        where=where,
    )


def _evidence(table: Mapping, where: str) -> Evidence:
    _check_keys(table, (*CONDITIONS, *SENTENCES.values(), *OBSERVED), where)
    asked = {name: Expression(_text(table, name, where), where) for name in CONDITIONS if name in table}
    if not asked.keys() - {"needs"}:
        raise ContentError("there is no condition", where, "give `holds`, `in_part` or both")
    due = [SENTENCES[HOLDS]] * ("holds" in asked) + [SENTENCES[IN_PART]] * ("in_part" in asked)
    due += [SENTENCES[NOT]] * (not any(condition.is_constant for condition in asked.values()))
    for key in SENTENCES.values():
        if (key in table) != (key in due):
            raise ContentError(f"`{key}` is {'never said' if key in table else 'missing'}", where)
    observed = _observed({key: table[key] for key in OBSERVED if key in table}, where)
    sentences = {verdict: Phrase(_text(table, key, where), where) for verdict, key in SENTENCES.items() if key in table}
    return Evidence(*(asked.get(name) for name in CONDITIONS), observed, sentences)


def _observed(table: Mapping, where: str) -> Observed:
    _check_keys(table, OBSERVED, where)
    if ("value" in table) != ("format" in table):
        raise ContentError("`value` and `format` go together", where)
    shape = _text(table, "format", where) if "value" in table else ""
    if shape and shape not in FILTERS:
        raise ContentError(f"there is no filter `{shape}`", where, suggest(shape, FILTERS))
    if shape and not _prints_alone(shape):
        raise ContentError(f"the filter `{shape}` needs words as well, which a claim's `format` cannot give it", where)
    digits = table.get("digits")
    if digits is not None and (type(digits) is not int or not 0 <= digits <= 4):
        raise ContentError(f"`digits` is a whole number from 0 to 4, not {digits!r}", where)
    if digits is not None and (not shape or "digits" not in signature(FILTERS[shape]).parameters):
        raise ContentError(f"`digits` is nothing that the filter `{shape}` takes", where)
    return Observed(
        value=Expression(_text(table, "value", where), where) if shape else None,
        format=shape,
        options={} if digits is None else {"digits": digits},
        of=Phrase(_text(table, "of", where), where),
    )


def _prints_alone(shape: str) -> bool:
    """Whether a filter needs nothing but the value."""
    _, *rest = signature(FILTERS[shape]).parameters.values()
    return all(parameter.default is not parameter.empty for parameter in rest)


def _table(table: Mapping, key: str, where: str) -> Mapping:
    if not isinstance(table.get(key), dict):
        raise ContentError(f"`{key}` is {'not a table' if key in table else 'missing'}", where)
    return table[key]


def _text(table: Mapping, key: str, where: str) -> str:
    value = table.get(key)
    if not isinstance(value, str) or not (value.strip() or key in MAY_BE_EMPTY):
        raise ContentError(f"`{key}` is {'missing' if value is None else 'not a text'}", where)
    return " ".join(value.split())


def _check_keys(table: Iterable[str], allowed: Iterable[str], where: str) -> None:
    for key in table:
        if key not in allowed:
            raise ContentError(f"`{key}` is not a key of the ledger here", where, suggest(key, allowed))
