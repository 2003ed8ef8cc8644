"""DuckDB statements that take long: with progress, stopped at once by Ctrl-C, their errors those of the family."""

from __future__ import annotations

import os
import re
import threading
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from itertools import accumulate, takewhile
from pathlib import Path
from unicodedata import east_asian_width

import duckdb

from report.cache.store import StoreError
from report.core.errors import EngineError, QueryError
from report.core.progress import Stage
from report.core.texts import read_text

SECONDS_BETWEEN_LOOKS = 0.1
# What DuckDB shows of a statement: a line of it, and below it a caret.
SHOWN = re.compile(r"(?P<number>\d+): (?P<text>.*)\n(?P<indent> *)(?P<carets>\^+)")
# A query names what the data has, never a variable of Python's. DuckDB would call Python to look for one, and a Ctrl-C
# that fell into that call would be lost.
# In UTC, a timestamp with a zone is of the same day wherever this runs.
CLOSED = {"python_enable_replacements": False, "autoinstall_known_extensions": False, "TimeZone": "UTC"}
# What reading footers, or writing one range of a table, takes beside the rows under way.
SMALL = {"threads": 1, "memory_limit": "256MB", "temp_directory": ""}


class TextError(QueryError):
    """DuckDB came upon text that is not UTF-8."""


def connect_closed(config: Mapping[str, object]) -> duckdb.DuckDBPyConnection:
    """A connection to a database in memory, with these settings; closed to Python's variables and to extensions, in
    UTC."""
    return duckdb.connect(config={**CLOSED, **config})


def connect_small() -> duckdb.DuckDBPyConnection:
    """A connection for what needs little: one thread, the least memory that a run can be given, nothing on the disk."""
    return connect_closed(SMALL)


@cache
def _reading() -> duckdb.DuckDBPyConnection:
    return connect_small()


def connect_reading() -> duckdb.DuckDBPyConnection:
    """A connection for reading a footer, to one small database that all of them share: making one takes longer than
    what it is asked."""
    return _reading().cursor()


def computing_threads(con: duckdb.DuckDBPyConnection) -> int:
    """How many of its threads compute at a time: no more than this process may use processors."""
    (threads,) = con.execute("select current_setting('threads')").fetchone()
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(int(threads), processors or 1)


def run(con: duckdb.DuckDBPyConnection, sql: str, where: Path, stage: Stage | None = None) -> list[tuple]:
    """Execute `sql` and fetch what it gives, telling `stage` how far it is; Ctrl-C stops it at once.

    Args:
        where: the SQL file or the source's file, for messages.

    Raises:
        QueryError: DuckDB refuses the query.
        EngineError: DuckDB itself is at fault.
        StoreError: memory or disk ran out.
    """
    outcome: list = []
    # Not Thread.join: interrupted by Ctrl-C, Python 3.11 takes a thread that runs for one that has ended.
    has_begun, is_given_up, is_done = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        has_begun.set()
        try:
            if not is_given_up.is_set():
                outcome.append(con.execute(sql).fetchall())
        except BaseException as error:
            outcome.append(error)
        finally:
            is_done.set()

    try:
        threading.Thread(target=work, daemon=True).start()
        while not is_done.wait(SECONDS_BETWEEN_LOOKS):
            if stage:
                stage.guess(con.query_progress() / 100)
    except BaseException:
        # Ctrl-C falls into the start of the thread as well, and may come again.
        is_given_up.set()
        while has_begun.is_set() and not is_done.is_set():
            with suppress(KeyboardInterrupt):
                con.interrupt()
                is_done.wait(SECONDS_BETWEEN_LOOKS)
        raise
    if isinstance(outcome[0], BaseException):
        raise explain(outcome[0], where) from outcome[0]
    return outcome[0]


def explain(error: BaseException, where: Path) -> BaseException:
    """The error of the family for what DuckDB said; anything else as it is."""
    if isinstance(error, duckdb.OutOfMemoryException):
        hint = "give more with --memory, or fewer --threads"
        if "temp_directory" in str(error) or "disk" in str(error).lower():
            hint = "free some space under the cache folder, or put --cache on another disk"
        return StoreError("memory ran out", where, hint)
    if isinstance(error, duckdb.IOException) and "no space" in str(error).lower():
        return StoreError("no space left on the disk", where, "free some space, or put --cache on another disk")
    if isinstance(error, (duckdb.InternalException, duckdb.FatalException)):
        # The connection is of no use any more: nothing can be learnt by asking it further.
        hint = "run it again: what was made is kept, and it goes on from there"
        return EngineError(f"DuckDB failed, by a fault of its own: {str(error).splitlines()[0]}", where, hint)
    if isinstance(error, duckdb.Error):
        if "not valid UTF8" in str(error):
            return TextError("the source has text that is not UTF-8", where)
        return _query_error(str(error), where)
    return error


def _query_error(said: str, where: Path) -> QueryError:
    """The error of the family for what DuckDB says of a query: with the line of its file, and a caret below it."""
    said, _, shown = said.strip().partition("\n\nLINE ")
    lines = [" ".join(line.split()) for line in said.splitlines() if line.strip()]
    message, hint = (lines[0] if lines else "the query failed"), " ".join(lines[1:]) or None
    found = SHOWN.match(shown)
    if not found or where.suffix != ".sql":
        return QueryError(message, where, hint)
    # DuckDB shows a part of a line of the statement that the query was put into: what stands right of the caret, and
    # as much left of it as is of the query, tells where that is in the file.
    # It counts columns, of which a tab takes none.
    columns = len(found["indent"]) - len(f"LINE {found['number']}: ")
    widths = list(accumulate(0 if character == "\t" else _width(character) for character in found["text"]))
    caret = bisect_right(widths, columns)
    left, right = found["text"][:caret].removeprefix("..."), found["text"][caret:].removesuffix("...").rstrip()
    places = list(_places(read_text(where), right))
    if not places:
        return QueryError(message, where, hint)
    number, line, column = max(places, key=lambda place: _alike(place[1][: place[2]], left))
    carets = found["carets"][: len(line) - column]
    return QueryError(message, f"{where}:{number}", hint, [line, " " * _width(line[:column]) + carets])


def _places(text: str, part: str) -> Iterator[tuple[int, str, int]]:
    """Where a part of a line stands in a text: number of the line from 1, the line, and how far in."""
    for number, line in enumerate(text.expandtabs(1).splitlines(), 1):
        for column in range(len(line)):
            # After the query's last line stands what it was put into.
            rest = line[column:].rstrip(" ;")
            if line.startswith(part, column) or (rest and part.startswith(rest)):
                yield number, line, column


def _width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def _alike(one: str, other: str) -> int:
    """How many characters at their ends two texts have in common."""
    pairs = zip(reversed(one), reversed(other), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
