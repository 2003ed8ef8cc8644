"""Counts as a chart has room for them, and how wide text is; how numbers are written is report/core/numbers.py."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache

from report.charts.toolkit.theme import TEXT_PX, Variant
from report.core.numbers import MISSING, decimal, short
from report.core.numbers import count as whole
from report.core.plain import LONGEST_NAME

ELLIPSIS = "\u2026"
_TURNS = set("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# Advance widths of Helvetica, in thousandths of the size; Arial and Liberation Sans share them.
_WIDTHS = {
    **dict.fromkeys("ijl\u2019", 222),
    **dict.fromkeys(" !,./:;I[]ft", 278),
    **dict.fromkeys("()-r", 333),
    **dict.fromkeys("csvxyzkJ", 500),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM", 833),
    **dict.fromkeys("%", 889),
    **dict.fromkeys("W", 944),
    **dict.fromkeys("\u2014", 1000),
    **dict.fromkeys("+<=>\u2212", 584),
    "\u2026": 1000,
}


@cache
def text_width(text: str, is_bold: bool = False, size: float = TEXT_PX) -> float:
    """Width in px of one line; of several lines, the widest."""
    widths = (sum(_char_width(char) for char in line) for line in text.split("\n"))
    return max(widths, default=0) * size / 1000 * (1.07 if is_bold else 1.0)


def widest(texts: Iterable[str], is_bold: bool = False) -> float:
    """Width in px of the widest of the texts; 0 of none."""
    return max((text_width(text, is_bold) for text in texts), default=0.0)


def cut(text: str, width: float, is_bold: bool = False) -> str:
    """A name from the data, safe to draw and at most `width` px wide: a longer one ends in "…"; none is "—".

    Marks that turn the direction of writing are left out, since they would turn a chart's own words too.
    """
    # A name of marks without width would else have no end.
    head = text[:LONGEST_NAME]
    clean = " ".join("".join(char for char in head if char not in _TURNS).split())
    if len(text) <= LONGEST_NAME and text_width(clean, is_bold) <= width:
        return clean or MISSING
    while clean and text_width(clean + ELLIPSIS, is_bold) > width:
        clean = clean[:-1]
    return clean.rstrip() + ELLIPSIS


def wrapped(text: str, width: float, lines: int = 3) -> str:
    """A name broken between words into lines of at most `width` px; the last line takes what is left, cut."""
    done: list[str] = []
    rest = cut(text, width * lines).split(" ")
    while rest and len(done) < lines - 1:
        fitting = max((n for n in range(1, len(rest) + 1) if text_width(" ".join(rest[:n])) <= width), default=1)
        done.append(cut(" ".join(rest[:fitting]), width))
        rest = rest[fitting:]
    return "\n".join([*done, cut(" ".join(rest), width)] if rest else done)


def count(variant: Variant) -> Callable[[float], str]:
    """Formatter of counts on axes: "10 million" wide, "10m" narrow."""
    million, thousand = variant.pick(" million", "m"), variant.pick(",000", "k")

    def label(value: float) -> str:
        if abs(value) >= 1e9:
            return short(value / 1e9) + variant.pick(" billion", "bn")
        if abs(value) >= 1e6:
            return short(value / 1e6) + million
        if abs(value) >= 1000 and value % 1000 == 0:
            return short(value / 1000) + thousand
        if abs(value) >= 1000 and variant.is_narrow:
            return short(value / 1000) + thousand
        return short(value)

    return label


def amount(value: float | None, variant: Variant) -> str:
    """A count at its mark: "243,591,243" wide, "243.6m" narrow; "—" when missing."""
    if value is not None and variant.is_narrow and abs(value) >= 999_950:
        return decimal(value / 1e6, 1) + "m"
    return whole(value)


def _char_width(char: str) -> int:
    """Thousandths of the size; characters of East Asia are as wide as high, combining ones have no width."""
    known = _WIDTHS.get(char)
    if known or char.isascii():
        return known or 556
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 1000 if unicodedata.east_asian_width(char) in "WF" else 556
