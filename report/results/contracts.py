"""Contracts: what the header of a query says must hold of its result, checked before anyone draws or quotes it.

A header is the comment that opens the file: prose (question, what one row is, denominator), an empty comment line,
then a rule a line; a line that is indented goes on with the one before:

    -- unit: tracks
    -- key: release_year, minute
    -- rows: 0..600
    -- sums to 1 per minute: track_share

A rows query has a unit, a key and bounds of its number of rows; its rows come in the order of the key, and every
value is known, unless a rule says otherwise. Facts may be unknown, unless a rule says otherwise. What the name of a
column promises (a share is within 0 and 1, a count not negative: report/core/columns.py) need not be declared.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from report.core.columns import COUNTED
from report.core.errors import ContractError, QueryError
from report.results import rules
from report.results.rules import Breach, Row, Rule

NEEDED = {"unit": "tracks", "key": "release_year", "rows": "0..200"}
IN_ROWS = (*NEEDED, "order", "may be unknown", "within", "one of", "holds", "sums to 1", "denominator")
IN_FACTS = ("known", "within", "one of", "holds", "published", "external", "subset")
LINE = re.compile(r"-- ([a-z][^:]*): (\S.*)")
FURTHER = re.compile(r"--  +(\S.*)")
COUNTS = re.compile(r"(\d+)(?:(\.\.)(\d+)?)?")
RANGE = re.compile(r"([\w*]+) ((?:[^.\s]|\.(?=\d))*)\.\.(\S*)")
LISTED = re.compile(r"(\w+) (\S.*)")
SUMS = re.compile(r"sums to( at most)? (\d+)(?: within (\d\.\d+))?(?: per (\w[\w, ]*))?")
HOLDS = re.compile(r"(\w[\w +]*) (<=|<|=) (\w[\w +]*)")


@dataclass(frozen=True)
class Declared:
    """A rule as the header has it: its line, its words, and what checks it."""

    line: int
    text: str
    rule: Rule


@dataclass(frozen=True)
class Contract:
    """The header of a query.

    Attributes:
        where: the query's file.
        prose: what the header says before its rules, as one text.
        texts: the rules as they stand there, by name.
        declared: what is checked, with what the header need not say.
    """

    where: Path
    prose: str
    texts: Mapping[str, str]
    declared: Sequence[Declared]

    @property
    def units(self) -> list[str]:
        """What is counted."""
        return _names(self.texts.get("unit", ""))

    @property
    def key(self) -> list[str]:
        """The columns that tell rows apart."""
        return _names(self.texts.get("key", ""))

    @property
    def denominator(self) -> str:
        """What shares are of, in words; empty where the prose has no "Denominator:"."""
        return self.prose.partition("Denominator: ")[2]

    def check(self, columns: Sequence[str], rows: Sequence[Row], bounds: Mapping[str, object]) -> None:
        """Hold the rules against a result.

        Args:
            bounds: values of the names that a range may end in: `snapshot`, a year, and `as_of`, a date.

        Raises:
            ContractError: a row breaks a rule.
            QueryError: a rule speaks of a column that is not there.
        """
        for declared in self.declared:
            for name in declared.rule.columns:
                if not rules.matching(name, columns):
                    hint = _near(name, columns) or f"it gives {', '.join(columns)}"
                    raise QueryError(f"`{name}` is no column of this query", f"{self.where}:{declared.line}", hint)
        by_name = [Declared(1, f"within, by its name: {rule.column}", rule) for rule in rules.by_name(columns)]
        for declared in (*self.declared, *by_name):
            for breach in declared.rule.breaches(rows, bounds):
                at = f"{self.where}:{declared.line}{self._row(breach)}"
                hint = f"the contract is `{declared.text}`; mend the query, or the contract if that is wrong"
                raise ContractError(breach.said, at, hint)

    def _row(self, breach: Breach) -> str:
        if breach.row is None or not self.key:
            return ""
        names = [name for name in self.key if name in breach.row] or breach.row
        return ", row " + ", ".join(f"{name} = {rules.shown(breach.row[name])}" for name in names)


def read_contract(sql: str, where: Path, is_facts: bool = False) -> Contract:
    """The contract in the header of a query.

    Args:
        sql: the text of the query's file, which is `where`.

    Raises:
        QueryError: a rule that there is not or that cannot be read; a rows query without unit, key or bounds of rows.
    """
    prose, lines = _split(sql)
    texts: dict[str, str] = {}
    declared: list[Declared] = []
    for line, name, text in lines:
        at = f"{where}:{line}"
        known = IN_FACTS if is_facts else IN_ROWS
        if name not in known and (is_facts or not SUMS.fullmatch(name)):
            raise QueryError(f"`{name}` is no rule", at, _near(name, known) or f"known: {', '.join(known)}")
        if name in texts:
            raise QueryError(f"`{name}` is there twice", at, "put both in one line")
        texts[name] = text
        try:
            declared += [Declared(line, f"{name}: {text}", rule) for rule in _rules(name, text)]
        except ValueError as error:
            raise QueryError(f"`{name}: {text}` cannot be read", at, str(error)) from None
    contract = Contract(where, prose, texts, declared)
    if is_facts:
        return contract
    for name, example in NEEDED.items():
        if name not in texts:
            hint = f"after an empty comment line, say `-- {name}: {example}`"
            raise QueryError(f"the header of this query has no `{name}`", where, hint)
    if "order" not in texts:
        by_key = rules.Order([(column, False) for column in contract.key])
        declared.append(Declared(1, "rows come in the order of the key, unless there is an `order`", by_key))
    if "may be unknown" not in texts:
        declared.append(Declared(1, "every value is known, unless it `may be unknown`", rules.KnownBut()))
    return contract


def _split(sql: str) -> tuple[str, list[tuple[int, str, str]]]:
    """The header's prose, and its rules: line, name, text. A line that is none of these is a rule without a text."""
    prose, found, is_prose = [], [], True
    for number, line in enumerate(sql.splitlines(), 1):
        if not line.startswith("--"):
            break
        if line.rstrip() == "--":
            is_prose = False
        elif is_prose:
            prose.append(line.removeprefix("--").strip())
        elif rule := LINE.fullmatch(line.rstrip()):
            found.append((number, rule[1], rule[2]))
        elif found and (further := FURTHER.fullmatch(line.rstrip())):
            at, name, text = found[-1]
            found[-1] = (at, name, f"{text} {further[1]}")
        else:
            found.append((number, line.removeprefix("--").strip(), ""))
    return " ".join(prose), found


