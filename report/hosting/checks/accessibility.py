"""Accessibility: axe-core in Chromium, on every page in every way it is shown.

Details are open, so that what they hold is looked at too; of a table the first rows, for the others are like them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from report.hosting.checks.built import BuiltSite, Fault, Skipped
from report.hosting.checks.chromium import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route


@dataclass(frozen=True)
class Showing:
    """A way to show a page.

    Attributes:
        name: said with the faults found in it.
        media: what Playwright is told to emulate.
        rules: axe rules that can differ from the first showing; None for all.
    """

    name: str
    width: int
    media: Mapping[str, str]
    rules: tuple[str, ...] | None = None


NEEDS = "Chromium, Playwright and axe-core"
LAYOUT = ("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size", "region")
SHOWINGS = (
    Showing("light, 1280 px", 1280, {"color_scheme": "light"}),
    Showing("dark, 320 px", 320, {"color_scheme": "dark"}, LAYOUT),
    Showing("forced colours, 320 px", 320, {"color_scheme": "dark", "forced_colors": "active"}, LAYOUT),
)
# The standard's levels A and AA, the newest included, and what is held to be good practice.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = (
    """([rules]) => axe.run({exclude: [['tbody tr:nth-child(n+9)']]}, {runOnly: rules, resultTypes: ['violations']})"""
)
OPEN_DETAILS = "for (const details of document.querySelectorAll('details')) details.open = true"
UNPUBLISHED = "https://site.invalid/"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def check(site: BuiltSite) -> Iterator[Fault]:
    """What axe-core objects to, and pages that scroll sideways on a small screen.

    Raises:
        Skipped: no browser, or no axe-core.
    """
    with chromium() as browser:
        yield from look(browser, site, list(site.documents))


def look(browser: Browser, site: BuiltSite, paths: list[str]) -> Iterator[Fault]:
    """The same for some of the pages, in a browser that is open."""
    script = axe_script()
    page = browser.new_page()
    # Answered from the folder as if it were published: a page for what is not there names its files by that address.
    base = site.settings.base_url or UNPUBLISHED
    page.route("**/*", lambda route: _answer(route, site, base))
    try:
        for path in paths:
            yield from _page(page, site, path, base, script)
    finally:
        page.close()


def axe_script() -> str:
    """axe-core, as its Python package carries it.

    Raises:
        Skipped: the package is not installed.
    """
    try:
        from axe_playwright_python.base import AXE_SCRIPT
    except ModuleNotFoundError:
        raise Skipped("axe-core is not installed", "pip install -r requirements-dev.txt") from None
    return AXE_SCRIPT


def _answer(route: Route, site: BuiltSite, base: str) -> None:
    path = unquote(route.request.url.removeprefix(base).partition("?")[0])
    if path in site.files:
        route.fulfill(path=site.folder / path)
    else:
        route.abort()


def _page(page: Page, site: BuiltSite, path: str, base: str, script: str) -> Iterator[Fault]:
    for at, showing in enumerate(SHOWINGS):
        page.set_viewport_size({"width": showing.width, "height": 900})
        page.emulate_media(**{"color_scheme": "light", "forced_colors": "none", **showing.media})
        if not at:
            page.goto(base + path)
            page.evaluate(OPEN_DETAILS)
            page.evaluate(script)
        site.counts["pages shown to axe-core"] += 1
        rules = {"values": TAGS, "type": "tag"} if showing.rules is None else list(showing.rules)
        found = page.evaluate(RUN, [rules])
        for violation in found["violations"]:
            message = f"{violation['help']} ({violation['id']}; {showing.name})"
            for node in violation["nodes"]:
                yield Fault(path, " ".join(map(str, node["target"])), message, violation["helpUrl"])
        overflow = page.evaluate(OVERFLOW)
        if overflow > 0:
            advice = "let it wrap, or put it in a region that scrolls by itself"
            yield Fault(path, None, f"is {overflow} px wider than the screen ({showing.name})", advice)
