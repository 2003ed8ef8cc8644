"""The code that draws a figure, as one fingerprint: its function, what that uses of its module, and of other modules.

An edit of one chart function thus changes one figure's picture. Comments and blank lines change none.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from report.errors import ChartError
from report.folders import files_in
from report.store import Store, fingerprint

REPORT = "report."
# What every picture is made with, whatever its chart uses.
ALWAYS = ("report.charts.svg", "report.charts.theme")


def code_by_figure(charts: Path, store: Store) -> dict[str, str]:
    """Figure id ("<module>/<function>") -> fingerprint of its code, for every function of every chart module.

    Args:
        charts: the package of the charts; what it imports of `report` is read from the folder above.
        store: where the answer for the same files is kept: parsing them all takes longer than a warm build has.
    """
    folder = charts.parent
    texts = {module_name(folder, path): path.read_bytes() for path in files_in(folder, "*.py")}
    texts |= {module_name(folder, path): path.read_bytes() for path in files_in(charts, "*.py")}
    key = fingerprint("chart code", Path(__file__).read_bytes(), *texts.values())

    def work_out() -> bytes:
        modules = Modules(texts)
        package = f"{REPORT}{charts.name}."
        found = {}
        for name in sorted(name for name in texts if name.startswith(package)):
            for function in modules[name].functions:
                used, imported = modules[name].used_by(function)
                parts = [ast.dump(statement) for statement in used]
                parts += [modules[other].code for other in modules.closure([*imported, *ALWAYS])]
                found[f"{name.removeprefix(package)}/{function}"] = fingerprint(*parts)
        return json.dumps(found).encode()

    return json.loads(store.keep_bytes(key, ".json", work_out, "chart code"))


def module_name(folder: Path, path: Path) -> str:
    """The dotted name of a module below `folder`, which is the package `report`."""
    return REPORT + ".".join(path.relative_to(folder).with_suffix("").parts)


class Module:
    """A parsed module: which of its statements binds which name.

    Args:
        known: names of the modules that count; what is imported of others is their version's affair.
    """

    def __init__(self, tree: ast.Module, known: Iterable[str]) -> None:
        self.tree = tree
        self._known = set(known)
        self._binding: dict[str, list[ast.stmt]] = {}
        # A statement that binds nothing may still do something to all others.
        self._always: list[ast.stmt] = []
        for statement in tree.body:
            names = set(_bound(statement))
            for bound in names:
                self._binding.setdefault(bound, []).append(statement)
            if not names and not _is_text(statement):
                self._always.append(statement)

    @cached_property
    def code(self) -> str:
        """Fingerprint of all of it; of what runs, not of comments."""
        return fingerprint(ast.dump(self.tree))

    @property
    def functions(self) -> list[str]:
        """Names of the functions it defines."""
        return [node.name for node in self.tree.body if isinstance(node, ast.FunctionDef)]

    def used_by(self, function: str) -> tuple[list[ast.stmt], list[str]]:
        """The statements of this module that a function uses, itself included, in order; the modules they import."""
        waiting = [*self._binding[function], *self._always]
        used = set()
        while waiting:
            statement = waiting.pop()
            if statement in used:
                continue
            used.add(statement)
            names = {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
            waiting += [other for name in names for other in self._binding.get(name, ())]
        in_order = [statement for statement in self.tree.body if statement in used]
        return in_order, [name for statement in in_order for name in self.imported(statement)]

    def imported(self, within: ast.AST) -> Iterator[str]:
        """The known modules that are imported anywhere within a piece of code."""
        for node in ast.walk(within):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            else:
                continue
            yield from (name for name in names if name in self._known)


class Modules(dict[str, Module]):
    """The modules by name, parsed when first asked for."""

    def __init__(self, texts: Mapping[str, bytes]) -> None:
        super().__init__()
        self._texts = texts

    def __missing__(self, name: str) -> Module:
        try:
            tree = ast.parse(self._texts[name])
        except SyntaxError as error:
            where = f"{name.replace('.', '/')}.py:{error.lineno}"
            shown = [(error.text or "").rstrip()]
            raise ChartError(f"this is not Python: {error.msg}", where, excerpt=shown) from error
        self[name] = Module(tree, self._texts)
        return self[name]

    def closure(self, names: Iterable[str]) -> list[str]:
        """These modules and all that they import, by and by; sorted."""
        waiting, found = [name for name in names if name in self._texts], set()
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self[name].imported(self[name].tree)
        return sorted(found)


def _bound(statement: ast.stmt) -> Iterator[str]:
    """Names that a top-level statement binds; a function's own variables are not among them."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
        return
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.alias):
            yield node.asname or node.name.partition(".")[0]


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
