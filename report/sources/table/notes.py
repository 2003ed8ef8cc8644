"""What a person is told about a flat table: why nothing of it can be used, or how it was read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from report.core.errors import SourceError
from report.sources.recoding import READ_AS
from report.sources.relations import typed
from report.sources.table.columns import Columns, Match
from report.sources.table.encoding import Encoding
from report.sources.table.packing import PACKED, kind_of
from report.sources.table.records import TextTable
from report.sources.table.values import EXPECTED, MEASURES
from report.sql.engine import Engine


def refuse_empty(engine: Engine, flat: str, columns: Columns, texts: Sequence[TextTable], path: Path) -> None:
    """Refuse a table without a row that can be used.

    Args:
        flat: a FROM clause of its rows.
        texts: the table's parts, if it is one of text.

    Raises:
        SourceError: naming the first line and what was expected.
    """
    found = engine.rows(
        "select count(*), count(id), arg_min(line, row_number), arg_min(field_count, row_number), "
        f"arg_min(is_well_formed, row_number), arg_min(part, row_number) from {flat}",
        path,
    )
    rows, usable, line, fields, is_well_formed, part = found[0]
    if not rows:
        hint = "give a file with a row for each track"
        raise SourceError("this table is empty: after its header there is no row", path, hint)
    if usable:
        return
    where = f"{texts[part].path if texts else path}:{line}"
    if is_well_formed:
        name = columns.found["id"].name
        raise SourceError(
            f"no row has a track id: `{name}` has no value in line {line:,}", where, "expected an id a row"
        )
    width = len(texts[part].header)
    raise SourceError(
        f"none of the {counted(rows, 'row')} can be used: line {line:,} has {counted(fields, 'field')}, "
        f"the header has {width:,}",
        where,
        f"expected {width:,} fields in each line, parted by {texts[part].delimiter_name}",
    )


def check_usable(
    engine: Engine,
    tracks: str,
    types: Mapping[str, str],
    found: Mapping[str, Match],
    texts: Sequence[TextTable],
    path: Path,
) -> None:
    """Refuse a table of which no popularity or no duration can be used.

    Raises:
        SourceError: naming the first line and its value.
    """
    for ours, expected in EXPECTED.items():
        usable = typed(ours, MEASURES[ours], types[ours])
        ((count, part, line, value),) = engine.rows(
            f"select count({usable}), arg_min(part, row_number), arg_min(line, row_number), "
            f"first({ours} order by row_number) from {tracks}",
            path,
        )
        if not count:
            shown = "no value" if value is None else f"`{str(value)[:40]}`"
            raise SourceError(
                f"no row has a usable `{found[ours].name}`; line {line:,} has {shown}",
                f"{texts[part].path if texts else path}:{line}",
                f"expected {expected}",
            )


def unusable_notes(
    engine: Engine, tracks: str, types: Mapping[str, str], found: Mapping[str, Match], path: Path
) -> list[str]:
    """Sentences about columns of which there are values, but none that can be used."""
    notes = []
    for ours, column in MEASURES.items():
        if ours not in types or ours in EXPECTED:
            continue
        ((filled, usable, value),) = engine.rows(
            f"select count({ours}), count({typed(ours, column, types[ours])}), "
            f"first(cast({ours} as varchar) order by line) filter (where {ours} is not null) from {tracks}",
            path,
        )
        if filled and not usable:
            expected = f"a number from {column.low} to {column.high}"
            notes.append(f"no value of `{found[ours].name}` can be used, such as `{value[:40]}`: expected {expected}")
    return notes


def text_notes(
    engine: Engine, flat: str, texts: Sequence[TextTable], encodings: Sequence[Encoding], path: Path
) -> list[str]:
    """How the text was read, and which lines were not as they should be."""
    notes = []
    for text, encoding in zip(texts, encodings, strict=True):
        notes.append(f"text is {encoding.describe()}; fields are parted by {text.delimiter_name}")
        kind, name = kind_of(text.path), text.path.name.lower()
        if kind == "text" and name.endswith(tuple(PACKED.values())):
            notes.append("the file is not packed, though its name says so")
        elif kind in PACKED and not name.endswith(PACKED[kind]):
            notes.append(f"the file is packed by {kind}, though its name does not say so")
    # Parts are mostly alike.
    notes = list(dict.fromkeys(notes))
    found = engine.rows(
        "select count(*) filter (where is_mended), arg_min([part, line], row_number) filter (where is_mended), "
        "count(*) filter (where not is_well_formed), "
        "arg_min([part, line, field_count], row_number) filter (where not is_well_formed) "
        f"from {flat}",
        path,
    )
    mended, first_mended, malformed, first_malformed = found[0]

    def line(part: int, number: int) -> str:
        return f"line {number:,}" + (f" of {texts[part].path.relative_to(path)}" if len(texts) > 1 else "")

    if mended:
        notes.append(
            f"{counted(mended, 'row')} with quotes that do not pair: those quotes are taken as text "
            f"(the first is {line(*first_mended)})"
        )
    if malformed:
        notes.append(
            f"{counted(malformed, 'line')} with another number of fields than the header's {len(texts[0].header):,}, "
            f"left out (the first is {line(*first_malformed[:2])}, with {first_malformed[2]:,})"
        )
    return notes


def recoded_notes(flat: Path) -> list[str]:
    """How Parquet's text was read where it is not UTF-8, as the table under our names says."""
    import pyarrow.parquet as pq

    read_as = (pq.read_metadata(flat).metadata or {}).get(READ_AS.encode(), b"").decode()
    return [f"text is {read_as}"] if read_as else []


def artist_notes(names: Path, found: Mapping[str, Match]) -> list[str]:
    """How artists were told apart, as the file of their names says."""
    import pyarrow.parquet as pq

    how = json.loads(pq.read_schema(names).metadata[b"how"])
    return [f"artists in `{found[ours].name}` are {words}" for ours, words in how.items()]


def counted(number: int, what: str) -> str:
    """3 rows, 1 row."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
