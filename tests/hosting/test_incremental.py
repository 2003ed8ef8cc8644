"""What a build makes again after each kind of edit: exactly that, and no more.

Pictures are blank here: whether one is drawn again is the question, not what it shows.
"""

from __future__ import annotations

import ast
import json
import os
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import ROOT, settings_below

from report import pipeline, run
from report.cache import code
from report.cache.store import Store
from report.cli import main
from report.core.progress import Progress
from report.figures.pictures import SUFFIXES, Pictures
from report.hosting import freshness
from report.hosting.publishing import digests

COPIED = ("report.toml", "report", "queries", "content", "templates")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="720" height="400" viewBox="0 0 720 400"></svg>'


class Project:
    """A project of its own with a built site; `build` gives what was made."""

    def __init__(self, folder: Path, archive: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder, self.archive = folder, archive
        self.stores: list[Store] = []
        patch.setattr(Pictures, "_render", lambda *_: dict.fromkeys(SUFFIXES, SVG))
        patch.setattr(code, "FOLDER", folder / "report")
        patch.setattr(run, "Store", self._store)

    def _store(self, folder: Path) -> Store:
        self.stores.append(Store(folder))
        return self.stores[-1]

    def build(self, archive: Path | None = None) -> set[str]:
        settings = settings_below(self.folder, self.folder)
        pipeline.build(settings, archive, "tried", Progress(), may_replace=True)
        return set(self.stores[-1].made) - OF_PAGES

    def edit(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1, f"{old} in {name}"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def append(self, name: str, text: str) -> None:
        with (self.folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    @property
    def site(self) -> dict[str, str]:
        return digests(self.folder / "site")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("incremental")
    assert main(["sample", str(folder / "archive"), "--tracks", "2000"]) == 0
    for name in COPIED:
        source = ROOT / name
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(source, folder / name, ignore=ignored) if source.is_dir() else shutil.copy(source, folder)
    with pytest.MonkeyPatch.context() as patch:
        Project(folder, folder / "archive", patch).build(folder / "archive")
    yield folder


@pytest.fixture
def project(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A copy of the built project."""
    # Files of the cache are replaced, never written to: links will do.
    # Of the project's own folders only: report/ has one called cache, too.
    apart = {str(built): {"cache", "archive"}}
    copied = shutil.copytree(built, tmp_path / built.name, ignore=lambda folder, _: apart.get(str(folder), set()))
    shutil.copytree(built / "cache", copied / "cache", copy_function=os.link)
    return Project(copied, built / "archive", monkeypatch)


def figures_of(finding: str) -> set[str]:
    return {f"{finding}/{path.stem}" for path in (ROOT / "queries" / finding).glob("*.sql") if path.stem != "facts"}


ALWAYS = {"the site"}
# What is made of pages: the check of their prose, cards, the index of the search. And what modules hold.
OF_PAGES = {"a file .json", "a file .png", "a file .zip", "code"}


class TestNothing:
    def test_no_change(self, project: Project) -> None:
        before = {path: path.stat().st_ino for path in (project.folder / "site").rglob("*")}
        assert project.build() == set()
        assert {path: path.stat().st_ino for path in (project.folder / "site").rglob("*")} == before

    def test_the_archive_again(self, project: Project) -> None:
        assert project.build(project.archive) == set()

    @pytest.mark.parametrize("damage", ["edited", "gone", "linked", "all gone"])
    def test_a_site_that_was_touched_is_put_right(self, project: Project, damage: str) -> None:
        before, site = project.site, project.folder / "site"
        page = site / "about.html"
        match damage:
            case "edited":
                text = page.read_text("utf-8")
                page.write_text(text.replace("e", "a", 1), "utf-8")
            case "gone":
                page.unlink()
            case "linked":
                page.unlink()
                page.symlink_to(project.folder / "content/en/about.md")
            case "all gone":
                shutil.rmtree(site)
        assert project.build() == ALWAYS
        assert project.site == before

    def test_a_file_of_somebody_else_costs_nothing_and_stays(self, project: Project) -> None:
        notes = project.folder / "site/notes.txt"
        notes.write_text("mine")
        assert project.build() == set()
        project.append("content/en/about.md", "\nA further sentence.\n")
        assert project.build() == ALWAYS
        assert notes.read_text() == "mine"


class TestEdits:
    def test_a_sentence(self, project: Project) -> None:
        before = project.site
        project.append("content/en/findings/duration.md", "\nA further sentence.\n")
        assert project.build() == ALWAYS
        after = project.site
        pages = {name for name in after if name.endswith((".html", ".md")) and after[name] != before[name]}
        assert pages == {"duration.html", "duration.md"}

    def test_a_sentence_and_back(self, project: Project) -> None:
        before = project.site
        project.append("content/en/about.md", "\nA further sentence.\n")
        assert project.build() == ALWAYS
        shutil.copy(ROOT / "content/en/about.md", project.folder / "content/en/about.md")
        assert project.build() == ALWAYS
        assert project.site == before

    def test_a_template(self, project: Project) -> None:
        project.append("templates/base.html", "<!-- the end -->\n")
        assert project.build() == ALWAYS

    def test_the_stylesheet(self, project: Project) -> None:
        project.append("templates/static/style.css", "p { color: inherit; }\n")
        assert project.build() == ALWAYS

    def test_the_title_of_the_report(self, project: Project) -> None:
        project.edit("report.toml", "Liner Notes", "Sleeve Notes")
        assert project.build() == ALWAYS

    def test_memory_and_threads_are_no_part_of_a_site(self, project: Project) -> None:
        project.edit("report.toml", '"4GB"', '"3GB"')
        assert project.build() == set()

    def test_a_claim(self, project: Project) -> None:
        project.edit("content/en/claims/post.md", "title: ", "title: Anew: ")
        assert project.build() == ALWAYS | {"verdicts"}


class TestCharts:
    def test_a_chart_function(self, project: Project) -> None:
        project.edit("report/charts/duration.py", "headroom=20)", "headroom=21)")
        assert project.build() == ALWAYS | {"picture duration/histogram"}

    def test_a_comment_in_a_chart_module(self, project: Project) -> None:
        project.append("report/charts/duration.py", "# A remark.\n")
        assert project.build() == ALWAYS

    def test_what_several_functions_of_a_module_use(self, project: Project) -> None:
        project.edit("report/charts/duration.py", "MARKED_MINUTES = (2, 3, 4)", "MARKED_MINUTES = (2, 3)")
        drawn = {name.removesuffix(".png").replace("figures/", "picture ") for name in project.site}
        made = {name for name in project.build() if name.startswith("picture ")}
        users = {
            f"picture duration/{node.name}"
            for node in ast.parse((ROOT / "report/charts/duration.py").read_text("utf-8")).body
            if isinstance(node, ast.FunctionDef) and "MARKED_MINUTES" in ast.unparse(node)
        } & drawn
        assert users
        assert users <= made <= {f"picture {figure}" for figure in figures_of("duration")}

    def test_a_module_that_some_charts_share(self, project: Project) -> None:
        project.append("report/charts/forms/ranking.py", "MORE = 1\n")
        made = {name.removeprefix("picture ") for name in project.build() if name.startswith("picture ")}
        assert "labels/largest" in made
        assert "duration/histogram" not in made

    def test_a_module_that_all_charts_share(self, project: Project) -> None:
        project.append("report/charts/toolkit/theme.py", "MORE = 1\n")
        made = {name.removeprefix("picture ") for name in project.build() if name.startswith("picture ")}
        drawn = {name.removesuffix(".png") for name in project.site if name.endswith(".png")}
        assert {f"figures/{figure}" for figure in made} == {name for name in drawn if name.count("/") == 2}

    def test_every_figure_has_its_code(self, tmp_path: Path) -> None:
        store = Store(tmp_path)
        findings = {path.parent.name for path in (ROOT / "queries").glob("*/facts.sql")}
        figures = {figure for finding in findings for figure in figures_of(finding)}
        codes = {code.code_of(store, f"report.charts.{figure.replace('/', ':')}") for figure in figures}
        assert len(codes) == len(figures)


class TestCode:
    """Edits that were not seen as long as the modules that decide were listed by hand; and some that cost nothing."""

    @pytest.mark.parametrize(
        ("module", "added", "made"),
        [
            ("warehouse/staging", "EDITED = True\n", {"staging", "cube"}),
            ("sources/sqlite/parts", "PIECE = 50_000\n", {"import", "audit", "staging", "cube"}),
            ("publication/cards", "_as_was = _png\n\n\ndef _png(svg):\n    return _as_was(svg)\n", {"a"}),
            ("claims/ledger", "EDITED = True\n", {"verdicts"}),
            ("core/numbers", "EDITED = True\n", {"verdicts", "picture"}),
            ("core/progress", "EDITED = True\n", set()),
            ("hosting/preview/server", "EDITED = True\n", set()),
            ("publication/feed", "def edited():\n    return True\n", set()),
        ],
    )
    def test_what_follows_an_edit(self, project: Project, module: str, added: str, made: set[str]) -> None:
        project.append(f"report/{module}.py", f"\n\n{added}")
        project.build(project.archive)
        kinds = {what.split(" ")[0] for what in project.stores[-1].made}
        assert made <= kinds
        # What costs time is made for nothing else.
        assert (kinds & {"import", "audit", "staging", "cube", "answer", "picture"}) <= made

    @pytest.mark.parametrize(
        ("module", "old", "new", "made"),
        [
            ("engines/duckdb", 'rstrip(";") + ', 'rstrip("; ") + ', {"staging", "cube"}),
            ("sources/files", "header = true, ", "header=true, ", {"answer"}),
        ],
    )
    def test_functions_are_told_apart(self, project: Project, module: str, old: str, new: str, made: set[str]) -> None:
        project.edit(f"report/{module}.py", old, new)
        kinds = {name.split(" ")[0] for name in project.build(project.archive)}
        assert kinds & {"import", "audit", "staging", "cube", "answer", "picture"} == made

    def test_an_edition_is_made_again_where_its_account_would_be_another(self, project: Project) -> None:
        def inputs() -> str:
            return json.loads((project.folder / "editions/tried/edition.json").read_text("utf-8"))["inputs"]

        before = inputs()
        project.append(
            "report/warehouse/aggregation.py",
            "\n\n_as_was = describe\n\n\ndef describe(*given):\n    return _as_was(*given)\n",
        )
        made = project.build(project.archive)
        assert inputs() != before
        assert not [name for name in made if name.startswith(("import ", "audit ", "staging "))]


class TestQueries:
    def test_a_query_of_rows(self, project: Project) -> None:
        project.append("queries/duration/by_minute.sql", "-- Pages show the text of their queries.\n")
        # The facts take some of theirs from these rows.
        assert project.build() == ALWAYS | {"answer duration/by_minute", "answer duration/facts"}

    def test_a_query_of_facts(self, project: Project) -> None:
        project.edit("queries/labels/facts.sql", "select", "select 42 as added_fact,")
        made = project.build()
        assert {name for name in made if name.startswith("answer ")} == {"answer labels/facts"}
        assert not [name for name in made if name.startswith("picture ")]


class TestData:
    def test_a_cube(self, project: Project) -> None:
        """Only what names the cube is asked again."""
        project.edit("queries/cubes/files_by_status.sql", "    status,", "    1::bigint as more, status,")
        made = project.build(project.archive)
        assert {name for name in made if name.startswith(("cube ", "staging "))} == {"cube files_by_status"}
        answers = {name for name in made if name.startswith("answer ")}
        assert "answer preservation/facts" in answers
        assert "answer labels/hhi" not in answers

    def test_new_data(self, project: Project) -> None:
        before = project.site
        other = project.folder / "other"
        assert main(["sample", str(other), "--tracks", "2000", "--seed", "7"]) == 0
        made = project.build(other)
        for kind in ("import ", "audit ", "staging ", "cube ", "answer ", "picture "):
            assert [name for name in made if name.startswith(kind)], kind
        assert project.site["data/facts.json"] != before["data/facts.json"]


class TestCache:
    """Deleting .cache/, or any of it, changes no byte."""

    def test_all_of_it(self, project: Project) -> None:
        before = project.site
        shutil.rmtree(project.folder / "cache")
        shutil.rmtree(project.folder / "site")
        project.build()
        assert project.site == before

    @pytest.mark.parametrize("seed", range(3))
    def test_any_of_it(self, project: Project, seed: int) -> None:
        before = project.site
        kept = sorted(path for path in (project.folder / "cache").rglob("*") if path.is_file())
        for path in random.Random(seed).sample(kept, len(kept) // 2):
            path.unlink()
        shutil.rmtree(project.folder / "site")
        project.build(project.archive if seed else None)
        assert project.site == before


def test_a_build_reads_what_its_fingerprint_counts(project: Project) -> None:
    """A page that came to read another file would not follow its edits: every file that is opened is known."""
    opened: set[Path] = set()
    watching = True

    def watch(event: str, arguments: tuple) -> None:
        if watching and event == "open" and isinstance(arguments[0], str | Path):
            opened.add(Path(arguments[0]))

    sys.addaudithook(watch)
    shutil.rmtree(project.folder / "cache")
    shutil.rmtree(project.folder / "site")
    project.build()
    watching = False
    below = {path.relative_to(project.folder).parts[0] for path in opened if path.is_relative_to(project.folder)}
    assert {"content", "templates"} <= below
    assert below <= {*freshness.READ, "report", "report.toml", "editions", "cache", "site"} | {
        name for name in below if name.startswith(".site.")
    }
    elsewhere = {path for path in opened if path.is_relative_to(ROOT) and not path.is_relative_to(project.folder)}
    assert {path for path in elsewhere if path.suffix not in {".py", ".pyc"} and ".venv" not in path.parts} == set()
