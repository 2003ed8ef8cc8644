"""On paper a page is light and whole: details are open, nothing is cut off, no figure is torn from its title."""

from __future__ import annotations

import html
import io
import re

import pytest
from places import Published
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from report.hosting.checks.accessibility import OVERFLOW

A4_BETWEEN_MARGINS = 687
# Boxes that would scroll on a screen: on paper what stands out is lost.
CUT_OFF = """() => [...document.querySelectorAll('body *')].filter(element => {
    const style = getComputedStyle(element);
    return (element.scrollWidth > element.clientWidth + 1 && style.overflowX !== 'visible'
        || element.scrollHeight > element.clientHeight + 1 && style.overflowY !== 'visible')
        && element.clientWidth > 1 && style.display !== 'inline';
}).map(element => element.tagName + '.' + element.className)"""
# How a figure is cited is printed in words alone.
FOLDED = """() => [...document.querySelectorAll('details > :not(summary, .folds .bib)')].filter(
    element => !element.checkVisibility() || !element.getBoundingClientRect().height
).map(element => element.textContent.trim().slice(0, 60))"""
# Of a long table the first 25 rows are printed.
ROWS = """() => [...document.querySelectorAll('details tbody')].map(
    body => [...body.rows[Math.min(24, body.rows.length - 1)].cells].map(cell => cell.textContent))"""
FIGURES = """() => [...document.querySelectorAll('article.figure:has(picture)')].map(
    figure => [figure.querySelector('.figure-title').textContent, figure.querySelector('img').getAttribute('src')])"""
TEXT = re.compile(r"<text[^>]*>([^<]{6,})</text>")


@pytest.fixture
def page(browser: Browser) -> Page:
    page = browser.new_page(viewport={"width": A4_BETWEEN_MARGINS, "height": 900}, color_scheme="dark")
    yield page
    page.close()


def test_every_page_is_light_and_whole(page: Page, published: Published) -> None:
    page.emulate_media(media="print")
    found = []
    for path in published.paths:
        page.goto(published.folder + path)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
        found += [(path, colour)] if colour not in ("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)") else []
        found += [(path, what) for script in (CUT_OFF, FOLDED) for what in page.evaluate(script)]
        found += [(path, f"{over} px wider than the paper") for over in [page.evaluate(OVERFLOW)] if over > 0]
    assert found == []


@pytest.mark.parametrize("path", ["ai_flood.html", "long_tail.html", "mood.html"])
def test_on_paper(page: Page, published: Published, path: str) -> None:
    page.goto(published.folder + path)
    sheets = [squeezed(sheet.extract_text()) for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]
    text = "".join(sheets)
    assert [row for row in page.evaluate(ROWS) if squeezed("".join(row)) not in text] == []
    figures = page.evaluate(FIGURES)
    assert figures
    for title, picture in figures:
        # Its topmost and its lowest words; those set at an angle, or in pieces, are not found as they are written.
        words = [squeezed(html.unescape(words)) for words in TEXT.findall(published.site.text(picture))]
        words = [word for word in words if word in text]
        ends = [squeezed(title), words[0], words[-1]]
        assert [sheet for sheet in sheets if all(end in sheet for end in ends)], f"“{title}” is torn from its picture"


def squeezed(text: str) -> str:
    """Text without what line breaks and columns do to it."""
    return re.sub(r"\s+", "", text)
