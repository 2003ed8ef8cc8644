"""What DuckDB says of characters, asked of DuckDB itself, for engines that say otherwise.

Unicode has many versions, Java has one and Rust another; regular expressions have dialects. What text is lowered,
trimmed and matched to must not depend on that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from report.core.errors import QueryError
from report.engines.proven import LIST
from report.sql.connection import connect_small

# All characters but NUL, which is in no text of a source that a query looks for, and the halves of UTF-16's pairs.
EVERY = "(select i, chr(i::integer) as c from (select unnest(range(1, 55296) || range(57344, 1114112)) as i))"
WORD = r"\p{L}\p{N}"
# One step of a pattern: an escape, or a character.
STEP = re.compile(r"\\[pP]\{\^?\w+\}|\\.|\(\?:?|.", re.DOTALL)
# Of ASCII in RE2 and in Java, of all of Unicode in Rust.
ASCII_CLASSES = {r"\d": "0-9", r"\w": "0-9A-Za-z_", r"\s": r"\t\n\f\r "}


class Letters(NamedTuple):
    """Where an engine and DuckDB differ on what a letter or a digit is, as ranges of a regular expression.

    Attributes:
        more: characters that only DuckDB takes for one.
        fewer: those that only the engine does.
    """

    more: str = ""
    fewer: str = ""


@cache
def changed_by(function: str) -> tuple[str, str]:
    """The characters that `lower` or `upper` changes, and what it makes of each: always one character."""
    with connect_small() as con:
        sql = f"select c, {function}(c) from {EVERY} where {function}(c) <> c order by i"
        pairs = con.execute(sql).fetchall()
    return "".join(one for one, _ in pairs), "".join(other for _, other in pairs)


@cache
def blanks() -> str:
    """The characters that `trim` takes away."""
    with connect_small() as con:
        rows = con.execute(f"select c from {EVERY} where trim('a' || c) = 'a' order by i").fetchall()
    return "".join(c for (c,) in rows)


@cache
def folded_as(character: str) -> str:
    """All characters that are the same to DuckDB's expressions where case does not matter."""
    cased = {*changed_by("lower")[0], *changed_by("upper")[0], character}
    with connect_small() as con:
        sql = "select c from (select unnest(?::varchar[]) as c) where regexp_matches(c, ?, 'i') order by c"
        rows = con.execute(sql, [sorted(cased), f"^{re.escape(character)}$"]).fetchall()
    return "".join(c for (c,) in rows)


def ranges(points: Iterable[int]) -> str:
    """Code points as ranges of a regular expression."""
    found: list[list[int]] = []
    for point in sorted(points):
        if found and point == found[-1][1] + 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return "".join(f"\\x{{{low:x}}}" if low == high else f"\\x{{{low:x}}}-\\x{{{high:x}}}" for low, high in found)


def pattern_for(pattern: str, letters: Letters, *, is_case_blind: bool) -> str:
    """A pattern of RE2 as Java's expressions and Rust's take it alike.

    `$` is the end and not also before a last line break, a dot all but a line feed, case as RE2 folds it, letters and
    digits as DuckDB has them.

    Raises:
        QueryError: it has what is not proven to mean the same.
    """
    steps = STEP.findall(pattern)
    outside, at, out = _outside(letters, is_case_blind), 0, []
    while at < len(steps):
        if steps[at] == "[":
            end = at + 2 if steps[at + 1 : at + 2] == ["^"] else at + 1
            start, end = end, _end_of(steps, end, pattern)
            out.append(_class(steps[start:end], start - at == 2, letters, is_case_blind, pattern))
            at = end + 1
        else:
            out.append(outside(steps[at], pattern))
            at += 1
    return "".join(out)


def _outside(letters: Letters, is_case_blind: bool) -> Callable[[str, str], str]:
    """What translates a step that is in no class."""

    def translate(step: str, pattern: str) -> str:
        if step == "$":
            return r"\z"
        if step == ".":
            return r"[^\n]"
        if step in ASCII_CLASSES:
            return f"[{ASCII_CLASSES[step]}]"
        if step.startswith("\\"):
            return _escape(step, pattern)
        if step == "(?":
            raise _unproven(pattern, step)
        return f"[{folded_as(step)}]" if is_case_blind and step.isalpha() else step

    return translate


def _end_of(steps: Sequence[str], start: int, pattern: str) -> int:
    try:
        return steps.index("]", start)
    except ValueError:
        raise _unproven(pattern, "[") from None


def _class(steps: Sequence[str], is_negated: bool, letters: Letters, is_case_blind: bool, pattern: str) -> str:
    """A class of characters."""
    text = "".join(steps)
    if text == WORD:
        # No class can be taken away from another in a way that all know.
        if not is_negated:
            raise _unproven(pattern, f"[{WORD}]")
        fewer = f"|[{letters.fewer}]" if letters.fewer else ""
        return f"(?:[^{WORD}{letters.more}]{fewer})"
    out, at = [], 0
    while at < len(steps):
        step = steps[at]
        if step in ASCII_CLASSES:
            out.append(ASCII_CLASSES[step])
        elif step.startswith("\\"):
            out.append(_escape(step, pattern))
        elif step in "[&~":
            raise _unproven(pattern, step)
        elif steps[at + 1 : at + 2] == ["-"] and at + 2 < len(steps):
            low, high = step, steps[at + 2]
            between = [chr(point) for point in range(ord(low), ord(high) + 1)] if len(high) == 1 else []
            if not between:
                raise _unproven(pattern, f"{low}-{high}")
            is_folded = is_case_blind and any(map(str.isalpha, between))
            out.append("".join(map(folded_as, between)) if is_folded else f"{low}-{high}")
            at += 2
        else:
            out.append(folded_as(step) if is_case_blind and step.isalpha() else step)
        at += 1
    return f"[{'^' if is_negated else ''}{''.join(out)}]"


def _escape(step: str, pattern: str) -> str:
    """An escape, if it means the same to all: a character that would mean something else by itself."""
    if step[1].isalnum() or step[1] == "_" or not step.isascii():
        raise _unproven(pattern, step)
    return step


def _unproven(pattern: str, what: str) -> QueryError:
    hint = f"write the pattern `{pattern}` without it, or prove it the same and add it: see {LIST}"
    return QueryError(f"`{what}` in a regular expression is not proven to mean the same on every engine", None, hint)
