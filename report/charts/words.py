"""Numbers as the charts write them, and how wide text is: ticks, values at marks, units long and short."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from report.charts.theme import TEXT_PX, Frame

MINUS = "\u2212"
NOTHING = "\u2014"

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
}


def text_width(text: str, is_bold: bool = False, size: float = TEXT_PX) -> float:
    """Width in px of one line; of several lines, the widest."""
    widths = (sum(_WIDTHS.get(char, 556) for char in line) for line in text.split("\n"))
    return max(widths, default=0) * size / 1000 * (1.07 if is_bold else 1.0)


def widest(texts: Iterable[str], is_bold: bool = False) -> float:
    """Width in px of the widest of the texts; 0 of none."""
    return max((text_width(text, is_bold) for text in texts), default=0.0)


def number(value: float, decimals: int = 0) -> str:
    """1234567.0 -> "1,234,567", with a true minus sign."""
    return f"{value:,.{decimals}f}".replace("-", MINUS)


def plain(value: float) -> str:
    """As many decimals as the value has, at most six: 0.25, 120, −10."""
    text = f"{value:,.6f}".rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text).replace("-", MINUS)


def count(frame: Frame) -> Callable[[float], str]:
    """Formatter of counts on axes: "10 million" wide, "10m" narrow."""
    million, thousand = frame.pick(" million", "m"), frame.pick(",000", "k")

    def label(value: float) -> str:
        if abs(value) >= 1e9:
            return plain(value / 1e9) + frame.pick(" billion", "bn")
        if abs(value) >= 1e6:
            return plain(value / 1e6) + million
        if abs(value) >= 1000 and value % 1000 == 0:
            return plain(value / 1000) + thousand
        if abs(value) >= 1000 and frame.is_narrow:
            return plain(value / 1000) + thousand
        return plain(value)

    return label


def amount(value: float | None, frame: Frame) -> str:
    """A count at its mark: "243,591,243" wide, "243.6m" narrow; "—" when missing."""
    if value is None:
        return NOTHING
    if frame.is_narrow and abs(value) >= 999_950:
        return number(value / 1e6, 1) + "m"
    return number(value)


def percent(share: float | None, decimals: int = 1) -> str:
    """0.1351 -> "13.5%"; zero is "0%", and no other share prints as zero; "—" when missing."""
    if share is None:
        return NOTHING
    least = 10.0**-decimals
    if share == 0:
        return "0%"
    if 0 < share * 100 < least / 2:
        return f"<{least:.{decimals}f}%"
    return number(share * 100, decimals) + "%"


def percent_tick(share: float) -> str:
    """0.025 -> "2.5%", with no needless decimals."""
    return plain(share * 100) + "%"


def clock(seconds: float) -> str:
    """192.6 -> "3:13" (minutes and seconds, rounded)."""
    whole = int(seconds + 0.5)
    return f"{whole // 60}:{whole % 60:02d}"
