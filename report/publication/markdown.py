"""Markdown as it is read by programs: text that stays text, tables, and prose as its author wrote it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from textwrap import dedent

from report.core.plain import plain

SIGNS = re.compile(r"[\\`*\[\]|<>]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
OPENING = re.compile(r"^(\d+)?([#+.)-]|--)(?=\s|$)")
# What a page's values are made of where Markdown would read markup in them, and the one element that its calls give.
SAFE_SIGN = re.compile(r"&#(\d+);")
BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
LINK = re.compile(r'<a class="term" href="([^"]+)"[^>]*>(.*?)</a>')


def text(value: object) -> str:
    """Words, from text or markup, that Markdown shows as they are, on one line."""
    return escaped(plain(value))


def escaped(words: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    line = " ".join(SIGNS.sub(lambda sign: _sign(sign[0]), words).split())
    return OPENING.sub(lambda sign: f"{sign[1] or ''}\\{sign[2]}", line)


def prose(source: str) -> str:
    """The Markdown of a page or a call in it, with its values and links as a person would write them."""
    linked = LINK.sub(lambda link: f"[{html.unescape(link[2])}]({link[1]})", dedent(str(source)))
    return BLANK_LINES.sub("\n\n", SAFE_SIGN.sub(lambda code: _written(chr(int(code[1]))), linked)).strip()


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; cells are Markdown."""
    lines = [list(headings), *map(list, rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cell or ' ' for cell in line)} |" for line in lines)


def items(lines: Iterable[str]) -> str:
    """A list; items are Markdown."""
    return "\n".join(f"- {line}" for line in lines)


def _written(sign: str) -> str:
    """A sign of a value in prose."""
    if sign.isspace():
        return " "
    # Brackets alone, or quotation marks, make no markup; what cannot be seen is left out.
    return sign if sign in "(){}\"'" else plain(_sign(sign))


def _sign(sign: str) -> str:
    # As entities those that not every reader of Markdown lets escape.
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(sign, f"\\{sign}")
