"""Dates of a flat table in the ways that people write them; the year is all that is read of one."""

from __future__ import annotations

from pathlib import Path

from report.sql.engine import Engine

DAY, MONTH, WORD, TIME = r"(0?[1-9]|[12]\d|3[01])", r"(0?[1-9]|1[0-2])", r"\pL+\.?", r"([ T,]+\d{1,2}:.*)?"
# Forms in which the year shows, whichever of day and month comes first, and which group it is.
FORMS = {
    rf"{DAY}([./-]{MONTH}|[ -]{WORD})[./ -](\d{{4}}){TIME}": 4,  # 26.4.2024, 26-Apr-2024
    rf"({MONTH}[./-]|{WORD} ){DAY}[,./ -]+(\d{{4}}){TIME}": 4,  # 4/26/2024 0:00, April 26, 2024
    # 2024/4/26, 20240426, 1999.0
    rf"(\d{{4}})([./]{MONTH}([./]{DAY}{TIME})?|(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])|\.0*)": 1,
}


def read_date(text: str) -> str:
    """SQL of the year of a date in one of the forms, else of the text without blanks around it.

    Args:
        text: SQL of the date as text.
    """
    cases = (
        f"when regexp_full_match(trim({text}), '{form}') then regexp_extract(trim({text}), '^{form}$', {group})"
        for form, group in FORMS.items()
    )
    return f"case {' '.join(cases)} else trim({text}) end"


def dates_note(engine: Engine, flat: str, sql: str, name: str, path: Path) -> list[str]:
    """A sentence about dates that cannot be read, if there are any.

    Args:
        sql: of a date, as `read_date` gives it.
    """
    unread = f"release_date is not null and not regexp_matches({sql}, '^[0-9]{{4}}($|-)')"
    ((filled, unusable, value),) = engine.rows(
        f"select count(release_date), count(*) filter (where {unread}), "
        f"arg_min(cast(release_date as varchar), row_number) filter (where {unread}) from {flat}",
        path,
    )
    if not unusable:
        return []
    return [
        f"{unusable:,} of {filled:,} values of `{name}` {'is' if unusable == 1 else 'are'} no date or year in a known "
        f"form, such as `{value[:40]}`: expected one such as 2024-04-26, 4/26/2024 or 2024"
    ]
