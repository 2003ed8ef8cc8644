"""Numbers and dates as they are printed: the filters of the pages.

Every filter prints an unknown value as "—", rounds halves up on the decimal digits of the number (0.125 is
0.13, whatever the binary says), and raises `ContentError` for what is not a number.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import wraps

from report.core.errors import ContentError
from report.core.facts import is_known

MISSING = "—"
MINUS = "−"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WORDS = (
    "no", "one", "two", "three", "four", "five", "six",
    "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


def _or_missing(printed: Callable[..., str]) -> Callable[..., str]:
    @wraps(printed)
    def checked(value: object, *digits: int, **named: int) -> str:
        return printed(value, *digits, **named) if is_known(value) else MISSING

    return checked


@_or_missing
def percent(share: object, digits: int = 1) -> str:
    """Format a fraction as a percentage: 0.1351 -> "13.5%".

    Args:
        share: fraction of the whole, 0 to 1; not already a percentage.
        digits: decimals shown, 0 to 4.

    A share that is not zero never prints as zero (0.0004 -> "<0.1%"), one below 1 never as all (">99.9%").

    Raises:
        ContentError: share outside 0 to 1, or not a number.
    """
    value = _number(share, "percent")
    if not Decimal("-1e-9") <= value <= 1 + Decimal("1e-9"):
        raise ContentError(
            f"percent needs a fraction from 0 to 1, not {value}", hint="a change takes the filter `change`"
        )
    if value <= 0:
        return "0%"
    if value >= 1:
        return "100%"
    step = Decimal(1).scaleb(-digits)
    shown = _round(value * 100, digits)
    if shown == 0:
        return f"<{step}%"
    if shown == 100:
        return f">{100 - step}%"
    return f"{shown}%"


@_or_missing
def count(value: object) -> str:
    """Format a whole number with thousand separators: 58590982 -> "58,590,982"."""
    return _signed(_round(_number(value, "count"), 0))


@_or_missing
def compact(value: object, digits: int | None = None) -> str:
    """Format a large number in words: 11066418 -> "11.1 million", 214413 -> "214 thousand".

    Below 10,000 it is printed in full; decimals are by default one from a million up, none from a hundred million up.
    """
    number = _number(value, "compact")
    if abs(number) < 10_000:
        return count(number)
    for unit, size in (("thousand", 3), ("million", 6), ("billion", 9)):
        scaled = number.scaleb(-size)
        shown = _round(scaled, _compact_digits(scaled, size) if digits is None else digits)
        if abs(shown) < 1000 or unit == "billion":
            return f"{_signed(shown)} {unit}"
    raise AssertionError


def _compact_digits(scaled: Decimal, size: int) -> int:
    return 0 if size == 3 or abs(scaled) >= 100 else 1


@_or_missing
def decimal(value: object, digits: int = 2) -> str:
    """Format a number with a fixed number of decimals: 0.5683 -> "0.57"."""
    return _signed(_round(_number(value, "decimal"), digits))


@_or_missing
def short(value: object) -> str:
    """Format a number with as many decimals as it has, at most six: 0.25 -> "0.25", 120.0 -> "120"."""
    text = _signed(_round(_number(value, "short"), 6))
    return text.rstrip("0").rstrip(".")


@_or_missing
def percent_short(share: object) -> str:
    """Format a fraction as a percentage with as many decimals as it has: 0.025 -> "2.5%"; for the ticks of an axis."""
    return f"{short(_number(share, 'percent_short') * 100)}%"


def ratio(value: object, digits: int = 2) -> str:
    """Format how many times one number is another: 1.2711 -> "1.27"."""
    return decimal(value, digits)


@_or_missing
def minutes(seconds: object) -> str:
    """Format a duration in seconds as a clock: 193.83 -> "3:14", 3723 -> "1:02:03"."""
    whole = int(_round(_number(seconds, "minutes"), 0))
    sign = MINUS if whole < 0 else ""
    hours, rest = divmod(abs(whole), 3600)
    minute, second = divmod(rest, 60)
    clock = f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
    return sign + clock


@_or_missing
def change(fraction: object, digits: int = 0) -> str:
    """Format a relative change with its sign: -0.2308 -> "−23%", 0.12 -> "+12%".

    A change that is not zero gets as many decimals as it needs to show.
    """
    value = _number(fraction, "change") * 100
    if value == 0:
        return "0%"
    while not (shown := _round(value, digits)) and digits < 6:
        digits += 1
    return f"{'+' if shown > 0 else ''}{_signed(shown)}%"


@_or_missing
def points(difference: object, digits: int = 1) -> str:
    """Format a difference of two shares in percentage points: -0.031 -> "−3.1"."""
    return _signed(_round(_number(difference, "points") * 100, digits))


@_or_missing
def year(value: object) -> str:
    """Format a year, without separators: 2024 -> "2024"; also the year of a date."""
    if isinstance(value, (str, date)):
        return str(_date(value, "year").year)
    return str(int(_number(value, "year")))


@_or_missing
def month(value: object) -> str:
    """Format a date by its month: "2025-07-14" -> "July 2025"."""
    day_ = _date(value, "month")
    return f"{MONTHS[day_.month - 1]} {day_.year}"


@_or_missing
def day(value: object) -> str:
    """Format a date in full: "2025-07-14" -> "14 July 2025"."""
    return f"{_date(value, 'day').day} {month(value)}"


def counted(value: object, one: str, many: str | None = None) -> str:
    """Format a count with what is counted: 1, "track" -> "1 track", 58590982 -> "58,590,982 tracks".

    Args:
        one: what one of them is called.
        many: what several are called, where that is not `one` with an s.
    """
    return f"{count(value)} {form(value, one, many)}"


def form(value: object, one: str, many: str | None = None) -> str:
    """The word that agrees with a count: 1, "has", "have" -> "has"; `many` is `one` with an s where it is not given."""
    return one if is_known(value) and _round(_number(value, "form"), 0) == 1 else many or f"{one}s"


@_or_missing
def words(value: object) -> str:
    """Format a small count as a word: 5 -> "five"; from 13 up in figures."""
    number = int(_round(_number(value, "words"), 0))
    return WORDS[number] if 0 <= number < len(WORDS) else count(number)


@_or_missing
def ordinal(value: object) -> str:
    """Format a rank: 1 -> "1st", 4 -> "4th", 22 -> "22nd"."""
    number = int(_round(_number(value, "ordinal"), 0))
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{count(number)}{ending}"


def file_size(size: object) -> str:
    """Format a size in bytes: 154 -> "154 B", 17500 -> "18 kB", 1250000 -> "1.3 MB"."""
    value = _number(size, "file_size")
    if value < 1000:
        return f"{value} B"
    if value < 999_500:
        return f"{max(_round(value / 1000, 0), Decimal(1))} kB"
    return f"{_round(value / 1_000_000, 1)} MB"


@_or_missing
def fingerprint(digest: object) -> str:
    """Format the start of a hash in groups of four: "f5fd5cf3…" -> "f5fd 5cf3 16c4 d362 …"."""
    text = str(digest).removeprefix("sha256:")
    groups = " ".join(text[at : at + 4] for at in range(0, min(len(text), 16), 4))
    return f"{groups} …" if len(text) > 16 else groups


FILTERS = {
    function.__name__: function
    for function in (
        percent, count, compact, decimal, ratio, minutes, change, points,
        year, month, day, words, counted, form, ordinal, file_size, fingerprint,
    )
}  # fmt: skip


def _number(value: object, name: str) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise ContentError(f"{name} needs a number, not {_described(value)}")
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise ContentError(f"{name} needs a number, not {value}")
    return number


def _date(value: object, name: str) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value[:10])
    except (TypeError, ValueError):
        raise ContentError(f"{name} needs a date such as 2025-07-14, not {_described(value)}") from None


def _described(value: object) -> str:
    if not isinstance(value, str):
        return f"a {type(value).__name__}"
    # A stranger may have typed it, and errors are shown on a terminal.
    return f"the text “{''.join(sign if sign.isprintable() else '�' for sign in value[:40])}”"


def _round(value: Decimal, digits: int) -> Decimal:
    rounded = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def _signed(value: Decimal) -> str:
    return f"{value:,f}".replace("-", MINUS)