def _rules(name: str, text: str) -> Iterator[Rule]:
    """The rules that a line of the header stands for.

    Raises:
        ValueError: how the line would have to read.
    """
    if name in READERS:
        yield from READERS[name](text)
        return
    is_at_most, total, tolerance, per = SUMS.fullmatch(name).groups()
    within = float(tolerance) if tolerance else rules.TOLERANCE
    for column in _names(text):
        yield rules.SumsTo(column, int(total), _names(per or ""), bool(is_at_most), within)


def _unit(text: str) -> Iterator[Rule]:
    for unit in _names(text):
        if unit not in COUNTED:
            raise ValueError(f"units are {', '.join(COUNTED)}")
    return iter(())


def _row_count(text: str) -> Iterator[Rule]:
    ranges = []
    for part in text.split(" or "):
        low, dots, high = _match(COUNTS, part, "0..200, 12, or 0 or 12").groups()
        ranges.append((int(low), int(high) if high else None if dots else int(low)))
    yield rules.RowCount(ranges)


def _order(text: str) -> Iterator[Rule]:
    yield rules.Order([(name.removesuffix(" desc"), name.endswith(" desc")) for name in _names(text)])


def _within(text: str) -> Iterator[Rule]:
    for part in _names(text):
        column, low, high = _match(RANGE, part, "minute 1..8, median_s 0..").groups()
        yield rules.Within(column, _bound(low), _bound(high))


def _one_of(text: str) -> Iterator[Rule]:
    for part in text.split(";"):
        column, values = _match(LISTED, part.strip(), "mode major | minor; album_type single | album").groups()
        yield rules.OneOf(column, [value.strip() for value in values.split("|")])


def _holds(text: str) -> Iterator[Rule]:
    for part in _names(text):
        left, sign, right = _match(HOLDS, part, "long_count <= track_count, used + left_out = rows_in").groups()
        yield rules.Holds(left.split(" + "), sign, right.split(" + "))


READERS: dict[str, Callable[[str], Iterator[Rule]]] = {
    "unit": _unit,
    "key": lambda text: iter([rules.Key(_names(text))]),
    "rows": _row_count,
    "order": _order,
    "may be unknown": lambda text: iter([rules.KnownBut(_names(text))]),
    "known": lambda text: iter([rules.Known(_names(text))]),
    "published": lambda _: iter(()),
    "external": lambda _: iter(()),
    "subset": lambda _: iter(()),
    "denominator": lambda text: iter(rules.denominators_of(text)[:0]),
    "within": _within,
    "one of": _one_of,
    "holds": _holds,
}


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _match(pattern: re.Pattern, text: str, example: str) -> re.Match:
    found = pattern.fullmatch(text)
    if not found:
        raise ValueError(f"it reads like this: {example}")
    return found


def _bound(text: str) -> object:
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return text or None


def _near(name: str, known: Sequence[str]) -> str | None:
    near = get_close_matches(name, known, n=1)
    return f"did you mean `{near[0]}`?" if near else None
