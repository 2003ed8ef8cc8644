"""The sample's site passes every check that `build.py check` has, and can be read with the keyboard alone."""

from __future__ import annotations

from importlib import import_module

import pytest
from places import Published
from playwright.sync_api import Browser, Page

from report.commands.check import checks
from report.hosting.checks.accessibility import look
from report.hosting.checks.built import Skipped

# What has the focus: its tag, whether it is seen to have it, and whether it is on the screen.
FOCUSED = """() => {
    const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
    return {
        tag: element.tagName, text: element.textContent.trim(),
        at: [...document.querySelectorAll('*')].indexOf(element),
        isMarked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        isOnScreen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
}"""
STOPS = """[...document.querySelectorAll('a[href], summary, button, input, [tabindex="0"]')]
    .filter(element => element.checkVisibility()).length"""
CLOSED = "document.querySelectorAll('details[open]').length"


@pytest.mark.parametrize("name", [name for name in checks() if name != "accessibility"])
def test_the_sample_passes(published: Published, name: str) -> None:
    try:
        faults = list(import_module(f"report.hosting.checks.{name}").check(published.site))
    except Skipped as missing:
        pytest.skip(f"NOT CHECKED, {name}: {missing.reason}; {missing.advice}")
    assert faults == []


def test_axe_objects_to_nothing(browser: Browser, published: Published) -> None:
    assert list(look(browser, published.site, published.paths)) == []


class TestKeyboard:
    @pytest.fixture(params=["index.html", "long_tail.html", "claims.html"])
    def page(self, browser: Browser, published: Published, request: pytest.FixtureRequest) -> Page:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        page.goto(published.folder + request.param)
        yield page
        page.close()

    def test_the_first_stop_skips_to_the_text(self, page: Page) -> None:
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        assert focused["text"].startswith("Skip to") and focused["isOnScreen"]
        page.keyboard.press("Enter")
        assert page.url.endswith("#main")
        page.keyboard.press("Tab")
        assert page.evaluate("document.getElementById('main').contains(document.activeElement)")

    def test_every_stop_is_reached_in_order_and_seen(self, page: Page) -> None:
        stops = []
        for _ in range(page.evaluate(STOPS)):
            page.keyboard.press("Tab")
            stops.append(page.evaluate(FOCUSED))
        assert [stop for stop in stops if stop["tag"] == "BODY"] == []
        assert [stop["at"] for stop in stops] == sorted({stop["at"] for stop in stops})
        assert [stop for stop in stops if not stop["isMarked"] or not stop["isOnScreen"]] == []
        navigation = page.get_by_role("navigation").first.get_by_role("link").all_inner_texts()
        assert [stop["text"] for stop in stops if stop["text"] in navigation][: len(navigation)] == navigation

    def test_details_open_and_close(self, page: Page) -> None:
        for summary in page.locator("summary").all():
            summary.focus()
            before = page.evaluate(CLOSED)
            page.keyboard.press("Enter")
            assert page.evaluate(CLOSED) == before + 1
            page.keyboard.press("Space")
            assert page.evaluate(CLOSED) == before
