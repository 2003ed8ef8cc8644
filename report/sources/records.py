"""Records of a CSV file, one by one and as Arrow batches."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

from report.errors import SourceError

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 50_000
# What the programs that write such tables put where there is no value.
MISSING = frozenset(("", "NA", "N/A", "NaN", "nan", "NULL", "null", "None"))


def read_records(path: Path) -> Iterator[list[str]]:
    """Records of a CSV file, header first; the delimiter is the commonest of comma, semicolon and tab in the header.

    Bytes that are not UTF-8 become U+FFFD. Empty lines are no records.

    Raises:
        SourceError: it cannot be read or unpacked.
    """
    csv.field_size_limit(2**31 - 1)
    opener = gzip.open if path.name.lower().endswith(".gz") else open
    try:
        with opener(path, "rb") as binary:
            text = io.TextIOWrapper(binary, encoding="utf-8-sig", errors="replace", newline="")
            first = text.readline()
            delimiter = max(",;\t", key=first.count)
            yield from (record for record in csv.reader([first], delimiter=delimiter) if record)
            yield from (record for record in csv.reader(text, delimiter=delimiter) if record)
    except PermissionError:
        raise
    except (OSError, EOFError, zlib.error, csv.Error) as error:
        raise SourceError(f"this file cannot be read: {error}", path, "it may be truncated: fetch it again") from error


def read_batches(path: Path, columns: dict[str, int]) -> pa.RecordBatchReader:
    """A CSV's records as Arrow batches of text columns; an empty field, NA or the like is NULL.

    Args:
        columns: name of each column wanted and its position in the record.

    Returns:
        `row_number` from 0, `is_well_formed` (a record with too many or too few fields keeps its place, all NULL), and
        the columns.
    """
    import pyarrow as pa

    records = read_records(path)
    width = len(next(records))
    names = ("row_number", "is_well_formed", *columns)
    schema = pa.schema(list(zip(names, (pa.int64(), pa.bool_(), *[pa.string()] * len(columns)), strict=True)))

    def batches() -> Iterator[pa.RecordBatch]:
        for start in count(0, BATCH):
            chunk = list(islice(records, BATCH))
            if not chunk:
                return
            is_well_formed = [len(record) == width for record in chunk]
            whole = [record if fits else [""] * width for record, fits in zip(chunk, is_well_formed, strict=True)]
            values = [
                [None if record[position] in MISSING else record[position] for record in whole]
                for position in columns.values()
            ]
            numbers = list(range(start, start + len(chunk)))
            yield pa.record_batch([numbers, is_well_formed, *values], schema=schema)

    return pa.RecordBatchReader.from_batches(schema, batches())
