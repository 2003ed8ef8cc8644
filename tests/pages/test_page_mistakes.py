"""What an author gets wrong on a page is told with file and line; what we get wrong keeps its traceback."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from small_site import TEMPLATES, small_site

from report.core.errors import ContentError, FactError
from report.figures.figure import Images
from report.pages.context import SiteContext
from report.publication.outputs import render_site


@pytest.fixture
def context(tmp_path: Path) -> SiteContext:
    return small_site(tmp_path)


def _mistake(context: SiteContext, name: str, old: str, new: str) -> ContentError:
    """What comes of a page with `new` in place of `old`."""
    path = context.content / name
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    with pytest.raises(ContentError) as error:
        render_site(context)
    return error.value


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ("Opening with {{ facts.name }}", "{{ facts.index_18O }}", "`index_18O` is not a fact of `duration`", 15),
        ("A note.", "{{ findings.durations.x }}", "`durations` has no facts", 18),
        ("A cause.", "{{ nothing }}", "'nothing' is undefined", 31),
        ("A cause.", "{{ nothing | percent }}", "'nothing' is undefined", 31),
        ("A cause.", "{{ 7 | percent }}", "percent needs a fraction", 31),
        ("A cause.", "{{ facts.name | percent }}", "percent needs a number", 31),
        ("A cause.", "{% if facts.gone > 1 %}x{% endif %}", "`gone` of `duration` is unknown", 31),
        ("A cause.", "{{ facts.name + 1 }}", "cannot be evaluated", 31),
        ("A cause.", "{{ facts.name | round }}", "cannot be evaluated", 31),
        ("A cause.", "{% if %}", "template syntax", 31),
        ("A cause.", "{{ 1 | percnt }}", "No filter named 'percnt'", 31),
        ("A cause.", "{% if has('featurs') %}x{% endif %}", "`featurs` is not a part of the archive", 31),
        ("facts.index_180 | ratio }} times", "facts.index | ratio }} times", "`index` is not a fact", 3),
        ('"{{ facts.index_180 | ratio }}"\n', '"{{ facts.nope }}"\n', "`nope` is not a fact", 10),
        ("-facts.zero", "-2 * facts.zero", "does not add up", 23),
        ("duration/histogram", "duration/histo", "no figure `duration/histo`", 23),
        ("alt=", "allt=", "`allt` is not a part of figure", 23),
        ('alt="A hump.", ', "", "has no `alt`", 23),
        ("order: 1", "order: one", "`order` must be a whole number", 2),
        ("short: Duration", "shirt: Duration", "`shirt` is not a key", 5),
        ("short: Duration\n", "", "`short` is missing", 2),
        ("basis: computed", "basis: guessed", "not a basis", 13),
        ("[features]", "[featurs]", "not a part of the archive", 8),
        ("One sentence.", "One: sentence: x", "not valid YAML", 7),
        ("---\nOpening", "Opening", "front matter is not closed", 1),
        ("---\n", "", "front matter is missing", 1),
    ],
)
def test_mistakes_are_told_with_file_and_line(
    context: SiteContext, old: str, new: str, message: str, line: int
) -> None:
    error = _mistake(context, "findings/duration.md", old, new)
    assert message in error.message
    assert error.where == f"content/findings/duration.md:{line}"


@pytest.mark.parametrize("new", ["{{ 1 | percnt }}", "{% if 1 %}{{ 1 | percnt }}{% endif %}"])
def test_an_unknown_filter_lists_those_there_are(context: SiteContext, new: str) -> None:
    error = _mistake(context, "findings/duration.md", "A cause.", new)
    assert "No filter named 'percnt'" in error.message
    assert error.where == "content/findings/duration.md:31"
    assert error.hint.startswith("did you mean `percent`? the report's own filters are ")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('to="duration"', 'to="durations"', "`durations` is not a finding"),
        ('basis="published"', 'basis="x"', "`x` is not a basis"),
    ],
)
def test_mistakes_in_points_are_told(context: SiteContext, old: str, new: str, message: str) -> None:
    error = _mistake(context, "index.md", old, new)
    assert (error.message, error.where) == (message, "content/index.md:11")


def test_a_block_inside_code_is_told(context: SiteContext) -> None:
    error = _mistake(context, "findings/duration.md", "A cause.", "```\n{{ listing() }}\n```")
    assert "stands inside" in error.message


def test_a_mistake_in_a_template_is_told(context: SiteContext, tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    page = tmp_path / "templates/index.html"
    before, after = page.read_text().split("{{ page.cutoff }}")
    page.write_text(f"{before}{{{{ page.cutof }}}}{after}")
    with pytest.raises(ContentError) as error:
        render_site(replace(context, templates=tmp_path / "templates"))
    assert error.value.where == f"templates/index.html:{before.count(chr(10)) + 1}"


def test_a_missing_front_page_is_told(context: SiteContext) -> None:
    (context.content / "index.md").unlink()
    with pytest.raises(ContentError, match="this page is missing") as error:
        render_site(context)
    assert error.value.where == "content/index.md"


@pytest.mark.parametrize("stem", ["duration", "search", "404"])
def test_two_pages_at_one_address_are_told(context: SiteContext, stem: str) -> None:
    (context.content / f"{stem}.md").write_text("---\ntitle: A\nsummary: B\n---\nText.\n")
    with pytest.raises(ContentError, match=f"there is another page at {stem}.html") as error:
        render_site(context)
    assert error.value.where == f"content/{stem}.md"


def test_bugs_keep_their_traceback(context: SiteContext) -> None:
    def broken(_: str) -> Images:
        raise TypeError("a bug")

    with pytest.raises(TypeError, match="a bug"):
        render_site(replace(context, render=broken))


def test_facts_error_is_a_content_error() -> None:
    assert issubclass(FactError, ContentError)
