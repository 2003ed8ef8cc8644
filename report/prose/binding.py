"""What a template says by itself, and what it says because of a fact: a walk over its syntax tree.

All that can be printed is read: the text between the tags, and texts and numbers inside printed expressions,
assignments and calls. What is asked (`{% if %}`, comparisons, tests) is not printed. Whatever stands in a branch whose
condition compares facts was chosen by them; that they are known is no comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jinja2 import nodes

from report.core.numbers import FILTERS
from report.prose.wording import Found, comparisons, figures, masked, value

FACTS = ("facts", "findings", "ledger")
# These print nothing of what they are given, or only where it leads.
ASKING = ("known", "has")
NAMING = {"figure": 1, "lead_figure": 1}
NAMED = ("id", "to", "basis")
TITLES = {"figure": ("title", "neutral_title"), "lead_figure": ("title", "neutral_title")}
POINTS = ("point",)
FIGURE, COMPARISON, REASON, NEEDLESS, UNQUOTED = "figure", "comparison", "reason", "needless", "unquoted"


@dataclass(frozen=True)
class Fault:
    """What is wrong at a line of the template: one of the kinds above, and the words."""

    kind: str
    line: int
    found: Found


class Reading:
    """Reads templates that may use some defined phrases.

    Args:
        phrases: that may stand although they hold a figure.

    Attributes:
        used: those of them that were met.
    """

    def __init__(self, phrases: Iterable[str] = ()) -> None:
        self._phrases = tuple(phrases)
        self.used: set[str] = set()

    def read(self, template: nodes.Template, is_headline: bool = False) -> list[Fault]:
        """The faults of a template, in its order. A headline may not compare but by a fact; nor may titles in calls."""
        self._facts = set(FACTS)
        self._values: dict[str, nodes.Node] = {}
        self._asked: tuple[float, ...] = ()
        found = dict.fromkeys(self._walk(template, is_headline))
        return sorted(found, key=lambda fault: (fault.line, fault.found.at))

    def _walk(self, node: nodes.Node | None, headline: bool) -> Iterator[Fault]:
        """Faults below a node; `headline`: where a comparison would be one."""
        if isinstance(node, nodes.TemplateData):
            yield from self._text(node.data, node.lineno, headline)
        elif isinstance(node, nodes.Const):
            if not isinstance(node.value, bool | None):
                yield from self._text(str(node.value), node.lineno, headline)
        elif isinstance(node, nodes.If | nodes.CondExpr):
            yield from self._branches(node, headline)
        elif isinstance(node, nodes.Compare | nodes.Test | nodes.Not):
            return
        elif isinstance(node, nodes.Name):
            # What a title is put together from is as much of it as what stands there.
            if headline and (value := self._values.pop(node.name, None)):
                yield from self._walk(value, headline)
                self._values[node.name] = value
        elif isinstance(node, nodes.Filter):
            yield from self._filter(node, headline)
        elif isinstance(node, nodes.BinExpr | nodes.Neg | nodes.Pos) and not isinstance(node, nodes.And | nodes.Or):
            yield from self._arithmetic(node, headline)
        elif isinstance(node, nodes.Getattr):
            yield from self._walk(node.node, headline)
        elif isinstance(node, nodes.Getitem):
            yield from self._walk(node.node, headline and not self._compares(node.arg))
        elif isinstance(node, nodes.CallBlock):
            yield from self._walk(node.call, headline)
            is_point = isinstance(node.call.node, nodes.Name) and node.call.node.name in POINTS
            yield from self._all(node.body, headline or is_point)
        elif isinstance(node, nodes.Call):
            yield from self._call(node, headline)
        elif isinstance(node, nodes.Pair):
            yield from self._walk(node.value, headline)
        elif isinstance(node, nodes.For):
            yield from self._all([node.iter, *node.body, *node.else_], headline)
        elif isinstance(node, nodes.Assign | nodes.AssignBlock):
            yield from self._assign(node)
        elif node is not None:
            yield from self._all(node.iter_child_nodes(), headline)

    def _all(self, parts: Iterable[nodes.Node], headline: bool) -> Iterator[Fault]:
        for part in parts:
            yield from self._walk(part, headline)

    def _text(self, text: str, line: int, headline: bool) -> Iterator[Fault]:
        plain, used = masked(text, self._phrases)
        self.used |= used
        for kind, faults in ((FIGURE, figures(plain)), (COMPARISON, comparisons(plain) if headline else ())):
            for found in faults:
                # “More than half” says what `facts.share > 0.5` asks.
                if kind == FIGURE and value(found.figure) in self._asked:
                    continue
                yield Fault(kind, line + text.count("\n", 0, found.at), found)

    def _branches(self, node: nodes.If | nodes.CondExpr, headline: bool) -> Iterator[Fault]:
        asked = self._asked
        if isinstance(node, nodes.CondExpr):
            parts = [(node.test, [node.expr1]), (None, [node.expr2] if node.expr2 else [])]
        else:
            parts = [(branch.test, branch.body) for branch in (node, *node.elif_)] + [(None, node.else_)]
        for test, body in parts:
            if test is not None and self._compares(test):
                headline = False
                asks = (part.value for part in test.find_all(nodes.Const))
                self._asked += tuple(number for number in asks if type(number) in (int, float))
            yield from self._all(body, headline)
        self._asked = asked

    def _compares(self, node: nodes.Node) -> bool:
        """Whether a condition depends on more of a fact than whether it is known."""
        if isinstance(node, nodes.Test) and node.name in ("known", "none", "defined"):
            return False
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in ASKING:
            return False
        if isinstance(node, nodes.Name):
            return node.name in self._facts
        return any(self._compares(part) for part in node.iter_child_nodes())

    def _filter(self, node: nodes.Filter, headline: bool) -> Iterator[Fault]:
        if node.name == "given":
            yield from self._given(node, headline)
            return
        yield from self._walk(node.node, headline)
        options = [*node.args, *(option.value for option in node.kwargs if option.key != "attribute")]
        # Those of our own filters are digits.
        yield from self._all([] if node.name in FILTERS else options, headline)

    def _given(self, node: nodes.Filter, headline: bool) -> Iterator[Fault]:
        text = node.node.value if isinstance(node.node, nodes.Const) else None
        if not isinstance(text, str):
            yield Fault(UNQUOTED, node.lineno, Found(0, "given", "given"))
            return
        reason = node.args[0].value if node.args and isinstance(node.args[0], nodes.Const) else ""
        if not isinstance(reason, str) or len(reason.split()) < 2:
            yield Fault(REASON, node.lineno, Found(0, text, text))
        plain, _ = masked(text, self._phrases)
        if not any(figures(plain)) and not (headline and any(comparisons(plain))):
            yield Fault(NEEDLESS, node.lineno, Found(0, text, text))

    def _arithmetic(self, node: nodes.Expr, headline: bool) -> Iterator[Fault]:
        # In `1 - facts.share` the number is part of a sum; by itself it would be the sum.
        is_sum = any(True for _ in node.find_all((nodes.Name, nodes.Call)))
        for part in node.iter_child_nodes():
            if not (is_sum and isinstance(part, nodes.Const) and not isinstance(part.value, str)):
                yield from self._walk(part, headline)

    def _call(self, node: nodes.Call, headline: bool) -> Iterator[Fault]:
        name = node.node.name if isinstance(node.node, nodes.Name) else ""
        if name in ASKING:
            return
        if not name:
            chosen = isinstance(node.node, nodes.Getattr) and any(map(self._compares, node.args))
            yield from self._walk(node.node, headline and not chosen)
        yield from self._all(node.args[NAMING.get(name, 0) :], headline)
        for option in node.kwargs:
            if option.key not in NAMED:
                yield from self._walk(option.value, headline or option.key in TITLES.get(name, ()))

    def _assign(self, node: nodes.Assign | nodes.AssignBlock) -> Iterator[Fault]:
        value = node.node if isinstance(node, nodes.Assign) else nodes.Scope(node.body)
        names = {target.name for target in node.find_all(nodes.Name) if target.ctx == "store"}
        if self._compares(value):
            self._facts |= names
        self._values.update(dict.fromkeys(names, value))
        # A headline reads its names where they stand, in their branch.
        yield from self._walk(value, headline=False)
