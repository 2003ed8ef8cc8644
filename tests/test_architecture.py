"""The shape of the project: imports go with the flow, a finding is a stem, a warm build loads what it needs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from types import FrameType

import pytest
from archives import Archive
from building import ROOT, settings_below
from dear import DEAR

from report.cli import main
from report.core.progress import Progress
from report.figures.pictures import SUFFIXES, Pictures
from report.pipeline import build

# In the order of the flow: a package, or a module that lies loose, may import what stands before it, and nothing after.
FLOW = (
    "core", "cache", "run", "sql", "sources", "engines", "synthetic", "warehouse", "results", "writing",
    "claims", "charts", "figures", "compare", "pages", "publication", "hosting", "pipeline", "commands", "cli",
)  # fmt: skip
MODULES = sorted(
    path.relative_to(ROOT)
    for path in (ROOT / "report").rglob("*.py")
    if path.stat().st_size and path.relative_to(ROOT) != Path("report/__init__.py")
)
# Tests of what several findings have in common: how far in time they speak.
ABOUT_ALL = {"time"}
NOT_FINDINGS = {"staging", "cubes", "data"}
FINDINGS = sorted({path.name for path in (ROOT / "queries").iterdir() if path.is_dir()} - NOT_FINDINGS)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="400" viewBox="0 0 720 400"></svg>'


def imports(module: Path) -> set[str]:
    """What the module imports, dotted; for `from a import b` both `a` and `a.b`."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def place(dotted: str) -> str:
    """The place in the flow of `report.…`: its package, or the module itself where it lies loose."""
    return dotted.split(".")[1]


def named(module: Path) -> str:
    """The module as it is imported."""
    return ".".join(module.with_suffix("").parts).removesuffix(".__init__")


class TestFlow:
    def test_every_module_has_its_place(self) -> None:
        assert {place(named(module)) for module in MODULES} == set(FLOW)

    @pytest.mark.parametrize("module", MODULES, ids=str)
    def test_nothing_imports_against_it(self, module: Path) -> None:
        own = place(named(module))
        imported = {place(name) for name in imports(module) if name.startswith("report.")}
        assert sorted(name for name in imported & set(FLOW) if FLOW.index(name) > FLOW.index(own)) == []

    @pytest.mark.parametrize("module", MODULES, ids=str)
    def test_modules_are_small(self, module: Path) -> None:
        assert len((ROOT / module).read_text(encoding="utf-8").splitlines()) <= 270

    @pytest.mark.parametrize(
        "module", [m for m in MODULES if m.parent == Path("report/charts") and m.stem in FINDINGS], ids=str
    )
    def test_a_chart_opens_nothing_and_asks_nobody(self, module: Path) -> None:
        names = imports(module)
        others = {name for name in names if name.startswith("report.") and not name.startswith("report.charts")}
        assert all(name == "report.core" or name.startswith("report.core.numbers") for name in others)
        assert not {name.split(".")[0] for name in names} & {"duckdb", "pathlib", "os", "json", "csv"}
        assert "open(" not in (ROOT / module).read_text(encoding="utf-8")

    def test_the_command_line_prints_errors_and_nothing_else_does(self) -> None:
        rendering = [module for module in MODULES if ".render(), file=" in (ROOT / module).read_text(encoding="utf-8")]
        assert rendering == [Path("report/cli.py")]


