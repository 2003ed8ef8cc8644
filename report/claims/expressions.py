"""What content asks and says of facts outside pages: conditions to decide on, phrases to print.

Both name facts as `<finding>.<fact>`. A name that no query gives is an error, whatever the edition; a fact that the
edition cannot state makes a condition unknown and prints as "—" in a phrase.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterable
from enum import Enum

import jinja2
from jinja2 import meta, nodes

from report.core.errors import ContentError, FactError, ReportError
from report.core.facts import AllFacts, is_known
from report.core.limits import Estimate, within_chance
from report.prose.language import environment, there_are

ARITHMETIC = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}
COMPARISONS = {
    ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt, ast.GtE: operator.ge,
    ast.Eq: operator.eq, ast.NotEq: operator.ne,
}  # fmt: skip
LITERALS = {"true": True, "false": False}
LONGEST = 250


class Chance(Enum):
    """The answer of a condition that lies nearer its limit than chance can tell."""

    CHANCE = "within chance"


CHANCE = Chance.CHANCE
ENVIRONMENT = environment()
HINT = "facts (finding.fact), numbers, texts, true, false; + - * /, comparisons, and, or, not, brackets"


class Expression:
    """A number or a condition over facts, such as `0.65 <= long_tail.zero_share <= 0.80`.

    Args:
        text: Python's syntax, of which only `HINT` is allowed; it is never run as Python.
        where: file and claim, for errors.

    Raises:
        ContentError: not an expression, or one that uses anything else.
    """

    def __init__(self, text: str, where: str) -> None:
        self.text = text
        self.where = where
        if len(text) > LONGEST:
            raise ContentError(f"a condition has at most {LONGEST} characters, this one {len(text)}", where)
        try:
            self._tree = ast.parse(text.strip(), mode="eval").body
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            raise ContentError(f"`{text}` is not a condition", where, HINT) from None
        self.facts = frozenset(self._check(self._tree))

    @property
    def is_constant(self) -> bool:
        """Whether it is `true` or `false`, whatever the facts."""
        return isinstance(self._tree, ast.Name)

    def value(self, facts: AllFacts) -> object:
        """The number, text or truth value; None if it uses a fact that the edition cannot state, or divides by zero,
        and `CHANCE` if it is a condition that chance decides.

        Raises:
            FactError: it names a fact that no query gives.
            ContentError: its parts do not go together, such as a text and a number.
        """
        if not is_known(*look_up(self.facts, facts, self.where)):
            return None
        try:
            return self._value(self._tree, facts)
        except ZeroDivisionError:
            return None

    def holds(self, facts: AllFacts) -> bool | Chance | None:
        """Its truth value, None where unknown, `CHANCE` where chance decides it; see `value` for the errors."""
        value = self.value(facts)
        if value is not None and not isinstance(value, bool | Chance):
            raise ContentError(f"`{self.text}` is {value}, neither true nor false", self.where)
        return value

    def _check(self, node: ast.expr) -> set[tuple[str, str]]:
        """The facts that a node uses, once it is known to hold nothing that is not allowed."""
        if isinstance(node, ast.Constant) and type(node.value) in (int, float, str):
            return set()
        if isinstance(node, ast.Name) and node.id in LITERALS:
            return set()
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and "_" not in (
            node.attr[0], node.value.id[0]
        ):  # fmt: skip
            return {(node.value.id, node.attr)}
        parts = _parts(node)
        if not parts:
            raise ContentError(f"`{ast.unparse(node)}` is not allowed in a condition", self.where, HINT)
        return set().union(*map(self._check, parts))

    def _value(self, node: ast.expr, facts: AllFacts) -> object:
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            return LITERALS[node.id]
        if isinstance(node, ast.Attribute):
            return getattr(facts[node.value.id], node.attr)
        values = [self._value(part, facts) for part in _parts(node)]
        if isinstance(node, ast.BoolOp):
            self._expect([value for value in values if value is not CHANCE], bool)
            return _joined(values, decisive=isinstance(node.op, ast.Or))
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            self._expect([value for value in values if value is not CHANCE], bool)
            return CHANCE if values[0] is CHANCE else not values[0]
        if isinstance(node, ast.UnaryOp):
            self._expect(values, float)
            return -values[0]
        if isinstance(node, ast.BinOp):
            self._expect(values, float)
            return ARITHMETIC[type(node.op)](*values)
        self._expect(values, str if isinstance(values[0], str) else float)
        pairs = zip(node.ops, values, values[1:], strict=False)
        answers = [_compared(COMPARISONS[type(sign)], left, right) for sign, left, right in pairs]
        return _joined(answers, decisive=False)

    def _expect(self, values: list[object], kind: type) -> None:
        allowed = (int, float, Estimate) if kind is float else (kind,)
        for value in values:
            if type(value) not in allowed:
                named = {bool: "true or false", str: "a text", float: "a number"}[kind]
                raise ContentError(f"`{self.text}` needs {named} where it has {value!r}", self.where)


class Phrase:
    """A sentence with facts in it, as on a page: `{{ long_tail.below_10_share | percent }} of tracks`.

    The result is plain text: whoever prints it as HTML escapes it.

    Raises:
        ContentError: a mistake in the syntax, or a filter that isn't there.
    """

    def __init__(self, text: str, where: str) -> None:
        self._where = where
        try:
            tree = ENVIRONMENT.parse(text)
            self._template = ENVIRONMENT.from_string(text)
        except jinja2.TemplateError as error:
            raise ContentError(f"template syntax: {error.message}", where, there_are(error, ENVIRONMENT)) from None
        self._stems = sorted(meta.find_undeclared_variables(tree) - {"known"})
        self.facts = frozenset(
            (node.node.name, node.attr)
            for node in tree.find_all(nodes.Getattr)
            if isinstance(node.node, nodes.Name) and node.node.name in self._stems
        )

    def render(self, facts: AllFacts, **values: str) -> str:
        """The sentence with its facts, white space made single.

        Args:
            values: what it can use beside the facts.

        Raises:
            FactError: it names a finding or a fact that is not there.
            ContentError: it cannot be evaluated.
        """
        try:
            stems = {stem: facts[stem] for stem in self._stems if stem not in values}
            return " ".join(self._template.render(stems | values).split())
        except ReportError as error:
            error.where = error.where or self._where
            raise
        except jinja2.TemplateError as error:
            raise ContentError(str(error.message), self._where, there_are(error, ENVIRONMENT)) from None
        except (TypeError, ValueError, ArithmeticError) as error:
            raise ContentError(f"cannot be evaluated: {error}", self._where) from None


def look_up(names: frozenset[tuple[str, str]], facts: AllFacts, where: str) -> list[object]:
    """The values of facts by finding and name.

    Raises:
        FactError: one is not there; says where it was asked for.
    """
    try:
        return [getattr(facts[stem], name) for stem, name in sorted(names)]
    except FactError as error:
        raise FactError(error.message, where, error.hint) from None


def _compared(compare: Callable[[object, object], bool], left: object, right: object) -> bool | Chance:
    return CHANCE if within_chance(left, right) else compare(left, right)


def _joined(answers: Iterable[bool | Chance], *, decisive: bool) -> bool | Chance:
    """One answer of several: `decisive` if any is that, otherwise what chance leaves open, otherwise the opposite."""
    answers = list(answers)
    if decisive in [answer for answer in answers if answer is not CHANCE]:
        return decisive
    return CHANCE if CHANCE in answers else not decisive


def _parts(node: ast.expr) -> list[ast.expr]:
    """What an operation works on; nothing for what is no allowed operation."""
    if isinstance(node, ast.BoolOp):
        return node.values
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        return [node.operand]
    if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        return [node.left, node.right]
    if isinstance(node, ast.Compare) and all(type(sign) in COMPARISONS for sign in node.ops):
        return [node.left, *node.comparators]
    return []
