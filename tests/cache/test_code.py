"""What is kept is what would be made: a key holds all code that the work reaches, and little else."""

from __future__ import annotations

import ast
import re
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import FrameType

import pytest
from building import ROOT, settings_below

from report import pipeline
from report.cache import code
from report.cache.code import BESIDE, Code, CodeError, Reach, read_code
from report.cache.store import Store
from report.cli import main
from report.core.progress import Progress
from report.figures.pictures import SUFFIXES, Pictures, _code_of_chart
from report.results.figure_data import FigureData
from report.run import Run
from report.sources import Source
from report.warehouse.edition import Edition
from report.warehouse.keys import inputs_key

PROJECT = {
    "report": "",
    "report.cache.code": "",
    "report.cache.parsing": "",
    "report.core.errors": "class QueryError(Exception):\n    text = 'x'\n",
    "report.shop": "VAT = 19\n",
    "report.shop.goods": (
        "import json\n"
        "from report.shop import VAT\n"
        "from report.shop.shelf import Shelf, other\n"
        "from report.shop import till\n"
        "from report.core.errors import QueryError\n"
        "LIMIT = 3\n"
        "def sold(shelf: Shelf):\n"
        "    'Words.'\n"
        "    # Words.\n"
        "    from report.shop.late import late\n"
        "    return late(till.rung(shelf.left() + VAT))\n"
        "def lost():\n"
        "    raise QueryError(other())\n"
    ),
    "report.shop.shelf": (
        "import altair as alt\n"
        "from collections.abc import Mapping\n"
        "class Base(Mapping):\n"
        "    def keys(self):\n"
        "        return 1\n"
        "    def __len__(self):\n"
        "        return 1\n"
        "class Shelf(Base):\n"
        "    def left(self):\n"
        "        return right()\n"
        "    def values(self):\n"
        "        return 2\n"
        "    def never(self):\n"
        "        return other()\n"
        "def right():\n"
        "    return alt.Chart\n"
        "def other():\n"
        "    return 4\n"
    ),
    "report.shop.late": "def late(x):\n    return x\n",
    "report.shop.till": "OPEN = {}\nOPEN['a'] = 1\ndef rung(x):\n    return x + 1\ndef shut(x):\n    return x + 2\n",
}
SOLD = "report.shop.goods:sold"


@pytest.fixture
def key(tmp_path: Path) -> Callable[..., str]:
    """The key of `sold` after an edit of the project: module, old text, new text."""

    def key_of(module: str = "report", old: str = "", new: str = "", root: str = SOLD) -> str:
        texts = dict(PROJECT)
        assert old in texts[module]
        texts[module] = texts[module].replace(old, new, 1) if old else texts[module] + new
        return Code({name: text.encode() for name, text in texts.items()}, store).of(root)

    store = Store(tmp_path)
    return key_of


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        ("report.shop.goods", "late(till", "late(0 + till"),
        ("report.shop.goods", "LIMIT = 3", "LIMIT = 4"),
        ("report.shop.goods", "", "EDITED = True\n"),
        ("report.shop.goods", "", "was = sold\ndef sold(shelf):\n    return was(shelf) + 1\n"),
        ("report.shop.goods", "import till", "import late as till"),
        ("report.shop", "VAT = 19", "VAT = 7"),
        ("report.shop.late", "return x", "return -x"),
        ("report.shop.shelf", "return right()", "return right() + 1"),
        ("report.shop.shelf", "alt.Chart", "alt.Layer"),
        ("report.shop.shelf", "import altair as alt", "import rich as alt"),
        ("report.shop.shelf", "        return 1\n    def __len__", "        return 5\n    def __len__"),
        ("report.shop.shelf", "__len__(self):\n        return 1", "__len__(self):\n        return 5"),
        ("report.shop.shelf", "return 2", "return 5"),
        ("report.shop.till", "x + 1", "x + 3"),
        ("report.shop.till", "OPEN['a'] = 1", "OPEN['a'] = 2"),
    ],
)
def test_an_edit_of_what_is_reached_changes_the_key(key: Callable[..., str], module: str, old: str, new: str) -> None:
    assert key(module, old, new) != key()


