"""What an author gets wrong on a page is told with file and line; what we get wrong keeps its traceback."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from small_site import PLAIN, TEMPLATES, named, small_site, write

from report.core.errors import ContentError, FactError
from report.figures.figure import Images
from report.pages.context import SiteContext
from report.publication.outputs import render_site


@pytest.fixture
def context(tmp_path: Path) -> SiteContext:
    return small_site(tmp_path)


def test_a_mistake_in_a_template_is_told(context: SiteContext, tmp_path: Path) -> None:
    shutil.copytree(TEMPLATES, tmp_path / "templates")
    page = tmp_path / "templates/index.html"
    before, after = page.read_text().split("{{ page.cutoff }}")
    page.write_text(f"{before}{{{{ page.cutof }}}}{after}")
    with pytest.raises(ContentError) as error:
        render_site(replace(context, templates=tmp_path / "templates"))
    assert error.value.where == f"templates/index.html:{before.count(chr(10)) + 1}"


def test_a_missing_front_page_is_told(context: SiteContext) -> None:
    (context.content / "en/index.md").unlink()
    with pytest.raises(ContentError, match="this page is missing") as error:
        render_site(context)
    assert error.value.where == "content/en/index.md"


@pytest.mark.parametrize("stem", ["duration", "search", "404"])
def test_two_pages_at_one_address_are_told(context: SiteContext, stem: str) -> None:
    write(context.content, {f"en/{stem}.md": named(PLAIN, "A")})
    with pytest.raises(ContentError, match=f"there is another page at {stem}.html") as error:
        render_site(context)
    assert error.value.where == f"content/en/{stem}.md"


def test_bugs_keep_their_traceback(context: SiteContext) -> None:
    def broken(_: str) -> Images:
        raise TypeError("a bug")

    with pytest.raises(TypeError, match="a bug"):
        render_site(replace(context, render=broken))


def test_facts_error_is_a_content_error() -> None:
    assert issubclass(FactError, ContentError)
