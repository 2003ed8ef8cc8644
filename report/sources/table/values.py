"""What the values of a flat table mean: units, scales, minutes and seconds, separators, words for numbers.

A column is read in another way only where all of its values are written in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from report.core.errors import SourceError
from report.sources.dates import dates_note, read_date
from report.sources.schema import FEATURES, TABLES, Column
from report.sources.table.columns import Match
from report.sql.engine import Engine

MEASURES: dict[str, Column] = {
    **{name: TABLES["tracks"].columns[name] for name in ("popularity", "duration_ms")},
    **{name: TABLES["track_audio_features"].columns[name] for name in (*FEATURES, "key", "mode", "time_signature")},
}
CLOCK = r"(\d+:)?\d{1,3}:\d{2}(\.\d+)?"
GROUPED = r"\d{1,3}([,'’\x{00a0}\x{202f} ]\d{3})+"
COMMA = r"-?\d+(,\d+)?"
EXPECTED = {
    "popularity": "a whole number from 0 to 100",
    "duration_ms": "milliseconds as a whole number, such as 210133, or minutes and seconds, such as 3:30",
}
# What half of a table's tracks may last: durations whose name has no unit are milliseconds from the first on, else
# seconds from the second on; no unit makes it more than an hour.
MEDIAN_MS, LEAST_MEDIAN_S, MOST_MEDIAN_MS = 20_000, 20, 3_600_000
UNIT_FACTORS = {"s": 1_000, "min": 60_000}
UNIT_WORDS = {"": "milliseconds", "s": "seconds", "min": "minutes"}
KEYS = ("C", "C#/Db", "D", "D#/Eb", "E", "F", "F#/Gb", "G", "G#/Ab", "A", "A#/Bb", "B")
WORDS = {
    "explicit": {"true": 1, "false": 0, "yes": 1, "no": 0, "t": 1, "f": 0, "y": 1, "n": 0},
    "mode": {"major": 1, "minor": 0},
    "key": {name.lower(): number for number, names in enumerate(KEYS) for name in (names, *names.split("/"))},
}
REDUCED = {"id": "track", "album_id": "album"}


@dataclass
class Meaning:
    """How the columns are read.

    Attributes:
        select: SQL of each column's value, by our name.
        notes: what is unusual about them, as sentences.
        refused: columns that are set aside as a whole.
    """

    select: dict[str, str]
    notes: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def meaning_of(engine: Engine, flat: str, found: Mapping[str, Match], types: Mapping[str, str], path: Path) -> Meaning:
    """How the columns of `flat` are to be read, by all of their values.

    Raises:
        SourceError: the popularity or the duration has another scale or an unknown unit.
    """
    meaning = Meaning({ours: _worded(ours, types[ours]) for ours in found})
    measures = [ours for ours in MEASURES if ours in found]
    counts = [
        f"count({ours}), count({_double(meaning.select[ours])}), "
        f"count({ours}) filter (where regexp_full_match(cast({ours} as varchar), '\\d{{1,3}}(\\.0+)?'))"
        for ours in measures
    ]
    (row,) = engine.rows(f"select {', '.join(counts)} from {flat}", path)
    for at, ours in enumerate(measures):
        filled, plain, small = row[3 * at : 3 * at + 3]
        way = ""
        if filled > plain and types[ours] == "VARCHAR":
            way = _read_otherwise(engine, flat, ours, (filled, plain, small), meaning, found[ours].name, path)
        if ours == "duration_ms" and way != "clock":
            factor = UNIT_FACTORS.get(_unit(engine, flat, found[ours], meaning, path))
            meaning.select[ours] = _times(meaning.select[ours], factor) if factor else meaning.select[ours]
        if found[ours].unit == "%":
            meaning.select[ours] = f"coalesce(cast({_double(meaning.select[ours])} / 100 as varchar), {ours})"
    _check_scales(engine, flat, measures, found, meaning, path)
    if "release_date" in found:
        meaning.notes += dates_note(engine, flat, meaning.select["release_date"], found["release_date"].name, path)
    return meaning


def _worded(ours: str, kind: str) -> str:
    """SQL of a value in words made a number, of a link made an id, of a year with a fraction made a year."""
    text = f"cast({ours} as varchar)"
    if ours in WORDS and kind in ("VARCHAR", "BOOLEAN"):
        cases = " ".join(f"when '{word}' then '{number}'" for word, number in WORDS[ours].items())
        return f"case lower(trim({text})) {cases} else {text} end"
    if ours == "time_signature" and kind == "VARCHAR":
        return f"regexp_replace({text}, '^\\s*(\\d+)/\\d+\\s*$', '\\1')"
    if ours in REDUCED:
        inner = f"regexp_extract({text}, '[:/]{REDUCED[ours]}s?[:/]([0-9A-Za-z]+)', 1)"
        return (
            f"case when contains({text}, ':') or contains({text}, '/') then coalesce(nullif({inner}, ''), {text}) "
            f"else {text} end"
        )
    if ours == "release_date":
        return read_date(text)
    return ours


def _double(sql: str) -> str:
    return f"try_cast({sql} as double)"


def _times(sql: str, factor: int) -> str:
    """SQL of the product as a whole number, or the value as it is where it is no number."""
    product = f"try_cast(round({_double(sql)} * {factor}) as bigint)"
    return f"coalesce(cast({product} as varchar), cast({sql} as varchar))"


def _clock(ours: str) -> str:
    """SQL of milliseconds of h:mm:ss or m:ss."""
    parts = f"list_reverse(string_split(trim({ours}), ':'))"
    seconds = " + ".join(
        f"coalesce(try_cast({parts}[{place}] as double), 0) * {factor}"
        for place, factor in ((1, 1), (2, 60), (3, 3600))
    )
    return f"cast(cast(round(({seconds}) * 1000) as bigint) as varchar)"


def _read_otherwise(
    engine: Engine,
    flat: str,
    ours: str,
    counts: tuple[int, int, int],
    meaning: Meaning,
    name: str,
    path: Path,
) -> str:
    """Take a column as written in another way if all of its values are; which way that is, or "".

    Args:
        counts: its values, those that are plain numbers, those that are whole numbers below 1,000.
    """
    filled, plain, small = counts
    ways: dict[str, tuple[str, Callable[[], str], int, str]] = {}
    if ours == "duration_ms":
        ways["clock"] = (CLOCK, lambda: _clock(ours), 0, "minutes and seconds")
    if MEASURES[ours].kind == "integer":
        signs = f"regexp_replace({ours}, '[^0-9]', '', 'g')"
        ways["grouped"] = (GROUPED, lambda: signs, small, "numbers with separators of thousands")
    else:
        ways["comma"] = (COMMA, lambda: f"replace({ours}, ',', '.')", 0, "numbers with a decimal comma")
    for way, (pattern, make, also, words) in ways.items():
        matching = f"regexp_full_match(trim({ours}), '{pattern.replace(chr(39), chr(39) * 2)}')"
        ((count,),) = engine.rows(f"select count(*) filter (where {matching}) from {flat}", path)
        if count and count + also == filled:
            meaning.select[ours] = make()
            meaning.notes.append(f"`{name}` holds {words}, and is read as such")
            return way
        if count and count > filled - plain - count:
            meaning.notes.append(
                f"{count:,} of {filled:,} values of `{name}` are {words}, which is read only where all are: "
                "those count as unusable"
            )
            return ""
    return ""


def _unit(engine: Engine, flat: str, match: Match, meaning: Meaning, path: Path) -> str:
    """The unit of durations that are numbers.

    Raises:
        SourceError: neither the name nor the values tell it.
    """
    ((median,),) = engine.rows(f"select median({_double(meaning.select['duration_ms'])}) from {flat}", path)
    unit = match.unit
    if unit == "?":
        unit = "" if median is None or median >= MEDIAN_MS else "s" if median >= LEAST_MEDIAN_S else "?"
    if unit in UNIT_FACTORS and median is not None and median * UNIT_FACTORS[unit] > MOST_MEDIAN_MS:
        unit = "?"
    if unit == "?":
        raise SourceError(
            f"the unit of the durations in `{match.name}` cannot be told: half of them are {_short(median)} or less",
            path,
            "call the column duration_ms, duration_s or duration_min, whichever it is",
        )
    if match.unit == "?":
        meaning.notes.append(f"`{match.name}` names no unit; its values are taken as {UNIT_WORDS[unit]}")
    elif unit:
        meaning.notes.append(f"`{match.name}` is read as {UNIT_WORDS[unit]}")
    elif median is not None and median < MOST_MEDIAN_MS / 1_000:
        meaning.notes.append(
            f"half of the durations in `{match.name}` are {_short(median)} ms or less: are they seconds?"
        )
    return unit


def _check_scales(
    engine: Engine,
    flat: str,
    measures: list[str],
    found: Mapping[str, Match],
    meaning: Meaning,
    path: Path,
) -> None:
    """Set aside what is on another scale than its name says.

    Raises:
        SourceError: it is the popularity.
    """
    scaled = [
        ours for ours in measures if MEASURES[ours].low == 0 and MEASURES[ours].high in (1, 100) and ours != "mode"
    ]
    counts = []
    for ours in scaled:
        # DuckDB takes NaN for more than any number.
        number, high = f"nullif({_double(meaning.select[ours])}, 'nan'::double)", MEASURES[ours].high
        counts += [f"min({number})", f"max({number})", f"count({number})", f"count(*) filter (where {number} > {high})"]
        counts += [f"count(*) filter (where {number} between 0 and 1 and {number} <> trunc({number}))"]
    (row,) = engine.rows(f"select {', '.join(counts)} from {flat}", path)
    for at, ours in enumerate(scaled):
        least, most, filled, above, fractions = row[5 * at : 5 * at + 5]
        name, high = found[ours].name, MEASURES[ours].high
        if not filled:
            continue
        runs = f"`{name}` runs from {_short(least)} to {_short(most)}"
        if ours == "popularity" and fractions and least >= 0 and most <= 1:
            raise SourceError(f"{runs}: a popularity is {EXPECTED[ours]}", path, "multiply it by 100, or use another")
        if above * 2 > filled:
            if ours == "popularity":
                raise SourceError(f"{runs}: a popularity is {EXPECTED[ours]}", path, "use a column on that scale")
            meaning.notes.append(f"{runs}, which is another scale than 0 to {high}: it is not used")
            meaning.refused.append(ours)


def _short(number: float | None) -> str:
    return f"{number:,.4g}" if number is None or abs(number) < 1_000 else f"{number:,.0f}"