@pytest.mark.parametrize(
    ("module", "old", "new"),
    [
        ("report.shop.goods", "# Words.", "# Other words."),
        ("report.shop.goods", "'Words.'", "'Other words.'"),
        ("report.shop.goods", "raise QueryError", "raise ValueError"),
        ("report.shop.goods", "", "\n\n# The end.\n"),
        ("report.shop.goods", "", "import sys\ndef more():\n    return sys\n"),
        ("report.shop.shelf", "return other()", "return 0"),
        ("report.shop.shelf", "return 4", "return 5"),
        ("report.shop.till", "x + 2", "x + 4"),
        ("report.core.errors", "'x'", "'y'"),
    ],
)
def test_an_edit_of_anything_else_does_not(key: Callable[..., str], module: str, old: str, new: str) -> None:
    assert key(module, old, new) == key()


def test_templates_may_call_any_method(key: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    rendering = "def render(shelf: Shelf):\n    import jinja2\n    return jinja2\n"
    monkeypatch.setitem(PROJECT, "report.shop.goods", PROJECT["report.shop.goods"] + rendering)
    root = "report.shop.goods:render"
    assert key("report.shop.shelf", "return other()", "return 0", root) != key(root=root)


def test_the_version_of_a_library_that_is_reached_counts(
    key: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key(), key(root="report.shop.late:late")
    monkeypatch.setattr(code, "_version", lambda library: f"{library} 99")
    assert key() != before[0]
    assert key(root="report.shop.late:late") == before[1]


@pytest.mark.parametrize("root", ["report.shop.goods:gone", "report.gone:sold", "report.shop.shelf:Shelf.gone"])
def test_what_is_not_there_is_an_error(key: Callable[..., str], root: str) -> None:
    with pytest.raises(CodeError, match=root):
        key(root=root)


def test_no_module_reads_the_code_but_one() -> None:
    """No list of modules is kept by hand: whoever needs to know of code asks `code_of`."""
    signs = re.compile(r"""(?<!build)\.py["'`]|\*\.py|__file__\)\.read|\.__file__|getsource""")
    found = {name for name, text in read_code(ROOT / "report").items() if signs.search(text.decode())}
    # The library's folder, the place of a mistake in a chart, where an error leads to, which checks there are: no code
    # of these is read.
    beside = {"report.pages.markup", "report.figures.pictures", "report.engines.proven", "report.commands.check"}
    assert found == {"report.cache.code", *beside}


class Lineage:
    """Which code the key of each kept result counts, and which functions ran while it was made."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.parts: dict[str, set[str]] = {}
        self.roots: dict[str, tuple[str, ...]] = {}
        self.ran: dict[tuple[str, str], set[tuple[str, str]]] = {}
        self._active: list[set[tuple[str, str]]] = []
        real_of, real_keep, real = Code.of, Store.keep, code.fingerprint

        def of(this: Code, *roots: str) -> str:
            found = real_of(this, *roots)
            self.roots[found] = roots
            return found

        def fingerprint(*parts: object) -> str:
            made = real(*parts)
            texts = [part for part in parts if not isinstance(part, bytes)]
            self.parts.setdefault(made, set()).update(re.findall(r"\b[0-9a-f]{64}\b", str(texts)))
            return made

        def keep(this: Store, key: str, suffix: str, make: Callable[[Path], None], what: str = "") -> Path:
            def watched(path: Path) -> None:
                with self.watching(key, what):
                    make(path)

            return real_keep(this, key, suffix, watched, what)

        patch.setattr(Code, "of", of)
        patch.setattr(Store, "keep", keep)
        for name, module in list(sys.modules.items()):
            if name.startswith("report.") and getattr(module, "fingerprint", None) is real:
                patch.setattr(module, "fingerprint", fingerprint)

    @contextmanager
    def watching(self, key: str, what: str) -> Iterator[None]:
        """Note the functions of the report that are called meanwhile, in threads started meanwhile as well."""
        ran = self.ran.setdefault((key, what), set())

        def note(frame: FrameType, event: str, _: object) -> None:
            path = frame.f_code.co_filename
            if event == "call" and path.startswith(REPORT) and not frame.f_code.co_qualname.startswith("<"):
                called = path, frame.f_code.co_qualname.split(".<locals>")[0]
                for each in self._active:
                    each.add(called)

        self._active.append(ran)
        sys.setprofile(note)
        threading.setprofile(note)
        try:
            yield
        finally:
            self._active.remove(ran)
            if not self._active:
                sys.setprofile(None)
                threading.setprofile(None)

    def counted(self, key: str) -> set[str]:
        """The roots whose code a key counts, by way of other keys as well."""
        waiting, met = [key], set()
        while waiting:
            part = waiting.pop()
            if part not in met:
                met.add(part)
                waiting += self.parts.get(part, ())
        return {root for part in met & self.roots.keys() for root in self.roots[part]}


REPORT = f"{ROOT}/report/"
BLANK = b'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="400" viewBox="0 0 720 400"></svg>'


def module_of(path: str) -> str:
    return path.removeprefix(f"{ROOT}/").removesuffix(".py").replace("/", ".").removesuffix(".__init__")


@dataclass
class Watched:
    """A build from nothing, watched: of each kept result what it is, the roots its key counts, and what ran for it."""

    code: Code
    ran: list[tuple[str, tuple[str, ...], set[tuple[str, str]]]]
    ahead: set[tuple[str, str]]


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    import report.hosting.report
    import report.publication.outputs
    import report.sources.parquet
    import report.sources.sqlite.archive
    import report.sources.table.flat
    import report.warehouse.aggregation

    folder = tmp_path_factory.mktemp("watched")
    assert main(["sample", str(folder / "archive"), "--tracks", "1500"]) == 0
    drawn: set[str] = set()
    render, aggregate = Pictures._render, report.warehouse.aggregation.aggregate
    with pytest.MonkeyPatch.context() as patch:
        lineage = Lineage(patch)

        def render_one(pictures: Pictures, data: FigureData) -> dict[str, bytes]:
            # One figure of each finding: more would take long.
            if data.finding in drawn:
                return dict.fromkeys(SUFFIXES, BLANK)
            drawn.add(data.finding)
            with lineage.watching(_code_of_chart(data, pictures._store), f"drawing {data.id}"):
                return render(pictures, data)

        def aggregate_it(source: Source, name: str | None, run: Run, hold: Callable[[Edition], None]) -> Edition:
            # What holds an edition against the contracts refuses it or not, and makes nothing of it.
            with lineage.watching(inputs_key(source, run), "edition"):
                edition = aggregate(source, name, run, lambda _: None)
            hold(edition)
            return edition

        patch.setattr(Pictures, "_render", render_one)
        patch.setattr(report.publication.outputs, "ThreadPoolExecutor", AtOnce)
        patch.setattr(report.warehouse.aggregation, "aggregate", aggregate_it)
        pipeline.build(replace(settings_below(folder), threads=1), folder / "archive", "tried", Progress())
        store = Store(folder / "asked")
    held = Code(read_code(ROOT / "report"), store)
    held.store = store  # which it only refers to
    ran = [(what.split(" ")[0], tuple(sorted(lineage.counted(key))), ran) for (key, what), ran in lineage.ran.items()]
    with pytest.MonkeyPatch.context() as patch:
        return Watched(held, ran, of_outlook(held, patch))


def test_whatever_runs_while_a_result_is_made_is_in_its_key(watched: Watched) -> None:
    """A list of modules kept by hand would sooner or later lack one that ran."""
    missing: dict[str, set[str]] = {}
    for what, roots, ran in watched.ran:
        reached = Reach(watched.code, *roots).units | watched.ahead
        for module, name in {(module_of(path), name) for path, name in ran} - reached:
            if module not in BESIDE and name in watched.code[module]["units"]:
                missing.setdefault(what, set()).add(f"{module}:{name}")
    assert missing == {}
    kinds = {what for what, _, ran in watched.ran if ran}
    assert {"import", "audit", "staging", "cube", "edition", "answer", "drawing", "verdicts"} <= kinds


def test_one_byte_in_any_module_makes_what_it_made_anew(watched: Watched) -> None:
    """In every module in turn: what a function with another byte had a part in is not found any more, all else is."""
    made_by: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for _, roots, ran in watched.ran:
        for path, name in ran:
            module = module_of(path)
            if module not in BESIDE and (module, name) not in watched.ahead and name in watched.code[module]["units"]:
                made_by.setdefault((module, name), set()).add(roots)
    every = {roots for _, roots, _ in watched.ran}
    before = {roots: watched.code.of(*roots) for roots in every}
    reach = {roots: Reach(watched.code, *roots).units for roots in every}
    tried = set()
    for (module, name), makers in sorted(made_by.items()):
        text = with_another_byte(watched.code.texts[module], name)
        if text is None or module in tried:
            continue
        tried.add(module)
        edited = Code({**watched.code.texts, module: text}, watched.code.store)
        # What other modules hold need not be read again.
        edited._parsed = {other: held for other, held in watched.code._parsed.items() if other != module}
        for roots in every:
            is_same = edited.of(*roots) == before[roots]
            assert not (is_same and roots in makers), f"{module}:{name} ran for {roots}"
            assert is_same or any(unit[0] == module for unit in reach[roots]), f"{module} is not reached from {roots}"
    ran = {module for module, _ in made_by}
    assert tried == ran
    # What no kept result is made by (commands, checks, the preview) is in the key of the site as a whole.
    assert len(ran) > 70


def with_another_byte(text: bytes, name: str) -> bytes | None:
    """The text with one letter of a word, of a name or of a number changed in a function or method."""
    tree = ast.parse(text)
    body: ast.AST | None = tree
    for part in name.split("."):
        named = (node for node in ast.iter_child_nodes(body) if getattr(node, "name", None) == part)
        body = next(named, None)
        if body is None:
            return None
    lines = text.split(b"\n")
    for node in ast.walk(body):
        is_name = isinstance(node, ast.Name | ast.Attribute)
        if is_name or (isinstance(node, ast.Constant) and isinstance(node.value, int | str) and node.value is not True):
            at = lines[node.lineno - 1]
            for place in range(node.col_offset, node.end_col_offset if node.end_lineno == node.lineno else len(at)):
                if at[place : place + 1].isalnum() and not is_docstring(body, node):
                    other = b"q" if is_name else b"7" if at[place : place + 1] != b"7" else b"6"
                    changed = at[:place] + other + at[place + 1 :]
                    edited = b"\n".join([*lines[: node.lineno - 1], changed, *lines[node.lineno :]])
                    if parses(edited):
                        return edited
                    break
    return None


def is_docstring(body: ast.AST, node: ast.Constant) -> bool:
    return any(isinstance(each, ast.Expr) and each.value is node for each in ast.walk(body))


def parses(text: bytes) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


class AtOnce:
    """An executor that does what it is given before it goes on, so that it is known what ran for what."""

    def __init__(self, _: int) -> None:
        pass

    def __enter__(self) -> AtOnce:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def submit(self, work: Callable, *given: object) -> Future:
        done: Future = Future()
        done.set_result(work(*given))
        return done


def of_outlook(held: Code, monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    """What the look ahead of an aggregation runs, of which no result comes."""
    with monkeypatch.context() as patch:
        patch.setattr(code, "BESIDE", BESIDE - {"report.warehouse.preflight"})
        return Reach(held, "report.warehouse.preflight:preflight").units
