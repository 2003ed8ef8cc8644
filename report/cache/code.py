"""The code that a piece of work reaches, as one fingerprint: a part of the key of all that is kept.

No module is listed by hand. From a function on, what it names is followed through the modules of this project: other
functions, classes, those methods of them that something reached asks for by name, and the constants of every module
that any of these stands in. What is imported of elsewhere counts by its name and the version of its library. Comments,
docstrings and blank lines count nothing; nor does the version of Python, since editions are to be the same under all.
"""

from __future__ import annotations

import builtins
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from weakref import WeakKeyDictionary, proxy

from report.cache.parsing import parse
from report.cache.store import Store, fingerprint
from report.core.errors import ReportError
from report.core.folders import files_below

FOLDER = Path(__file__).parents[1]
# No result comes of these: they tell how far work is, keep what it gave, or say why it gave nothing.
BESIDE = {
    "report.cache.code", "report.cache.parsing", "report.cache.store", "report.core.errors", "report.core.progress",
    "report.core.stage", "report.core.timeleft", "report.warehouse.preflight",
}  # fmt: skip
# Where a library's distribution is not called what is imported of it.
DISTRIBUTIONS = {"vl_convert": "vl-convert-python", "yaml": "PyYAML", "adbc_driver_sqlite": "adbc-driver-sqlite"}
# Its templates call methods by names that stand in no code.
TEMPLATES = "jinja2"
ITSELF = ("",)


class CodeError(ReportError):
    """Code is asked for by a name that nothing in this project has."""


def code_of(store: Store, *roots: Callable | str) -> str:
    """Fingerprint of all code that these functions, classes and methods reach, and of the libraries' versions.

    Args:
        store: where it is kept what modules hold, so that only what changed is parsed.
        roots: themselves, or where they need not be imported by name: "report.warehouse.staging:stage_table".

    Raises:
        CodeError: there is no such function, class or method.
    """
    if store not in _read:
        _read[store] = Code(read_code(FOLDER), store)
    code = _read[store]
    names = [root if isinstance(root, str) else f"{root.__module__}:{root.__qualname__}" for root in roots]
    # As long as no code is edited nothing is followed anew.
    key = fingerprint("reach", code.all, environment(), *names)
    return store.keep_bytes(key, ".txt", lambda: code.of(*names).encode(), "code").decode()


def read_code(folder: Path) -> dict[str, bytes]:
    """The text of each module of a package, by its dotted name."""
    found = {}
    for path in files_below(folder, "*.py"):
        name = ".".join((folder.name, *path.relative_to(folder).with_suffix("").parts))
        found[name.removesuffix(".__init__")] = path.read_bytes()
    return found


@cache
def environment() -> str:
    """Fingerprint of Python and of all that is installed: of the libraries that libraries use as well."""
    installed = {path.name for place in sys.path for path in Path(place).glob("*.dist-info")}
    return fingerprint(sys.version, *sorted(installed))


# What a build reads of its code it reads once.
_read: WeakKeyDictionary[Store, Code] = WeakKeyDictionary()


class Code:
    """The modules of this package, `texts` by name; see `code_of`."""

    def __init__(self, texts: dict[str, bytes], store: Store) -> None:
        self.texts = texts
        self._store = proxy(store)
        self._parsed: dict[str, dict] = {}
        self._known: dict[tuple[str, ...], str] = {}
        self.all = fingerprint(*(part for module in sorted(texts.items()) for part in module))
        self._own = fingerprint(*(texts[name] for name in ("report.cache.code", "report.cache.parsing")))

    def of(self, *roots: str) -> str:
        """See `code_of`."""
        if roots not in self._known:
            reach = Reach(self, *roots)
            libraries = [(name, _version(name)) for name in sorted(reach.libraries)]
            self._known[roots] = fingerprint(*sorted(reach.parts), *libraries)
        return self._known[roots]

    def __getitem__(self, module: str) -> dict:
        """What a module holds, as `parse` has it."""
        if module not in self._parsed:
            text = self.texts[module]
            key = fingerprint("module", self._own, text)
            self._parsed[module] = json.loads(
                self._store.keep_bytes(key, ".json", lambda: json.dumps(parse(text)).encode(), "code")
            )
        return self._parsed[module]

    def is_own(self, dotted: str) -> bool:
        """Whether a name is of this package."""
        return dotted.partition(".")[0] == FOLDER.name

    def outside_bases(self, module: str, name: str) -> Iterator[str]:
        """The classes of elsewhere that a class derives from."""
        held = self[module]
        for base in held["bases"].get(name, ()):
            first, dot, rest = base.partition(".")
            target = held["imports"].get(first, first) + dot + rest
            owner, _, cls = target.rpartition(".")
            if base in held["bases"]:
                yield from self.outside_bases(module, base)
            elif owner in self.texts:
                yield from self.outside_bases(owner, cls)
            else:
                yield target


