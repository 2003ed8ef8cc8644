"""One language: its words (content/<code>/*.toml), and how it writes numbers and dates, by Babel and the CLDR.

Rounding is ours: halves go up, on the decimal digits of the number (0.125 is 0.13, whatever the binary says).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from inspect import signature
from pathlib import Path

from babel import Locale, dates, numbers

from report.core.entries import read_toml
from report.core.errors import ContentError
from report.core.facts import suggest
from report.core.numbers import file_size
from report.core.plain import plain, shown

MINUS, NO_BREAK = "\u2212", "\u00a0"
# What Markdown or HTML would act on. In a value it is text, typed by strangers.
SIGNS = re.compile("[\\\\`*_{}\\[\\]()#+!|~<>&\"'\n\r\ue000\ue001]")


class Language:
    """A language of the report.

    Args:
        content: the folder of all words; its folder `code` has language.toml and labels.toml.

    Raises:
        ContentError: one of the two is missing, or no TOML.
    """

    def __init__(self, content: Path, code: str) -> None:
        self.code, self.locale = code, Locale.parse(code)
        self.words, self.labels = (self._read(content, f"{code}/{name}.toml") for name in ("language", "labels"))
        self.decimal_sign = numbers.get_decimal_symbol(self.locale)
        self.group_sign = numbers.get_group_symbol(self.locale)
        self._percent_sign = f"{NO_BREAK}%" if NO_BREAK in self.locale.percent_formats[None].pattern else "%"

    @staticmethod
    def _read(content: Path, name: str) -> dict:
        found = read_toml(content / name, f"{content.name}/{name}")
        if found is None:
            raise ContentError("this file of a language is missing", f"{content.name}/{name}")
        return found

    def labels_of(self, table: str, figure: str) -> dict[str, str]:
        """The labels of a table for a figure, `finding/name`: its own before its finding's before those of all."""
        found = self.labels.get(table, {})
        # A finding may be called as a column is: `popularity`.
        of_all = {name: words for name, words in found.items() if isinstance(words, str)}
        return {**of_all, **found.get(figure.partition("/")[0], {}), **found.get(figure, {})}

    def filter_problem(self, filters: str) -> tuple[str, str] | None:
        """What is wrong with the filters of a fact, and what to do; None where nothing is."""
        parts = [part.strip() for part in filters.split("|") if part.strip()]
        known = {name.removeprefix("as_"): getattr(self, name) for name in dir(self) if name.startswith("as_")}
        for part in parts:
            name, _, given = part.partition(":")
            if name not in known:
                return f"there is no filter `{name}`", suggest(name, known) or f"filters are {', '.join(known)}"
            takes = list(signature(known[name]).parameters.values())[1:]
            options = [option for option in given.split(",") if option.strip()]
            most = 99 if any(option.kind == option.VAR_POSITIONAL for option in takes) else len(takes)
            least = 1 if most == 99 else 0
            if not least <= len(options) <= most:
                return f"`{part}` has {len(options)} options", f"`{name}` takes {', '.join(map(str, takes)) or 'none'}"
            if takes and takes[0].name == "digits" and options and not options[0].strip().isdigit():
                return f"`{part}` needs a number of decimals", f"write it as `{name}: 1`"
        return (
            None
            if parts
            else ("a fact has no filter", "say how it is written: {{ name | count }}, {{ name | percent }}")
        )

    def show(self, value: object, filters: str) -> str:
        """A known value through its filters: `| percent: 2`, `| spelled: f | capital`.

        Raises:
            TypeError: a filter for numbers is given text, or the reverse.
        """
        for part in filter(None, (part.strip() for part in filters.split("|"))):
            name, _, given = part.partition(":")
            options = [option.strip() for option in given.split(",") if option.strip()]
            value = getattr(self, f"as_{name.strip()}")(value, *options)
        return str(value)

    def as_decimal(self, value: object, digits: str = "2") -> str:
        return self._signed(_rounded(value, int(digits)), int(digits))

    as_ratio = as_decimal

    def as_count(self, value: object) -> str:
        return self.as_decimal(value, "0")

    def as_percent(self, value: object, digits: str = "1") -> str:
        """A share; one that is not zero never prints as zero, one below the whole never as all."""
        if not -1e-9 <= _number(value) <= 1 + 1e-9:
            raise TypeError(f"percent needs a share from 0 to 1, not {value}; a change takes `| change`")
        shown = min(max(_rounded(_number(value) * 100, int(digits)), Decimal(0)), Decimal(100))
        least = Decimal(1).scaleb(-int(digits))
        if shown == 0 and value > 0:
            return f"<{self._signed(least, int(digits))}{self._percent_sign}"
        if shown == 100 and value < 1:
            return f">{self._signed(100 - least, int(digits))}{self._percent_sign}"
        return self._signed(shown, 0 if shown in (0, 100) else int(digits)) + self._percent_sign

    def as_size(self, value: object, digits: str = "1") -> str:
        """How large a change is, without its sign: the words say which way."""
        return self._signed(_rounded(abs(_number(value)) * 100, int(digits)), int(digits)) + self._percent_sign

    def as_change(self, value: object, digits: str = "0") -> str:
        """A relative change with its sign, and as many decimals as it needs to show."""
        at, number = int(digits), _number(value) * 100
        while number and not _rounded(number, at) and at < 6:
            at += 1
        shown = _rounded(number, at)
        return ("+" if shown > 0 else "") + self._signed(shown, at if shown else 0) + self._percent_sign

    def as_points(self, value: object, digits: str = "1") -> str:
        """Percentage points, with a minus where there is one."""
        return self._signed(_rounded(_number(value) * 100, int(digits)), int(digits))

    def as_gap(self, value: object, digits: str = "1") -> str:
        """Percentage points between two shares, without a sign: the words say which way."""
        return self.as_points(abs(_number(value)), digits)

    def as_compact(self, value: object, digits: str = "") -> str:
        """A large number in words, below 10,000 in full; one decimal from a million up, none from a hundred million."""
        number = _number(value)
        if abs(number) < 10_000:
            return self.as_count(value)
        for size in (3, 6, 9):
            scaled = number.scaleb(-size)
            at = int(digits) if digits else 0 if size == 3 or abs(scaled) >= 100 else 1
            if abs(rounded := _rounded(scaled, at)) < 1000 or size == 9:
                break
        pattern = str(
            self.locale.compact_decimal_formats["long"][self.locale.plural_form(rounded)][str(10**size)].pattern
        )
        return re.sub(r"0+", self._signed(rounded, at), pattern, count=1).replace("'", "")

    def as_minutes(self, value: object) -> str:
        """Seconds as a clock."""
        whole = int(_rounded(value, 0))
        hours, rest = divmod(abs(whole), 3600)
        clock = f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"
        return (MINUS if whole < 0 else "") + clock

    def as_year(self, value: object) -> str:
        return str(value)[:4] if isinstance(value, str) else str(int(_number(value)))

    def as_month(self, value: str) -> str:
        return dates.format_date(date.fromisoformat(f"{value}-01"[:10]), "LLLL y", locale=self.locale)

    def as_day(self, value: str) -> str:
        return dates.format_date(date.fromisoformat(value[:10]), "d MMMM y", locale=self.locale)

    def as_text(self, value: object) -> str:
        """A name from the data, typed by strangers: shown, never applied."""
        if not isinstance(value, str):
            raise TypeError(f"`| text` is for names, and this is {value}")
        return SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", shown(value))

    def as_whole(self, value: object) -> str:
        """Words that the build itself gives, whole: shown, never applied."""
        return SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", plain(value))

    def as_name(self, value: object) -> str:
        """A word that a query chose of a closed list, such as `G major`, in this language."""
        return self.labels.get("names", {}).get(str(value)) or self.as_text(str(value))

    def as_address(self, value: str) -> str:
        """Where a link leads; what is no address is an error."""
        if not re.fullmatch(r"(?:https?://)?[\w./-]*", str(value)):
            raise TypeError(f"“{str(value)[:40]}” is no address")
        return str(value)

    def as_file_size(self, value: object) -> str:
        """Bytes, such as 17.5 kB."""
        return file_size(value)

    def as_spelled(self, value: object, form: str = "plain") -> str:
        """A small number as a word; `form` picks one where the language has several: `| spelled: f`."""
        words, number = self.words["spelled"][form], int(_rounded(value, 0))
        return words[number] if 0 <= number < len(words) else self.as_count(value)

    def as_ordinal(self, value: object) -> str:
        """A rank in figures: 1st, 4th; language.toml has the endings by CLDR's forms."""
        number = int(_rounded(value, 0))
        return self.as_count(number) + self.words["ordinal"][self.locale.ordinal_form(number)]

    def as_word(self, value: object, *forms: str) -> str:
        """The form that goes with a number, forms in CLDR's order: `| word: track, tracks`; ru: one, few, many."""
        order = [each for each in ("zero", "one", "two", "few", "many") if each in self.locale.plural_form.rules]
        rule = self.locale.plural_form(_rounded(value, 0))
        return forms[min(order.index(rule) if rule in order else len(forms) - 1, len(forms) - 1)]

    def as_of(self, value: object, *forms: str) -> str:
        """A count with its noun: `| of: track, tracks`."""
        return f"{self.as_count(value)} {self.as_word(value, *forms)}"

    def as_capital(self, value: str) -> str:
        return value[:1].upper() + value[1:]

    def _signed(self, value: Decimal, digits: int) -> str:
        pattern = "#,##0" + (f".{'0' * digits}" if digits else "")
        return numbers.format_decimal(value, pattern, locale=self.locale).replace("-", MINUS)


def words_of(language: Language, kind: str, is_part: bool) -> Mapping[str, str]:
    """The words of a kind of edition: those of a part of the archive before those of any selection."""
    tables = language.words["edition"]
    return {**tables.get(kind, {}), **(tables.get("part", {}) if is_part else {})}


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise TypeError(f"this filter needs a number, not “{str(value)[:40]}”")
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def _rounded(value: object, digits: int) -> Decimal:
    rounded = _number(value).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded
