"""Release dates and fetch dates of the sample."""

from __future__ import annotations

import random
from datetime import date, timedelta

from report.synthetic import randomness
from report.synthetic.catalogue import LAST_YEAR, NO_YEAR

_EPOCH = date(1970, 1, 1)
_FIRST_FETCH, _LAST_FETCH = date(2025, 3, 24), date(2025, 7, 11)
_LAST_RELEASE = date(2025, 7, 10)
_DAY_MS = 86_400_000

UNUSABLE = (
    ("0000", "year"),
    ("", "day"),
    ("2026-02-13", "day"),
    ("2040", "year"),
    ("0000-00-00", "day"),
    ("1905", "year"),
)
"""Dates that are none, or that nobody believes, with their precision. (1905 is in range, and wrong.)"""

_YEAR_PRECISION = ((1950, 0.75), (1980, 0.5), (1990, 0.4), (2000, 0.2), (2010, 0.05), (2020, 0.008))
_ROUND_YEARS = {1950: 1.2, 1960: 1.2, 1970: 1.3, 1980: 1.4, 1990: 1.5, 2000: 1.9}
_MONTH_PRECISION = 0.006
_FRIDAYS = ((1990, 0.2), (2015, 0.35), (2020, 0.55), (2025, 0.6))
_NEW_YEARS_DAY = ((1980, 0.12), (2010, 0.06), (2020, 0.01), (2025, 0.004))
"""Shares of releases dated to a Friday, and to 1 January for want of a better day, by release year."""


def release_dates(rng: random.Random, years: list[int]) -> list[tuple[str, str]]:
    """(release_date, release_date_precision) for albums of these years; unusable ones where there is none."""
    days = {year: _days(year) for year in dict.fromkeys(years) if year != NO_YEAR}
    dates = []
    unusable = 0
    for year in years:
        if year == NO_YEAR:
            dates.append(UNUSABLE[unusable % len(UNUSABLE)])
            unusable += 1
            continue
        precision, kind, place = rng.random(), rng.random(), rng.random()
        every, fridays = days[year]
        by_year = min(randomness.interpolate(_YEAR_PRECISION, year) * _ROUND_YEARS.get(year, 1.0), 0.95)
        if precision < by_year:
            dates.append((f"{year}", "year"))
            continue
        is_friday = kind < randomness.interpolate(_FRIDAYS, year)
        day = fridays[int(place * len(fridays))] if is_friday else every[int(place * len(every))]
        if kind > 1 - randomness.interpolate(_NEW_YEARS_DAY, year):
            day = f"{year}-01-01"
        is_month = precision < by_year + _MONTH_PRECISION
        dates.append((day[:7], "month") if is_month else (day, "day"))
    return dates


def _days(year: int) -> tuple[list[str], list[str]]:
    """All days and all Fridays of a year, of the last one only those before the snapshot's end."""
    last = min(date(year, 12, 31), _LAST_RELEASE)
    every = [date(year, 1, 1) + timedelta(days=day) for day in range((last - date(year, 1, 1)).days + 1)]
    return [day.isoformat() for day in every], [day.isoformat() for day in every if day.weekday() == 4]


def fetch_times(rng: random.Random, releases: list[tuple[str, str]]) -> list[int]:
    """When each album was read: Unix ms of a day from spring to summer 2025, not before its release."""
    first, last = (_FIRST_FETCH - _EPOCH).days, (_LAST_FETCH - _EPOCH).days
    times = []
    for released, precision in releases:
        earliest = first
        if precision == "day" and released.startswith(str(LAST_YEAR)):
            earliest = max(first, (date.fromisoformat(released) - _EPOCH).days)
        # The later of two: the reading gathered speed.
        place = max(rng.random(), rng.random())
        times.append((earliest + int(place * (last - earliest + 1))) * _DAY_MS)
    return times


def some_days_later(rng: random.Random, times: list[int]) -> list[int]:
    """Each time, or up to three days after it, within the snapshot."""
    last = (_LAST_FETCH - _EPOCH).days * _DAY_MS
    delays = rng.choices((0, 0, 0, 0, 1, 2, 3), k=len(times))
    return [min(time + delay * _DAY_MS, last) for time, delay in zip(times, delays, strict=True)]
