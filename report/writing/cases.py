"""Outcomes: named cases whose conditions are SQL over facts. A fact that is unknown (NULL) leaves the outcome open.

`above(x, 1.1)`, `below(x, 1.1)` and `near(x, 1.1)` ask by two standard errors where `x` has one; of a number that
chance could have made another nothing else may be asked, unless as `plain(x)`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING

from report.cache.code import code_of
from report.cache.store import Store, fingerprint
from report.core.columns import COUNT, YEAR, meaning
from report.core.facts import STANDARD_ERROR, suggest
from report.core.limits import STANDARD_ERRORS
from report.sql.connection import connect_small
from report.writing.page import Problem

if TYPE_CHECKING:
    import duckdb

NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?")
QUOTED = re.compile(r"'[^']*'")
EQUAL = re.compile(r"\b(\w+) (?:=|<>) (\w+)\b")
NAME = re.compile(r"\b[a-z_]\w*\b(?! *\()")
ASKED = re.compile(r"\b(above|below|near|plain)\((\w+)(?:, *(-?[\w.]+))?\)")
# A case of which nothing is said.
UNKNOWN = "unknown"
SQL_WORDS = {"and", "or", "not", "between", "in", "is", "null", "true", "false", "like"}
TEXT, WHOLE, REAL = "varchar", "bigint", "double"
WIDEST = (float("-inf"), float("inf"))
MOST_SAMPLES = 60_000
# So far from a limit an example is as good as farther.
FAR = 0.2
ERRORS = {
    "above": "({x} - {n} * {e} > {limit})",
    "below": "({x} + {n} * {e} < {limit})",
    "near": "({x} - {n} * {e} <= {limit} and {x} + {n} * {e} >= {limit})",
}
Limits = Mapping[str, tuple[float, float]]


class Cases:
    """The case sets of one file.

    Args:
        sets: set -> {case: condition}. Conditions exclude each other and leave nothing out.
        facts: the facts that they may use, with the values of some edition.
        within: fact -> (least, greatest), from the contract of facts.sql and from what names promise.
        where: the file.
        store: where it is kept which cases hold for which facts, or None to ask each time.
    """

    def __init__(
        self,
        sets: Mapping[str, Mapping[str, str]],
        facts: Mapping,
        within: Limits,
        where: str,
        store: Store | None = None,
    ) -> None:
        self.sets, self._facts, self._within, self._where, self._store = sets, facts, within, where, store
        # (set, values of the facts that it asks for) -> the case that holds.
        self._asked: dict[tuple, str | None] = {}
        self._examples: dict[str, dict[str, dict[str, object]]] = {}

    def names(self, of: str) -> list[str]:
        """The cases of a set of which something can be said."""
        return [case for case in self.sets.get(of, {}) if case != UNKNOWN]

    def facts(self, of: str) -> list[str]:
        """The facts that a set asks for."""
        words = NAME.findall(QUOTED.sub("", " ".join(self.sets[of].values())))
        return sorted({word for word in words if word in self._facts})

    def constants(self, of: str, cases: Sequence[str]) -> set[float]:
        """The limits that some cases of a set name."""
        texts = [QUOTED.sub("", self.sets.get(of, {}).get(case, "")) for case in cases]
        return {float(number) for text in texts for number in NUMBER.findall(text)}

    def outcomes(self, facts: Mapping[str, object]) -> dict[str, str | None]:
        """set -> the case that holds; None where a fact that it asks for is unknown, or nothing is to be said."""
        known = {of for of in self.sets if all(facts.get(name) is not None for name in self.facts(of))}
        used = {name: (self._type(name), facts.get(name)) for of in sorted(known) for name in self._used(of)}
        if not known or self._store is None:
            return json.loads(self._ask(known, facts)) if known else dict.fromkeys(self.sets)
        key = fingerprint("outcomes", json.dumps([self.sets, sorted(known), used]), code_of(self._store, Cases._ask))
        return json.loads(self._store.keep_bytes(key, ".json", partial(self._ask, known, facts)))

    def _ask(self, known: set[str], facts: Mapping[str, object]) -> bytes:
        """The outcomes, as they are kept."""
        given = {of: (of, *(facts.get(name) for name in self._used(of))) for of in sorted(known)}
        unasked = [of for of in given if given[of] not in self._asked]
        if unasked:
            used = sorted({name for of in unasked for name in self._used(of)})
            whens = {
                of: [f"when {self._sql(of, text)} then '{case}'" for case, text in self.sets[of].items()]
                for of in unasked
            }
            columns = ", ".join(f"case {' '.join(each)} end" for each in whens.values())
            values = ", ".join(f"?::{self._type(name)} as {name}" for name in used)
            query = f"select {columns} from (select {values or '1'})"
            row = engine().execute(query, [facts.get(name) for name in used]).fetchone()
            self._asked |= {given[of]: case for of, case in zip(unasked, row, strict=True)}
        held = {of: self._asked[values] for of, values in given.items()}
        return json.dumps({of: None if held.get(of) == UNKNOWN else held.get(of) for of in self.sets}).encode()

    def problems(self) -> list[Problem]:
        """What is wrong with the conditions: a name that is no fact, a gap, an overlap; each with what shows it."""
        return [problem for of in self.sets for problem in self._problems(of)]

    def examples(self, of: str) -> dict[str, dict[str, object]]:
        """For each case values of its facts, as far as possible from the limits, that are read at a glance."""
        if of not in self._examples:
            tried, samples = self._tried(of)
            names, limits = self._used(of), sorted(self._limits(of))
            numbers = [f"abs({name}::double" for name in names if self._type(name) != TEXT]
            # What is read at a glance is far enough; of equal ones the smaller numbers come first.
            away = [f"{number} - ({limit}))" for number in numbers for limit in limits]
            order = [f"least({FAR}, {', '.join(away)}) desc"] if away else []
            order += [" + ".join(f"{number})" for number in numbers)] if numbers else []
            order += [*(f"c{at}" for at in range(len(self.sets[of]))), *names]
            found = {}
            for at, case in enumerate(self.sets[of]):
                query = f"select {', '.join(names) or 1} from {tried} where c{at} order by {', '.join(order)} limit 1"
                row = engine().execute(query, samples).fetchone()
                found |= {case: dict(zip(names, row, strict=False))} if row else {}
            self._examples[of] = found
        return self._examples[of]

    def _problems(self, of: str) -> Iterator[Problem]:
        place = f"{self._where}, [cases.{of}]"
        for case, text in self.sets[of].items():
            plain = QUOTED.sub("", ASKED.sub(lambda asked: "x", text))
            for word in sorted({*NAME.findall(QUOTED.sub("", text))} - self._facts.keys() - SQL_WORDS):
                yield Problem(place, f"{case}: `{word}` is not a fact", suggest(word, self._facts) or "")
                return
            for word in NAME.findall(plain):
                if f"{word}{STANDARD_ERROR}" in self._facts:
                    hint = f"ask above({word}, …), below(…) or near(…), or plain({word}) if chance is no question"
                    yield Problem(place, f"{case}: `{word}` has a standard error, and this forgets it", hint)
                    return
        found = self._prove(of)
        if found:
            yield Problem(place, found, "conditions exclude each other and leave nothing out")

    def _prove(self, of: str) -> str:
        """Try values on, under and over every limit: what is wrong."""
        cases = list(self.sets[of])
        tried, samples = self._tried(of)
        holds = [f"coalesce(c{at}, false)" for at in range(len(cases))]
        times = " + ".join(f"{held}::integer" for held in holds)
        query = f"select * from {tried} where {times} <> 1 order by all limit 1"
        try:
            row = engine().execute(query, samples).fetchone()
            met = engine().execute(f"select {', '.join(f'bool_or({held})' for held in holds)} from {tried}", samples)
        except Exception as error:  # DuckDB's, which is loaded only where it is needed
            return f"this cannot be asked: {str(error).splitlines()[0]}"
        if row:
            held = [case for case, holds in zip(cases, row, strict=False) if holds]
            pairs = zip(self._used(of), row[len(cases) :], strict=True)
            shown = ", ".join(f"{name} = {value}" for name, value in pairs)
            return f"{' and '.join(held)} overlap at {shown}" if held else f"no case holds at {shown}"
        missing = next((case for case, is_met in zip(cases, met.fetchone(), strict=True) if not is_met), None)
        return f"{missing}: no value meets `{self.sets[of][missing]}`" if missing else ""

    def _tried(self, of: str) -> tuple[str, list[list]]:
        """Which cases hold for which values, as a query: c0, c1, … and the facts; and the values that it is given."""
        used, limits = self._used(of), self._limits(of)
        samples = {name: self._samples(of, name, limits) for name in used}
        while len(used) > 1 and math.prod(map(len, samples.values())) > MOST_SAMPLES:
            widest = max(samples, key=lambda name: len(samples[name]))
            samples[widest] = samples[widest][::2]
        tests = [f"{self._sql(of, text)} as c{at}" for at, text in enumerate(self.sets[of].values())]
        tables = [f"unnest(?::{self._type(name)}[]) as t{at}({name})" for at, name in enumerate(used)]
        query = f"(select {', '.join([*tests, *used])} from {', '.join(tables) or '(select 1)'})"
        return query, list(samples.values())

    def _used(self, of: str) -> list[str]:
        names = self.facts(of)
        asked = [found[2] for text in self.sets[of].values() for found in ASKED.finditer(text) if found[1] != "plain"]
        errors = {f"{name}{STANDARD_ERROR}" for name in asked} & self._facts.keys()
        return [*names, *sorted(errors - {*names})]

    def _sql(self, of: str, text: str) -> str:
        def ask(found: re.Match) -> str:
            how, x, limit = found.groups()
            if how == "plain":
                return x
            error = f"{x}{STANDARD_ERROR}"
            # How far chance moves a number of one row nobody can say: it is told from nothing.
            e = f"coalesce({error}, 'infinity'::double)" if error in self._facts else "0"
            return ERRORS[how].format(x=x, e=e, n=STANDARD_ERRORS, limit=limit)

        return f"({ASKED.sub(ask, text)})::boolean"

    def _limits(self, of: str) -> set[float]:
        return self.constants(of, list(self.sets[of]))

    def _type(self, name: str) -> str:
        """The type of a fact in DuckDB: by its name, its value, and what it is compared with."""
        value, found = self._facts.get(name), meaning(name)
        if isinstance(value, str) or (value is None and self._is_compared_as_text(name)):
            return TEXT
        if name.endswith(STANDARD_ERROR):
            return REAL
        is_whole = found.kind in (COUNT, YEAR) if found else type(value) is int
        return WHOLE if is_whole or name.endswith("_minute") else REAL

    def _is_compared_as_text(self, name: str) -> bool:
        """Whether a fact whose value is unknown is compared with words, or with a fact that is text."""
        texts = [text for conditions in self.sets.values() for text in conditions.values()]
        alike = {name}
        for one, other in [pair for text in texts for pair in EQUAL.findall(text)] * 2:
            if alike & {one, other}:
                alike |= {one, other} & self._facts.keys()
        return any(
            isinstance(self._facts[each], str) or any(re.search(rf"\b{each}\W*'", text) for text in texts)
            for each in alike
        )

    def _samples(self, of: str, name: str, limits: set[float]) -> list:
        kind = self._type(name)
        if kind == TEXT:
            return ["a", "b", *(each.strip("'") for text in self.sets[of].values() for each in QUOTED.findall(text))]
        least, greatest = self._within.get(name, WIDEST)
        if name.endswith(STANDARD_ERROR):
            return [0.0, 0.15]
        if kind == WHOLE and greatest - least <= 12:
            return list(range(int(least), int(greatest) + 1))
        step, far = (1, 12) if kind == WHOLE else (0.0001, 0.2)
        middles = limits | {20 * limit for limit in limits} | {2 * step, 2 * far}
        near = {middle + way for middle in middles for way in (-far, -step, 0, step, far)}
        near = {round(each) for each in near} if kind == WHOLE else {round(each, 6) for each in near}
        floor = max(least, 0) if kind == WHOLE else least
        return sorted(each for each in near if floor <= each <= greatest) or [floor]


@cache
def engine() -> duckdb.DuckDBPyConnection:
    """One for all sets, as each takes a while to begin."""
    return connect_small()
