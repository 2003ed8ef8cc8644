"""A module's text as what its statements bind and name, from which `code` follows what is reached."""

from __future__ import annotations

import ast
import threading
from collections.abc import Iterable, Iterator
from functools import cache

from report.cache.store import fingerprint

Function = ast.FunctionDef | ast.AsyncFunctionDef
Import = ast.Import | ast.ImportFrom
# Python 3.11 counts how deep a tree is for all threads at once, and fails where two parse at a time.
PARSING = threading.Lock()


@cache
def parse(text: bytes) -> dict:
    """What a module holds, ready for JSON; the same object for the same text, to be read only.

    Returns:
        units {name: [unit]}: what each name of the module is bound by, "Class.method" for methods.
        bases {class: [dotted]}, methods {class: [name]}.
        imports {name: what it stands for}, such as "report.sources.files.parquet".
        runs: modules that are imported with this one.
        body: fingerprint of the statements that are no functions, classes and imports.
        effects [unit]: statements that bind nothing, and may do something to all others.

    A unit has text (a fingerprint), names {name: dotted attributes that are asked of it, "" for itself}, attributes,
    imports and runs of its own, and is_dynamic: whether it asks for attributes by names that are worked out.
    """
    with PARSING:
        tree = ast.parse(text)
    lines = Lines(text.decode(), tree)
    units: dict[str, list[dict]] = {}
    held = {"units": units, "bases": {}, "methods": {}, "imports": {}, "runs": [], "effects": []}
    body = []
    for statement in tree.body:
        if isinstance(statement, Function):
            units.setdefault(statement.name, []).append(_unit(statement, lines.of(statement)))
        elif isinstance(statement, ast.ClassDef):
            methods = [node for node in statement.body if isinstance(node, Function)]
            header = _unit(statement, lines.of(statement, methods), methods)
            units.setdefault(statement.name, []).append(header)
            held["bases"][statement.name] = [ast.unparse(base).partition("[")[0] for base in statement.bases]
            held["methods"][statement.name] = sorted({method.name for method in methods})
            for method in methods:
                units.setdefault(f"{statement.name}.{method.name}", []).append(_unit(method, lines.of(method)))
        else:
            for node in _within(statement):
                held["imports"] |= _imported(node)
                held["runs"] += [] if _is_for_types(statement) else _run_by(node)
            if not isinstance(statement, Import) and not _is_for_types(statement) and not _is_text(statement):
                unit = _unit(statement, lines.of(statement))
                body.append(unit["text"])
                names = set(_bound(statement))
                for name in names:
                    units.setdefault(name, []).append(unit)
                if not names:
                    held["effects"].append(unit)
    return {**held, "body": fingerprint(*body)}


class Lines:
    """The lines of a module that count: none of comments and docstrings, and no blank ones."""

    def __init__(self, text: str, tree: ast.Module) -> None:
        self._lines = text.splitlines()
        inside, dropped = set(), set()
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr | ast.Constant) and node.end_lineno > node.lineno:
                inside |= set(range(node.lineno + 1, node.end_lineno + 1))
            if isinstance(node, Function | ast.ClassDef) and _is_text(node.body[0]) and "__doc__" not in text:
                dropped |= set(range(node.body[0].lineno, node.body[0].end_lineno + 1)) - {node.lineno}
        self._kept = [
            number not in dropped and (number in inside or (line.strip() != "" and not line.lstrip().startswith("#")))
            for number, line in enumerate(self._lines, 1)
        ]

    def of(self, node: ast.stmt, without: Iterable[ast.stmt] = ()) -> str:
        """Fingerprint of a statement's lines that count, those of others within it left out."""
        left_out = {number for other in without for number in _span(other)}
        kept = [number for number in _span(node) if self._kept[number - 1] and number not in left_out]
        return fingerprint(*(self._lines[number - 1] for number in kept))


def _span(node: ast.stmt) -> range:
    first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))])
    return range(first, node.end_lineno + 1)


def _unit(statement: ast.stmt, text: str, without: Iterable[ast.AST] = ()) -> dict:
    names: dict[str, set[str]] = {}
    unit = {"text": text, "imports": {}, "runs": [], "is_dynamic": False}
    attributes, chained = set(), set()
    for node in _within(statement, without):
        unit["imports"] |= _imported(node)
        unit["runs"] += _run_by(node)
        if isinstance(node, ast.Attribute):
            attributes.add(node.attr)
            dotted, base = node.attr, node.value
            while isinstance(base, ast.Attribute):
                chained.add(base)
                dotted, base = f"{base.attr}.{dotted}", base.value
            if isinstance(base, ast.Name) and node not in chained:
                chained.add(base)
                names.setdefault(base.id, set()).add(dotted)
        elif isinstance(node, ast.Name) and node not in chained and not isinstance(node.ctx, ast.Store):
            names.setdefault(node.id, set()).add("")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "getattr":
            name = node.args[1]
            is_said = isinstance(name, ast.Constant)
            attributes.update([name.value] if is_said else [])
            unit["is_dynamic"] |= not is_said
    unit["names"] = {name: sorted(rest) for name, rest in sorted(names.items())}
    return unit | {"attributes": sorted(attributes)}


def _within(node: ast.AST, without: Iterable[ast.AST] = ()) -> Iterator[ast.AST]:
    """The node and all within it, each before what it holds."""
    yield node
    for child in ast.iter_child_nodes(node):
        if child not in without:
            yield from _within(child, without)


def _imported(node: ast.AST) -> dict[str, str]:
    """The names that an import binds, and what they stand for."""
    if isinstance(node, ast.ImportFrom):
        return {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    if isinstance(node, ast.Import):
        names = [(alias.asname, alias.name) for alias in node.names]
        return {own or name.partition(".")[0]: name if own else name.partition(".")[0] for own, name in names}
    return {}


def _run_by(node: ast.AST) -> list[str]:
    """What an import runs: modules, or names of them, whose last part is left off where it is no module."""
    return [*_imported(node).values()] + ([alias.name for alias in node.names] if isinstance(node, ast.Import) else [])


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Names that a statement binds which is no function and no class; those of functions within it are among them."""
    for node in _within(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, Function | ast.ClassDef):
            yield node.name


def _is_for_types(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.If) and ast.unparse(statement.test).endswith("TYPE_CHECKING")


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
