"""Figures of pages written by language that are not drawn: what waits on a public page, what a demonstration names."""

from __future__ import annotations

import html
from collections.abc import Mapping

from markupsafe import Markup, escape

from report.pages.waits import Waiting, measure_of, place_of
from report.results.figure_data import FigureData
from report.writing.book import Book
from report.writing.voice import Said, Voice


def left_out(book: Book, stem: str, voice: Voice) -> list[tuple[str, str]]:
    """Name and last title of each figure that is not drawn; what the build would have placed has no title."""
    page, titles = book.page(stem), book.figures(stem).slots
    left = [block.name for block in page.blocks if block.kind == "figure" and block.name not in voice.figures]
    return [(name, titles[f"{name}.title"][-1][-1].text) for name in left if f"{name}.title" in titles]


def waiting_in(book: Book, figures: Mapping[str, FigureData], stem: str, voice: Voice, demo: str) -> list[Waiting]:
    """The figures of a public page that nobody has counted; `demo` is where the demonstration is, or ""."""
    found = []
    for name, title in left_out(book, stem, voice):
        if f"{stem}/{name}" in figures and not figures[f"{stem}/{name}"].rows:
            measure = _plain(measure_of(voice.slot(book.figures(stem), f"{name}.subtitle")))
            found.append(Waiting(_plain(title), measure, place_of(demo, stem, name)))
    return found


def named(book: Book, stem: str, voice: Voice) -> list[Said]:
    """A line that names them, each at its place, where the page is of an invented archive."""
    titles = [f'<span id="{name}">{title}</span>' for name, title in left_out(book, stem, voice)]
    return [Said("text", [f"{book.language.words['open']} {'; '.join(titles)}."])] if titles else []


def _plain(said: str) -> Markup:
    return Markup(escape(html.unescape(said)))
