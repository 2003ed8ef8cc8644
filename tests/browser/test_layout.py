"""No page scrolls sideways, moves while it loads or asks for too much, on any screen, in light and dark."""

from __future__ import annotations

import pytest
from places import Published, watch
from playwright.sync_api import Browser, Page

from report.hosting.checks.accessibility import OPEN_DETAILS, OVERFLOW
from report.hosting.checks.budgets import REQUESTS

WIDTHS = (320, 768, 1280)
# Text that a box cuts off: wider than the box, which neither scrolls nor shows what stands out.
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(element => {
    const style = getComputedStyle(element);
    return element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1
        && ['hidden', 'clip'].includes(style.overflowX) && style.display !== 'inline';
}).map(element => element.tagName + '.' + element.className)"""
# What has moved without being asked to, from the first paint on.
SHIFTS = """new Promise(done => {
    let total = 0;
    const observer = new PerformanceObserver(list => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) total += entry.value;
    });
    observer.observe({type: 'layout-shift', buffered: true});
    let y = 0;
    const step = () => {
        scrollTo(0, y += innerHeight);
        if (y < document.documentElement.scrollHeight) return setTimeout(step, 20);
        Promise.all([...document.images].map(image => image.decode().catch(() => 0)))
            .then(() => setTimeout(() => done(total), 100));
    };
    step();
})"""


@pytest.fixture
def page(browser: Browser) -> Page:
    page = browser.new_page()
    yield page
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_scrolls_sideways(page: Page, published: Published, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    found = []
    for path in published.paths:
        page.goto(published.folder + path)
        page.evaluate(OPEN_DETAILS)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            found += [(path, width, over) for over in [page.evaluate(OVERFLOW)] if over > 0]
            found += [(path, width, cut) for cut in page.evaluate(CUT_OFF)]
    assert found == []


def test_dark_is_dark_and_light_is_light(page: Page, published: Published) -> None:
    brightness = "getComputedStyle(document.body).backgroundColor.match(/[0-9.]+/g).slice(0, 3).map(Number)"
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for path in published.paths:
            page.goto(published.folder + path)
            found[scheme, path] = page.evaluate(brightness)
    assert [key for key, colour in found.items() if (min(colour) > 230) != (key[0] == "light")] == []
    assert [key for key, colour in found.items() if (max(colour) < 60) != (key[0] == "dark")] == []


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_and_few_files_are_asked_for(browser: Browser, published: Published, width: int) -> None:
    found = []
    for path in published.paths:
        # A context of its own has an empty cache.
        with browser.new_context(viewport={"width": width, "height": 800}) as context:
            page, asked = context.new_page(), []
            troubles = watch(page, published.folder)
            page.on("request", lambda request, asked=asked: asked.append(request.url))
            page.goto(published.folder + path)
            shifts = page.evaluate(SHIFTS)
            if shifts >= 0.01 or len(asked) >= REQUESTS or troubles:
                found.append((path, shifts, len(asked), troubles))
    assert found == []