class Reach:
    """What is reached from some functions, classes and methods of a package.

    Attributes:
        parts: what counts: fingerprints of statements with their module, and what imported names stand for.
        units: the functions, classes and methods among it.
        libraries: what is imported of elsewhere, the standard library excepted.
    """

    def __init__(self, code: Code, *roots: str) -> None:
        self._code = code
        self.parts: set[str] = set()
        self.units: set[tuple[str, str]] = set()
        self.libraries: set[str] = set()
        self._queue: list[tuple[str, str]] = []
        self._touched: set[str] = set()
        self._run: set[str] = set()
        self._asked: set[str] = set()
        self._all_are_asked = False
        # Methods that nothing has asked for so far.
        self._methods: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for root in roots:
            module, _, name = root.partition(":")
            if module not in code.texts or name not in {**code[module]["units"], **code[module]["imports"]}:
                raise CodeError(f"there is no `{root}`", hint="name code by its module, and what it has: report.x:name")
            # A method comes with its class.
            self._queue += [(module, name), *([(module, name.split(".")[0])] if "." in name else [])]
        while self._queue:
            self._take(*self._queue.pop())

    def _take(self, module: str, name: str) -> None:
        if (module, name) in self.units or module in BESIDE:
            return
        held = self._code[module]
        self._touch(module)
        for unit in held["units"].get(name, ()):
            self.units.add((module, name))
            self._use(module, unit)
        if name in held["methods"]:
            self._take_methods(module, name, held["methods"][name])
        if name in held["imports"]:
            self._follow(held["imports"][name], ITSELF)

    def _take_methods(self, module: str, name: str, methods: Iterable[str]) -> None:
        bases = list(self._code.outside_bases(module, name))
        for method in methods:
            self._methods[method].append((module, f"{name}.{method}"))
            is_asked = self._all_are_asked or method in self._asked or method.startswith("__")
            if is_asked or any(_calls(base, method) for base in bases):
                self._ask([method], is_dynamic=False)

    def _use(self, module: str, unit: dict) -> None:
        held = self._code[module]
        self.parts.add(f"{module} {unit['text']}")
        for name, rest in unit["names"].items():
            target = unit["imports"].get(name)
            if target is None and name in held["units"]:
                self._queue.append((module, name))
            target = target or held["imports"].get(name)
            if target:
                self.parts.add(f"{module} {name} = {target}")
                self._follow(target, rest)
        for imported in unit["runs"]:
            self._import(imported)
        self._ask(unit["attributes"], unit["is_dynamic"])

    def _follow(self, target: str, rest: Iterable[str]) -> None:
        """What an imported name stands for; `rest` is what is asked of it, which counts where it is a module."""
        if not self._code.is_own(target):
            library = target.partition(".")[0]
            if library not in sys.stdlib_module_names:
                self.libraries.add(library)
            self._ask((), is_dynamic=library == TEMPLATES)
        elif target not in self._code.texts:
            module, _, name = target.rpartition(".")
            self._queue.append((module, name))
        elif target not in BESIDE:
            self._touch(target)
            for dotted in rest:
                name, _, further = dotted.partition(".")
                if f"{target}.{name}" in self._code.texts:
                    self._follow(f"{target}.{name}", [further])
                else:
                    # A module that is passed on may be asked for anything.
                    self._queue += [(target, one) for one in ([name] if name else self._code[target]["units"])]

    def _ask(self, methods: Iterable[str], is_dynamic: bool) -> None:
        """Something reached asks for attributes of these names, or of any, of what may be objects of our classes."""
        self._asked.update(methods)
        if is_dynamic and not self._all_are_asked:
            self._all_are_asked = True
            methods = list(self._methods)
        for method in methods:
            self._queue += self._methods.pop(method, ())

    def _touch(self, module: str) -> None:
        """A module of which something is used: its constants count, and so do its packages."""
        if module not in self._touched and module not in BESIDE:
            self._touched.add(module)
            self.parts.add(f"{module} {self._code[module]['body']}")
            self._import(module)

    def _import(self, dotted: str) -> None:
        """A module that is run: its statements that bind nothing may do something to all others."""
        while dotted and dotted not in self._code.texts:
            dotted = dotted.rpartition(".")[0]
        if dotted and dotted not in self._run and dotted not in BESIDE:
            self._run.add(dotted)
            for unit in self._code[dotted]["effects"]:
                self._use(dotted, unit)
            for imported in (dotted.rpartition(".")[0], *self._code[dotted]["runs"]):
                self._import(imported)


@cache
def _calls(base: str, method: str) -> bool:
    """Whether a class of elsewhere may call a method of ours: what it has itself; of a library's nothing is known."""
    module, _, name = base.rpartition(".")
    if module.partition(".")[0] not in {"", *sys.stdlib_module_names}:
        return True
    return hasattr(getattr(import_module(module) if module else builtins, name), method)


@cache
def _version(library: str) -> str:
    try:
        return version(DISTRIBUTIONS.get(library, library))
    except PackageNotFoundError:
        return ""