class TestFindings:
    @pytest.mark.parametrize("finding", FINDINGS)
    @pytest.mark.parametrize("path", ["queries/{}/facts.sql", "report/charts/{}.py", "tests/findings/test_{}.py"])
    def test_a_finding_is_a_stem(self, finding: str, path: str) -> None:
        assert (ROOT / path.format(finding)).is_file()

    @pytest.mark.parametrize("finding", FINDINGS)
    def test_a_finding_is_written_once(self, finding: str) -> None:
        written = [f"content/en/{folder}/{finding}.md" for folder in ("findings", "figures")]
        new = {(ROOT / path).is_file() for path in [*written, f"content/findings/{finding}.toml"]}
        assert len(new) == 1 and new != {(ROOT / f"content/findings/{finding}.md").is_file()}

    @pytest.mark.parametrize(
        ("folder", "pattern"),
        [("content/findings", "*.*"), ("content/en/findings", "*.md"), ("tests/findings", "test_*.py")],
    )
    def test_no_stem_is_left_over(self, folder: str, pattern: str) -> None:
        stems = {path.stem.removeprefix("test_") for path in (ROOT / folder).glob(pattern)} - ABOUT_ALL
        assert stems <= set(FINDINGS)

    @pytest.mark.parametrize("finding", FINDINGS)
    def test_every_figure_has_a_query_and_a_chart(self, finding: str) -> None:
        queries = {path.stem for path in (ROOT / "queries" / finding).glob("*.sql")} - {"facts"}
        tree = ast.parse((ROOT / f"report/charts/{finding}.py").read_text(encoding="utf-8"))
        charts = {
            node.name
            for node in tree.body
            if isinstance(node, ast.FunctionDef)
            and [argument.arg for argument in node.args.args] == ["rows", "variant"]
        }
        assert {name for name in charts if not name.startswith("_")} == queries

    @pytest.mark.parametrize("finding", FINDINGS)
    def test_every_figure_is_on_the_findings_page(self, finding: str) -> None:
        if (ROOT / f"content/en/findings/{finding}.md").is_file():
            return  # the build looks after it
        page = (ROOT / f"content/findings/{finding}.md").read_text(encoding="utf-8")
        figures = [path.stem for path in (ROOT / "queries" / finding).glob("*.sql") if path.stem != "facts"]
        assert [name for name in figures if f'"{finding}/{name}"' not in page] == []


def test_a_warm_build_loads_no_library_of_charts_or_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tracks = [{"duration_ms": 1000 * n, "popularity": n % 101} for n in range(1, 600)]
    archive = Archive(tracks=tracks).sqlite(tmp_path / "archive")
    # Blank pictures: what is drawn is not the question, and drawing takes long.
    monkeypatch.setattr(Pictures, "_render", lambda *_: dict.fromkeys(SUFFIXES, SVG))
    build(settings_below(tmp_path), archive, "tried", Progress())
    code = (
        "import sys; from report.cli import main\n"
        "for sources in ([], ['--archive', sys.argv[1]]):\n"
        "    status = main(['--edition', 'tried', '--no-demo', *sources, *sys.argv[2:]])\n"
        "    print(status, sorted({'altair', 'pyarrow', 'vl_convert', 'duckdb', 'rich'} & set(sys.modules)))\n"
    )
    places = [part for name in ("editions", "site", "cache") for part in (f"--{name}", str(tmp_path / name))]
    command = [sys.executable, "-c", code, str(archive), *places]
    warm = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    # Whether an edition is that of an archive takes opening the archive, not reading it.
    assert warm.stdout.splitlines() == ["0 []", "0 ['duckdb']"]


def test_the_way_of_an_archive_is_that_of_the_docs(tmp_path: Path) -> None:
    """The steps are taken in this order, and between modules there are at most 14 moves."""
    text = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    steps = re.findall(r"^\d+\. `(report/\S+\.py)` `(\w+)`", text, re.MULTILINE)
    called: list[tuple[str, str]] = []

    class Arrived(Exception):
        pass

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(str(ROOT / "report")):
            called.append((Path(frame.f_code.co_filename).relative_to(ROOT).as_posix(), frame.f_code.co_name))
            if called[-1] == steps[-1] and steps[-2] in called:
                raise Arrived

    source = Archive(tracks=[{}]).parquet(tmp_path / "archive")
    places = [f"--{name}={tmp_path / name}" for name in ("editions", "cache")]
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        with pytest.raises(Arrived):
            main(["aggregate", str(source), "-q", *places], ROOT)
    finally:
        sys.setprofile(before)
    rest = iter(called)
    assert [step for step in steps if step not in rest] == []
    moves = sum(one != other for (one, _), (other, _) in pairwise(steps))
    assert moves <= 14 and f"in {moves} moves" in text


def test_files_of_dear_tests_are_there() -> None:
    tests = ROOT / "tests"
    there = {path.stem for path in tests.rglob("test_*.py")} | {path.name for path in tests.iterdir()}
    assert set(DEAR) - there == set()
