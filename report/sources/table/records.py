"""Records of a table of text: its delimiter, its header, its lines one by one and as Arrow batches."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from report.core.errors import SourceError
from report.sources.table.artists import MISSING
from report.sources.table.columns import normalised, read_names
from report.sources.table.encoding import ERRORS, Encoding, decide
from report.sources.table.packing import HEAD, opened

if TYPE_CHECKING:
    pass

# Records at a time: Python's garbage collection takes most of the time where there are many more.
BATCH = 2_000
DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
# No value is as long; a quote that is open for longer was never meant to be one.
LONGEST = 2**20
# A line on its own that has so many fields by chance is not to be feared.
TELLING_WIDTH = 4
SEP_LINE = re.compile(r"\"?sep=(.)\"?\s*", re.IGNORECASE)


class Record(NamedTuple):
    """One record: the line it begins in, its fields, and whether its quotes are text, since they don't pair."""

    line: int
    fields: list[str]
    is_mended: bool = False


class TextTable:
    """A table of text: CSV or the like, packed or not.

    Args:
        path: the file.

    Attributes:
        path: the file.
        delimiter: between fields: the one by which the header has the most names that are known.
        header: the names of the columns.
        encoding: of the file's beginning.

    Raises:
        SourceError: it is no text, empty or cannot be unpacked.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with opened(path) as file:
            head = file.read(HEAD)
        self.encoding = decide(io.BytesIO(head), len(head))
        text = io.StringIO(head.decode(self.encoding.codec, ERRORS), newline="")
        self._skipped, self.delimiter, first = 0, "", ""
        for first in text:
            if sep := SEP_LINE.fullmatch(first):
                self.delimiter = sep[1]
            elif first.strip():
                break
            self._skipped += 1
        if not first.strip() or SEP_LINE.fullmatch(first):
            raise SourceError("this file is empty", path, "give a CSV file with a header line")
        self.delimiter = self.delimiter or find_delimiter(first)
        header = next(csv.reader([first, *text], delimiter=self.delimiter))
        self.header = [name.strip() for name in header]

    @property
    def delimiter_name(self) -> str:
        """The delimiter in words."""
        return DELIMITERS.get(self.delimiter, f"`{self.delimiter}`")

    def decide_encoding(self) -> Encoding:
        """The encoding of the whole file, which has to be read for it."""
        with opened(self.path) as file:
            return decide(file)

    def records(self, encoding: Encoding) -> Iterator[Record]:
        """Records, header first; empty lines are none.

        A quote that is closed in the midst of a field is no quote: the lines that it took in are read again, each by
        itself.

        Raises:
            SourceError: it cannot be read or unpacked, or a quote is never closed.
        """
        csv.field_size_limit(LONGEST)
        with opened(self.path) as file:
            text = io.TextIOWrapper(file, encoding=encoding.codec, errors=ERRORS, newline="")
            for _ in islice(text, self._skipped):
                pass
            taken: list[str] = []
            reader = csv.reader(_noting(text, taken), delimiter=self.delimiter, strict=True)
            line, width = self._skipped + 1, len(self.header)
            while True:
                try:
                    for fields in reader:
                        lines = len(taken)
                        if fields:
                            if lines > 1 and self._is_swallowed(taken, fields, width):
                                yield from self._mended(taken, line, width)
                            else:
                                yield Record(line, fields)
                        line += lines
                        taken.clear()
                    return
                except csv.Error as error:
                    if "unexpected end" in str(error) or "field limit" in str(error):
                        raise SourceError(
                            f'a quote (") that opens in line {line:,} is never closed',
                            f"{self.path}:{line}",
                            "close it, or double it where it is part of a value",
                        ) from error
                    yield from self._mended(taken, line, width)
                    line += len(taken)
                    taken.clear()

    def _is_swallowed(self, lines: list[str], fields: list[str], width: int) -> bool:
        """Whether a record of several lines is several records of which a stray quote has made one."""
        fits = [len(self._alone(line, quoting=csv.QUOTE_NONE)) == width for line in lines]
        return (width >= TELLING_WIDTH and all(fits)) or (len(fields) != width and any(fits))

    def _mended(self, lines: list[str], first: int, width: int) -> Iterator[Record]:
        """Each line a record, its quotes paired if they can be, else text."""
        ways = ({"strict": True}, {"strict": True, "escapechar": "\\"}, {"quoting": csv.QUOTE_NONE})
        for number, line in enumerate(lines, first):
            readings = (self._alone(line, **way) for way in ways)
            fields = next((fields for fields in readings if len(fields) == width), None)
            if fields is None:
                fields = self._alone(line)
            if fields:
                yield Record(number, fields, is_mended=True)

    def _alone(self, line: str, **way: object) -> list[str]:
        """The fields of a line by itself; none where it has an open quote or is empty."""
        try:
            return next(csv.reader([line], delimiter=self.delimiter, **way), [])
        except csv.Error:
            return []

    def columns(self, positions: Sequence[int], encoding: Encoding, told: Sequence[str]) -> Iterator[list[Sequence]]:
        """The records in batches, each a list of columns: line, is_well_formed, field_count, is_mended, then those at
        the positions.

        Args:
            told: fields that every record has after its own.
        """
        records = self.records(encoding)
        width = len(next(records).fields)
        widths, blank = {width}, [""] * (width + len(told))
        for start in count(0, BATCH):
            chunk = list(islice(records, BATCH))
            if not chunk:
                return
            lines, rows, mended = zip(*chunk, strict=True)
            if start == 0 and ends_in_delimiter(rows, width):
                widths.add(width + 1)
            counts = [len(row) for row in rows]
            is_well_formed = [
                fields in widths and (fields == width or not row[-1]) for fields, row in zip(counts, rows, strict=True)
            ]
            if not all(is_well_formed):
                rows = [row if fits else blank for row, fits in zip(rows, is_well_formed, strict=True)]
            if told:
                rows = [[*row[:width], *told] if fits else row for row, fits in zip(rows, is_well_formed, strict=True)]
            values = [
                [None if (value := row[position]) in MISSING else value for row in rows] for position in positions
            ]
            yield [lines, is_well_formed, counts, mended, *values]


def has_header(path: Path) -> bool:
    """Whether a file is a text whose first line has several fields."""
    try:
        return len(TextTable(path).header) > 1
    except SourceError:
        return False


def _noting(lines: Iterator[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def ends_in_delimiter(rows: Sequence[list[str]], width: int) -> bool:
    """Whether every line ends in a delimiter that the header does not have: it parts no field."""
    longer = sum(len(row) == width + 1 and not row[-1] for row in rows)
    return longer * 2 > len(rows) and not any(len(row) == width for row in rows[:-1])


def find_delimiter(header: str) -> str:
    """The delimiter by which a header line has the most names that are known, else the most fields."""
    known = {
        normalised(name)
        for spec in read_names().values()
        for names in spec.values()
        if isinstance(names, list)
        for name in names
    }

    def rank(delimiter: str) -> tuple[int, int]:
        names = next(csv.reader([header], delimiter=delimiter), [])
        return sum(normalised(name) in known for name in names), len(names)

    return max(DELIMITERS, key=rank)
