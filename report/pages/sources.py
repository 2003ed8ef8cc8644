"""The files of the pages, read: findings in the order they give, the others in that of the navigation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from report.core.errors import ContentError
from report.core.folders import files_in
from report.core.texts import LANGUAGE
from report.pages.findings import FINDING_KEYS, FINDING_OPTIONS
from report.prose.frontmatter import Page, read_page

# What a page has in its front matter; the front page has two keys of its own. `nav` is its name in the navigation,
# without which it isn't there; `order` its place there and among the pages.
PAGE_KEYS, FRONT_KEYS = ("title", "summary"), ("title", "subtitle", "cutoff")
PAGE_OPTIONS = {"nav": str, "order": int}
FRONT = "index"
# Addresses of pages that no file in content/ makes.
TAKEN = ("404", "search")


def read_findings(content: Path, written: Sequence[Page] = ()) -> list[Page]:
    """The pages of findings, in their order; those `written` by language win over others of their stems.

    Raises:
        ContentError: a page cannot be used.
    """
    stems = {page.stem for page in written}
    paths = [path for path in files_in(content / "findings", "*.md") if path.stem not in stems]
    pages = [read_page(path, content, FINDING_KEYS, FINDING_OPTIONS) for path in paths]
    return sorted([*pages, *written], key=lambda page: (page.values["order"], page.stem))


def read_others(content: Path, has_claims: bool, has_terms: bool, written: Sequence[Page] = ()) -> list[Page]:
    """The pages that are no findings, the front page first, then in the order of the navigation.

    Those `written` by language win over others of their stems.

    Args:
        has_claims, has_terms: whether there are claims and terms of a glossary; their pages are read only then.

    Raises:
        ContentError: a page cannot be used, is missing, or has the address of another.
    """
    left_out = {stem for stem, is_there in (("claims", has_claims), ("glossary", has_terms)) if not is_there}
    sources = list(written)
    stems = {page.stem for page in written}
    for path in files_in(content, "*.md"):
        if path.stem not in left_out | stems:
            keys = FRONT_KEYS if path.stem == FRONT else PAGE_KEYS
            sources.append(read_page(path, content, dict.fromkeys(keys, str), PAGE_OPTIONS))
    needed = {FRONT, "claims", "glossary"} - left_out
    for stem in sorted(needed - {source.stem for source in sources}):
        raise ContentError("this page is missing", f"{content.name}/{LANGUAGE}/{stem}.md", "the site leads to it")
    for source in sources:
        if source.stem in TAKEN or (content / LANGUAGE / f"findings/{source.stem}.md").exists():
            raise ContentError(
                f"there is another page at {source.stem}.html", source.name, "give the file another name"
            )
    return sorted(sources, key=lambda page: (page.stem != FRONT, page.values.get("order", 0), page.stem))


def called(page: Page) -> str:
    """What other pages call one that is no finding."""
    return page.values.get("called") or page.values.get("nav", page.stem.capitalize())
