"""A figure's rows as a table to read (HTML) and a table to keep (CSV)."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from report.core.columns import heading, is_share, is_year, only_orders
from report.core.numbers import MISSING, count, decimal, percent
from report.core.plain import LONGEST_NAME, plain, shortened
from report.core.texts import for_spreadsheets

ROWS_SHOWN = 130
# What spreadsheets take for the beginning of a formula; some take the full-width signs for the plain ones.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Table:
    """A table to print: `rows` are cells as text, at most `ROWS_SHOWN` of `total`."""

    caption: str
    headings: Sequence[str]
    is_text: Sequence[bool]
    rows: Sequence[Sequence[str]]
    total: int

    @property
    def is_cut(self) -> bool:
        return len(self.rows) < self.total


def figure_table(
    columns: Sequence[str], rows: Sequence[Mapping[str, object]], headings: Mapping[str, str], caption: str
) -> Table:
    """The rows of a figure, printed; columns that only order the rows (`*_order`) are left out."""
    shown = [column for column in columns if not only_orders(column)]
    printed = [_column(column, [row[column] for row in rows]) for column in shown]
    return Table(
        caption=caption,
        headings=[headings.get(column) or heading(column) for column in shown],
        is_text=[any(isinstance(row[column], str) for row in rows) for column in shown],
        rows=list(zip(*(cells[:ROWS_SHOWN] for cells in printed), strict=True)),
        total=len(rows),
    )


def write_csv(columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> bytes:
    """ASCII, or UTF-8 with a mark by which Excel knows it; a header of column names (which carry the units), lines
    ended by \\n; empty where unknown.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row[column]) for column in columns])
    return for_spreadsheets(out.getvalue().encode("utf-8"))


def _cell(value: object) -> object:
    if not _is_stated(value):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, str):
        # A CR would end the row, since fields are quoted for the line's own ending only.
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        return "'" + text if text.startswith(FORMULA_SIGNS) else text
    return value


def _column(name: str, values: list) -> list[str]:
    """The printed cells of one column, all with the decimals that its numbers need (three at most)."""
    if is_share(name):
        return [percent(value) if _is_share(value) else _text(value) for value in values]
    digits = 0
    for value in values:
        if isinstance(value, float | Decimal):
            exponent = Decimal(repr(value) if isinstance(value, float) else value).normalize().as_tuple().exponent
            digits = max(digits, -exponent if isinstance(exponent, int) else 0)
    digits = min(digits, 3)
    return [_text(value, digits, is_year(name)) for value in values]


def _is_stated(value: object) -> bool:
    return value is not None and not (isinstance(value, float) and not math.isfinite(value))


def _is_share(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool) and 0 <= value <= 1


def _text(value: object, digits: int = 0, has_years: bool = False) -> str:
    if not _is_stated(value):
        return MISSING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float | Decimal):
        if has_years:
            return str(int(value))
        return decimal(value, digits) if digits else count(value)
    return shortened(plain(str(value)), LONGEST_NAME)
